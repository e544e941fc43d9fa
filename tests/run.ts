/**
 * `deno task test [files or flags]`: starts one Postgres and one mongod, runs the tests in parallel over databases of their own,
 * stops the services and ends with a line `N passed, N failed`.
 */
import postgres from "postgres";
import { startTestServices } from "./services.ts";
import { ensureTools } from "./tools.ts";

const ALLOW = ["-A", "--no-prompt"];

await ensureTools();
const services = await startTestServices();
let code = 1;
try {
  const server = postgres(services.postgresUrl, { max: 1, onnotice: () => {} });
  await server.unsafe("drop database if exists mgkdb_template with (force)");
  await server.unsafe("create database mgkdb_template");
  await server.end();
  const template = Object.assign(new URL(services.postgresUrl), {
    pathname: "/mgkdb_template",
  }).href;
  await command(["run", ...ALLOW, "tests/migrate_template.ts"], {
    DATABASE_URL: template,
  });
  code = await runTests(Deno.args, {
    TEST_POSTGRES_URL: services.postgresUrl,
    TEST_MONGO_URL: services.mongoUrl,
  });
} finally {
  await services.stop();
}
Deno.exit(code);

async function command(
  args: string[],
  env: Record<string, string>,
): Promise<void> {
  const { success } = await new Deno.Command(Deno.execPath(), { args, env })
    .output();
  if (!success) throw new Error(`deno ${args.join(" ")} failed`);
}

/** Runs `deno test`, shows what it prints and repeats its count in plain words. */
async function runTests(
  args: string[],
  env: Record<string, string>,
): Promise<number> {
  const child = new Deno.Command(Deno.execPath(), {
    args: [
      "test",
      ...ALLOW,
      "--parallel",
      "--no-check",
      ...(args.length > 0 ? args : ["tests/"]),
    ],
    env: { ...env, NO_COLOR: "1", DENO_JOBS: "2" },
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  let tail = "";
  const decoder = new TextDecoder();
  for await (const chunk of child.stdout) {
    await Deno.stdout.write(chunk);
    tail = (tail + decoder.decode(chunk, { stream: true })).slice(-2000);
  }
  const { code } = await child.status;
  const counts = /(\d+) passed (?:\(\d+ steps?\) )?\| (\d+) failed/.exec(tail);
  console.log(
    counts ? `${counts[1]} passed, ${counts[2]} failed` : "0 passed, 1 failed",
  );
  return counts ? code : 1;
}
