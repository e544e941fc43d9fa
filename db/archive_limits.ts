import { statfs } from "node:fs/promises";
import { config } from "../config.ts";
import { UNFINISHED } from "./archives.ts";
import { getLimits } from "./limits.ts";
import { type Sql, sql } from "./sql.ts";

/** Kept free on the volume, for the file system's own sake: at most this, and no more than a fiftieth of it. */
const RESERVE_BYTES = 2 * 1024 ** 3;
const RESERVE_SHARE = 0.02;
/** What names, checksums and summaries add to the files themselves. */
export const OVERHEAD = 1.02;

/** How much room there is. All in bytes. */
export interface Room {
  /** Largest archive. */
  max: number;
  quota: number;
  /** Of the quota, taken by this user's finished archives. */
  used: number;
  /** On the volume, after what running archives will still take. */
  free: number;
}

/** The room for one user's next archive. */
export async function getRoom(userId: string, tx: Sql = sql): Promise<Room> {
  const [[row], limits, free] = await Promise.all([
    tx<[{ used: number; promised: number }]>`
      select
        (select coalesce(sum(size), 0)::bigint from archives
         where state in ('ready', 'partial')
           and id in (select archive_id from downloads where user_id = ${userId} and cancelled_at is null)) as used,
        (select coalesce(sum(greatest(bytes_total - bytes_done, 0)), 0)::bigint from archives
         where state in ${tx(UNFINISHED)}) as promised`,
    getLimits(tx),
    freeBytes(),
  ]);
  return {
    max: limits.archive_max_bytes,
    quota: limits.user_quota_bytes,
    used: row.used,
    free: Math.max(free - row.promised, 0),
  };
}

/** Why so many bytes cannot be had, as sentences with the numbers; empty when they can. */
export function refusals(room: Room, bytes: number): string[] {
  const sentences = [];
  if (bytes > room.max) {
    sentences.push(
      `These files have ${size(bytes)}; one archive may have at most ${
        size(room.max)
      } (ARCHIVE_MAX_BYTES).`,
    );
  }
  if (bytes > room.quota - room.used) {
    sentences.push(
      `These files have ${size(bytes)}; of your ${
        size(room.quota)
      } (USER_QUOTA_BYTES) your finished archives take ${
        size(room.used)
      }, which leaves ${
        size(Math.max(room.quota - room.used, 0))
      } until one of them expires.`,
    );
  }
  if (bytes * OVERHEAD > room.free) {
    sentences.push(
      `These files have ${size(bytes)}; the volume of archives has room for ${
        size(room.free)
      } now.`,
    );
  }
  return sentences;
}

/** Bytes that may be written to the volume of archives. */
export async function freeBytes(): Promise<number> {
  const { bavail, blocks, bsize } = await statfs(config.ARCHIVE_DIR);
  const reserve = Math.min(RESERVE_BYTES, blocks * bsize * RESERVE_SHARE);
  return Math.max(bavail * bsize - reserve, 0);
}

/** `4.2 GB (4,200,000,000 bytes)` */
function size(bytes: number): string {
  const units = ["bytes", "kB", "MB", "GB", "TB"];
  const power = Math.min(
    Math.floor(Math.log10(Math.max(bytes, 1)) / 3),
    units.length - 1,
  );
  const exact = `${bytes.toLocaleString("en-US")} bytes`;
  if (power === 0) return exact;
  return `${(bytes / 1000 ** power).toPrecision(3)} ${units[power]} (${exact})`;
}
