/** `deno task seed DIR`: loads a folder of BSON dumps into the embedded MongoDB of DATA_DIR, never into MONGO_URL. */
import { config } from "../../config.ts";
import { loadDumps } from "./load_dumps.ts";
import { withServices } from "./with_services.ts";

try {
  await seed(Deno.args);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  Deno.exit(1);
}

async function seed([folder, ...rest]: string[]): Promise<void> {
  if (!folder || rest.length > 0) {
    throw new Error("Name one folder of BSON dumps: deno task seed DIR");
  }
  if (config.MONGO_URL) {
    throw new Error(
      "MONGO_URL is set: deno task seed loads into the embedded MongoDB only and never writes to another",
    );
  }
  await withServices(async ({ mongoUrl }) => {
    const dbName = config.MONGO_DB;
    await loadDumps({ folder, mongoUrl, dbName, log: console.log });
  });
  console.log("The next catalogue sync will list the new runs");
}
