import { z } from "zod";
import type { Sql } from "./sql.ts";

const Id = z.uuid();

/** Every job by name with the shape of its payload: ids, never copies. */
export const jobs = {
  /** Mails the link that confirms an address; makes its token. */
  send_verification: z.object({ user_id: Id }),
  /** Tells the owner of a known address that somebody registered with it. */
  send_known_address: z.object({ user_id: Id }),
  /** Asks one admin to decide on an applicant. */
  send_review_request: z.object({ user_id: Id, to: z.email() }),
  /** Tells an applicant of the decision. */
  send_decision: z.object({ user_id: Id }),
  /** Mails the link that sets a new password; makes its token. */
  send_reset: z.object({ user_id: Id }),
  /** Tells a user that the password was changed. */
  send_password_changed: z.object({ user_id: Id }),
  /** Brings the catalogue in step with the source. */
  sync_catalogue: z.object({ pass: z.enum(["new", "full"]) }),
  /** Finds spectra, scans and twins among the runs. */
  find_families: z.object({}),
  /** Writes one archive. */
  build_archive: z.object({ archive_id: Id }),
  /** Tells the owner of a download how it ended. */
  send_download_end: z.object({ download_id: Id }),
  /** Deletes expired archives, stray files and accounts that were never verified. */
  clean_up: z.object({}),
} satisfies Record<string, z.ZodType>;

export type JobName = keyof typeof jobs;
export type Payload<N extends JobName> = z.infer<(typeof jobs)[N]>;

/** Options of a job: `key` replaces a waiting one of the same key; lower `priority` runs first. */
export interface JobOptions {
  key?: string;
  maxAttempts?: number;
  priority?: number;
}

const MAX_ATTEMPTS = 10;

/** Adds a job in the caller's transaction: no row without its job, nor the reverse. */
export async function addJob<N extends JobName>(
  tx: Sql,
  name: N,
  payload: Payload<N>,
  options: JobOptions = {},
): Promise<void> {
  const { key = null, maxAttempts = MAX_ATTEMPTS, priority = 0 } = options;
  await tx`
    select graphile_worker.add_job(${name}, payload => ${
    tx.json(payload as never)
  }::json,
      job_key => ${key}, max_attempts => ${maxAttempts}, priority => ${priority})`;
}
