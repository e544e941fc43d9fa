import { deleteOldApiTokens } from "../db/api_tokens.ts";
import { deleteOldAudit } from "../db/audit.ts";
import { deleteOldDevMails } from "../db/dev_mails.ts";
import { deleteOldUsers } from "../db/old_users.ts";
import { deleteIdleLimits } from "../db/rate_limits.ts";
import { deleteOldChanges } from "../db/runs/version.ts";
import { deleteOldSessions } from "../db/sessions.ts";
import { deleteOldTokens } from "../db/tokens.ts";
import { cleanArchives } from "./archive/clean_archives.ts";

/** What is cleaned, in this order; each step stands alone. */
const steps: (() => Promise<void>)[] = [
  cleanArchives,
  deleteOldUsers,
  deleteOldSessions,
  deleteOldTokens,
  deleteOldApiTokens,
  deleteIdleLimits,
  deleteOldAudit,
  deleteOldDevMails,
  deleteOldChanges,
];

/** Deletes what nobody needs any more. A step that fails does not keep the others from running. */
export async function cleanUp(): Promise<void> {
  const failures: unknown[] = [];
  for (const step of steps) {
    await step().catch((error) => failures.push(error));
  }
  if (failures.length > 0) {
    throw new AggregateError(failures, "Cleaning failed");
  }
}
