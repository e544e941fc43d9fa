import { unpark } from "./archive_upkeep.ts";
import { audit } from "./audit.ts";
import {
  getUnfinished,
  isUniqueViolation,
  type Request,
  takeArchive,
} from "./download_requests.ts";
import { type Download, getAnyDownload } from "./downloads.ts";
import { chosenTotals, getPreflight } from "./selection.ts";
import { lockRequests, runsOfArchive } from "./shared_archives.ts";
import { type Sql, sql } from "./sql.ts";
import type { User } from "./users.ts";

const ENDED = ["failed", "cancelled", "expired"];

/**
 * Asks again for the runs of an ended download, as the source holds them now; one that waits for room on the volume is begun at once.
 *
 * Null when there is nothing to do: it has not ended, or is not theirs.
 */
export async function retryDownload(
  id: string,
  actor: User,
  owner: string | null = actor.id,
): Promise<Request | null> {
  const download = await getAnyDownload(id);
  if (!download || (owner && download.user_id !== owner)) return null;
  if (download.state === "waiting" && await unpark(download.archive_id)) {
    return { kind: "made", id };
  }
  if (!ENDED.includes(download.state)) return null;
  const totals = await totalsOf(download);
  try {
    return await sql.begin(async (tx): Promise<Request | null> => {
      await lockRequests(tx);
      const unfinished = await getUnfinished(tx, download.user_id);
      if (unfinished) return { kind: "unfinished", id: unfinished };
      const taken = await takeArchive(tx, {
        userId: download.user_id,
        content: {
          runs: runsOfArchive(download.archive_id),
          parts: download.parts,
        },
        name: download.label,
        totals,
      });
      if ("sentences" in taken) return taken;
      await moveTo(tx, download, taken);
      await audit(
        { action: "download_retry", actor, target: `download:${id}` },
        tx,
      );
      return { kind: "made", id };
    });
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    const unfinished = await getUnfinished(sql, download.user_id);
    return unfinished ? { kind: "unfinished", id: unfinished } : null;
  }
}

async function totalsOf(
  { archive_id, parts }: Download,
): Promise<{ files: number; bytes: number; missing: number }> {
  const rows = await sql<{ run_id: number }[]>`
    select run_id from archive_runs where archive_id = ${archive_id}`;
  const runs = rows.map((r) => r.run_id);
  return chosenTotals(await getPreflight({ runs }), parts);
}

/** The request goes on with another archive; a link to the one before ends with it. */
async function moveTo(
  tx: Sql,
  { id }: Download,
  archive: { id: string; finished: boolean },
): Promise<void> {
  await tx`
    update downloads set archive_id = ${archive.id}, cancelled_at = null, cancel_reason = null, link_made_at = null,
      finished_at = ${archive.finished ? tx`now()` : null}
    where id = ${id}`;
}
