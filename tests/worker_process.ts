/** A worker process for tests that kill it: what main.ts does with ROLE=worker, without migrations. */
import { startWorkers } from "../jobs/worker.ts";

const workers = await startWorkers();
Deno.addSignalListener("SIGTERM", async () => {
  await workers.stop();
  Deno.exit(0);
});
