import type { JobName, Payload } from "../db/queue.ts";
import { buildArchive } from "./build_archive.ts";
import { cleanUp } from "./clean_up.ts";
import { findFamiliesOfRuns } from "./find_families.ts";
import { sendDecision } from "./send_decision.ts";
import { sendDownloadEnd } from "./send_download_end.ts";
import { sendKnownAddress } from "./send_known_address.ts";
import { sendPasswordChanged } from "./send_password_changed.ts";
import { sendReset } from "./send_reset.ts";
import { sendReviewRequest } from "./send_review_request.ts";
import { sendVerification } from "./send_verification.ts";
import { syncCatalogue } from "./sync_catalogue.ts";

/** What a job knows of the attempt it is. */
export interface JobContext {
  /** Id of the job, the same for all its attempts. */
  id: string;
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

export const tasks: Partial<Tasks> = {
  send_verification: sendVerification,
  send_known_address: sendKnownAddress,
  send_review_request: sendReviewRequest,
  send_decision: sendDecision,
  send_reset: sendReset,
  send_password_changed: sendPasswordChanged,
  build_archive: buildArchive,
  send_download_end: sendDownloadEnd,
  sync_catalogue: syncCatalogue,
  find_families: findFamiliesOfRuns,
  clean_up: cleanUp,
};
