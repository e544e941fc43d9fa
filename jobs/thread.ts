import { startWorkers } from "./worker.ts";

/** The workers on a thread of their own, so that building an archive never holds up a page. Ends on the message "stop". */
const workers = await startWorkers();
self.postMessage("started");
workers.ended.catch((error) => {
  throw error;
});
self.addEventListener("message", async (event) => {
  if ((event as MessageEvent).data !== "stop") return;
  await workers.stop();
  self.postMessage("stopped");
  self.close();
});
