import { outliveLostWrites } from "../db/lost_writes.ts";
import { letOthersGoFirst } from "./priority.ts";
import { startWorkers } from "./worker.ts";

/** What a worker thread may do; the checker only knows the main thread's. */
interface ThreadScope {
  postMessage(message: string): void;
  close(): void;
  addEventListener(
    type: "message",
    listener: (event: MessageEvent) => void,
  ): void;
}

/** The workers on a thread of their own, so that building an archive never holds up a page. Ends on the message "stop". */
const scope = self as unknown as ThreadScope;
letOthersGoFirst();
outliveLostWrites();
const workers = await startWorkers();
workers.ended.catch((error) => {
  throw error;
});
scope.addEventListener("message", async (event) => {
  if (event.data !== "stop") return;
  await workers.stop();
  scope.postMessage("stopped");
  scope.close();
});
scope.postMessage("started");
