import { z } from "zod";
import { audit, type Origin } from "./audit.ts";
import { addJob } from "./queue.ts";
import { lockRequests } from "./shared_archives.ts";
import { type Sql, sql } from "./sql.ts";
import type { User } from "./users.ts";

const MAX_REASON_LENGTH = 2000;

/** What the form sends that takes a run down or shows it again; taking down needs its reason. */
export const Visibility = z.object({
  hidden: z.enum(["yes", "no"], "Choose yes or no"),
  reason: z.string().trim().max(
    MAX_REASON_LENGTH,
    `The reason must have at most ${MAX_REASON_LENGTH} characters`,
  ).default(""),
}).refine(({ hidden, reason }) => hidden === "no" || reason !== "", {
  path: ["reason"],
  message: "Give a reason: administrators read it in the list of hidden runs",
});
export type Visibility = z.infer<typeof Visibility>;

/** A run that is not shown. */
export interface HiddenRun {
  id: number;
  /** Last two segments of its folder, and its suffix. */
  name: string;
  hidden_at: Date;
  hidden_reason: string | null;
  /** E-mail of the administrator who hid it. */
  hidden_by: string | null;
  /** The source holds it no more; a new upload of it stays hidden. */
  vanished: boolean;
}

/**
 * Hides a run or shows it again. Hiding ends the archives that hold it and their links at once; what is being built is cancelled.
 *
 * It holds for the run's number, which new uploads of the same run inherit (db/catalogue.ts).
 *
 * @returns false when there is no such run
 */
export async function setVisibility(
  id: number,
  { hidden, reason }: Visibility,
  admin: User,
  origin: Origin,
): Promise<boolean> {
  return await sql.begin(async (tx) => {
    // Nobody may ask for the run between its hiding and the end of its archives.
    await lockRequests(tx);
    if (!await mark(tx, id, hidden === "yes" ? { admin, reason } : null)) {
      return false;
    }
    const ended = hidden === "yes" ? await endArchivesWith(tx, id) : 0;
    await addJob(tx, "find_families", {}, { key: "find_families" });
    await audit({
      action: hidden === "yes" ? "run_hide" : "run_show",
      actor: admin,
      target: `run:${id}`,
      detail: { reason: reason || null, archives: ended },
      ...origin,
    }, tx);
    return true;
  });
}

/** Runs that are hidden, the latest first. */
export function listHiddenRuns(): Promise<HiddenRun[]> {
  return sql<HiddenRun[]>`
    select h.id, h.hidden_at, h.hidden_reason, h.vanished, users.email as hidden_by,
      concat_ws(' ', substring(folder_path from '([^/]+/)?[^/]*$'), nullif(run_suffix, '')) as name
    from (
      select id, folder_path, run_suffix, hidden_at, hidden_by, hidden_reason, false as vanished from runs
      where hidden_at is not null
      union all
      select id, folder_path, run_suffix, hidden_at, hidden_by, hidden_reason, true from vanished_runs
      where hidden_at is not null
    ) h left join users on users.id = hidden_by
    order by hidden_at desc, id`;
}

async function mark(
  tx: Sql,
  id: number,
  hidden: { admin: User; reason: string } | null,
): Promise<boolean> {
  const change = hidden
    ? tx`hidden_at = coalesce(hidden_at, now()), hidden_by = ${hidden.admin.id}, hidden_reason = ${hidden.reason}`
    : tx`hidden_at = null, hidden_by = null, hidden_reason = null`;
  const rows = await tx`
    with here as (update runs set ${change} where id = ${id} returning id),
      gone as (update vanished_runs set ${change} where id = ${id} returning id)
    select id from here union all select id from gone`;
  return rows.length > 0;
}

/** Ends every archive that holds a run, and the links to it; the files are deleted at the next cleaning, which is asked for. */
async function endArchivesWith(tx: Sql, runId: number): Promise<number> {
  const reason =
    `An administrator took run ${runId} down, which was one of its runs. Try again to get the others.`;
  const ended = await tx<{ id: string }[]>`
    update archives set rate = null, no_space_at = null, finished_at = coalesce(finished_at, now()), reason = ${reason},
      state = case when state in ('ready', 'partial') then 'expired' else 'cancelled' end
    where id in (select archive_id from archive_runs where run_id = ${runId})
      and state in ('queued', 'running', 'waiting', 'ready', 'partial') returning id`;
  await tx`
    update downloads set link_made_at = null
    where link_made_at is not null and archive_id = any(${
    ended.map((a) => a.id)
  })`;
  if (ended.length > 0) {
    await addJob(tx, "clean_up", {}, { key: "clean_up:now" });
  }
  return ended.length;
}
