/** Starts both services in the folder it is given, says their process ids and stays: a launcher for tests to kill. */
import { startMongod } from "../../../db/embedded/mongod.ts";
import { startPostgres } from "../../../db/embedded/postgres.ts";
import { lockDataDir } from "../../../db/embedded/lock.ts";
import { BIN_DIR } from "./folders.ts";

const dataDir = Deno.args[0]!;
const log = console.error;
await lockDataDir(dataDir);
const services = await Promise.all([
  startPostgres({ dataDir, log }),
  startMongod({ dataDir, log, binDir: BIN_DIR }),
]);
console.log(JSON.stringify(services.map(({ pid }) => pid)));
