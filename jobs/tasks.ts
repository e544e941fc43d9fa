import type { JobName, Payload } from "../db/queue.ts";

/** What a job knows of the attempt it is. */
export interface JobContext {
  /** Aborted when the worker is asked to stop. */
  signal: AbortSignal;
  /** 1 for the first attempt. */
  attempt: number;
  /** No further attempt follows a failure of this one. */
  lastAttempt: boolean;
}

/** What does each job of db/queue.ts. */
export type Tasks = {
  [N in JobName]: (payload: Payload<N>, context: JobContext) => Promise<void>;
};

export const tasks: Partial<Tasks> = {};
