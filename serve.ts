import { config, missingSettings } from "./config.ts";
import { createDemoAccounts } from "./db/embedded/demo_accounts.ts";
import { migrate } from "./db/migrate.ts";
import { requirePort } from "./db/embedded/ports.ts";
import { outliveLostWrites } from "./db/lost_writes.ts";
import { closeSource } from "./db/source/client.ts";
import { closeSql } from "./db/sql.ts";
import { app } from "./routes/app.tsx";

/** How long a stop waits for jobs and open requests. */
const STOP_MS = 20_000;

/** Runs the parts that ROLE names until the process is told to end. */
export async function serve(): Promise<void> {
  const missing = missingSettings(config);
  if (missing.length > 0) return refuse(missing);
  if (config.ROLE !== "worker") refuseBusyPort();
  outliveLostWrites();
  await migrate();
  await Deno.mkdir(config.ARCHIVE_DIR, { recursive: true });
  const accounts = await createDemoAccounts();
  const worker = config.ROLE === "web" ? null : await startWorker();
  const server = config.ROLE === "worker" ? null : Deno.serve({
    port: config.PORT,
    hostname: config.HOST,
    onListen: () => announce(accounts),
  }, app.fetch);
  await toldToEnd();
  await Promise.race([
    Promise.all([server?.shutdown(), worker?.stop()]),
    new Promise((done) => setTimeout(done, STOP_MS)),
  ]);
  await Promise.allSettled([closeSource(), closeSql(2)]);
  Deno.exit(0);
}

function refuse(missing: string[]): never {
  console.error(missing.join("\n"));
  Deno.exit(2);
}

function refuseBusyPort(): void {
  try {
    requirePort({ hostname: config.HOST, port: config.PORT });
  } catch (error) {
    refuse([(error as Error).message]);
  }
}

/** ROLE=worker works on the main thread; ROLE=all keeps that one free for pages. */
async function startWorker(): Promise<{ stop(): Promise<void> }> {
  if (config.ROLE === "worker") {
    const { startWorkers } = await import("./jobs/worker.ts");
    const workers = await startWorkers();
    workers.ended.catch((error) => fail(error));
    return workers;
  }
  const thread = new Worker(new URL("./jobs/thread.ts", import.meta.url), {
    type: "module",
    name: "jobs",
  });
  thread.addEventListener(
    "error",
    (event) => fail(event.error ?? event.message),
  );
  await told(thread, "started");
  return {
    async stop() {
      thread.postMessage("stop");
      await told(thread, "stopped");
    },
  };
}

function told(thread: Worker, word: string): Promise<void> {
  return new Promise((done) =>
    thread.addEventListener("message", (event) => event.data === word && done())
  );
}

/** Without its queue a worker is of no use: end, and let the supervisor start it anew. */
function fail(error: unknown): never {
  console.error(error);
  Deno.exit(1);
}

function announce(
  accounts: { role: string; email: string; password: string }[],
): void {
  console.log(`\n  MGKDB Web is at ${config.BASE_URL}`);
  for (const { role, email, password } of accounts) {
    console.log(`  ${role.padEnd(16)} ${email}  ${password}`);
  }
}

function toldToEnd(): Promise<void> {
  return new Promise((done) => {
    Deno.addSignalListener("SIGTERM", () => done());
    Deno.addSignalListener("SIGINT", () => done());
  });
}
