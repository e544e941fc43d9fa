import { getPriority, setPriority } from "node:os";

/** A page's thread gets ten times the processor time of one with this value (Linux: sched(7), "The nice value"). */
const NICE = 10;

/**
 * Lets pages and databases go first where processors are scarce: for this thread and those it starts from now on.
 *
 * Only on Linux, where 0 names the calling thread; elsewhere it names the whole process.
 */
export function letOthersGoFirst(): void {
  if (Deno.build.os === "linux" && getPriority(0) < NICE) setPriority(0, NICE);
}
