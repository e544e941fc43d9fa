import type { ArchiveState } from "./archives.ts";
import type { Part } from "./parts.ts";
import { sql } from "./sql.ts";

/** Downloads on one page of a user's history. */
export const HISTORY_PAGE_SIZE = 50;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** A user's request with the archive it is for. Sizes in bytes. */
export interface Download {
  id: string;
  archive_id: string;
  user_id: string;
  query: string | null;
  label: string;
  created_at: Date;
  link_made_at: Date | null;
  state: ArchiveState;
  parts: Part[];
  file_name: string;
  runs_total: number;
  files_done: number;
  files_total: number;
  bytes_done: number;
  bytes_total: number;
  missing: number;
  reason: string | null;
  /** Bytes per second while it is built. */
  rate: number | null;
  /** 1 = next; null when it does not wait for its turn. */
  position: number | null;
  size: number | null;
  sha256: string | null;
  started_at: Date | null;
  /** When bytes or files last grew. */
  progress_at: Date | null;
  finished_at: Date | null;
  expires_at: Date | null;
}

/** A request may have ended by itself; an archive has expired when its time is up, even before it is deleted. */
const stateNow = sql`
  case when downloads.cancelled_at is not null then 'cancelled' when archives.state in ('ready', 'partial') and archives.expires_at < now() then 'expired' else archives.state end`;

/** Every column of {@linkcode Download}, for a select list over {@linkcode downloadsJoined}. */
export const downloadColumns = sql`
  downloads.id, downloads.archive_id, downloads.user_id, downloads.query, downloads.label, downloads.created_at,
  downloads.link_made_at, ${stateNow} as state, archives.parts, archives.file_name, archives.runs_total, archives.files_done,
  archives.files_total, archives.bytes_done, archives.bytes_total, archives.missing,
  coalesce(downloads.cancel_reason, archives.reason) as reason, archives.rate,
  archives.size, archives.sha256, archives.started_at, archives.progress_at, archives.finished_at, archives.expires_at,
  case when archives.state = 'queued' and downloads.cancelled_at is null then 1 + (
    select count(*)::int from archives before where before.state = 'queued' and before.created_at < archives.created_at) end as position`;

/** Requests with their archives. */
export const downloadsJoined =
  sql`downloads join archives on archives.id = archive_id`;

/** A user's download, or null when it is unknown or somebody else's. */
export async function getDownload(
  userId: string,
  id: string,
): Promise<Download | null> {
  if (!UUID.test(id)) return null;
  const [row] = await sql<[Download?]>`
    select ${downloadColumns} from ${downloadsJoined} where downloads.id = ${id} and user_id = ${userId}`;
  return row ?? null;
}

/** A download whoever's it is: for jobs, and for signed links. */
export async function getAnyDownload(id: string): Promise<Download | null> {
  const [row] = await sql<
    [Download?]
  >`select ${downloadColumns} from ${downloadsJoined} where downloads.id = ${id}`;
  return row ?? null;
}

/** One page of a user's downloads, the latest first, and one more when there is another page. */
export function listDownloads(userId: string, page = 1): Promise<Download[]> {
  return sql<Download[]>`
    select ${downloadColumns} from ${downloadsJoined} where user_id = ${userId}
    order by downloads.created_at desc
    limit ${HISTORY_PAGE_SIZE + 1} offset ${(page - 1) * HISTORY_PAGE_SIZE}`;
}

/** Number of a user's unfinished downloads: 0 or 1. */
export async function countUnfinished(userId: string): Promise<number> {
  const [{ count }] = await sql<[{ count: number }]>`
    select count(*)::int from downloads where user_id = ${userId} and finished_at is null`;
  return count;
}

/** Makes a new link without log-in; an earlier one of the same download ends. False when there is no file to link to. */
export async function makeLink(userId: string, id: string): Promise<boolean> {
  const rows = await sql`
    update downloads set link_made_at = date_trunc('milliseconds', clock_timestamp())
    where id = ${id} and user_id = ${userId} and cancelled_at is null and archive_id in (select id from archives where state in ('ready', 'partial'))
    returning id`;
  return rows.length > 0;
}
