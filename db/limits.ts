import { z } from "zod";
import { config } from "../config.ts";
import { audit, type Origin } from "./audit.ts";
import { type Sql, sql } from "./sql.ts";
import type { User } from "./users.ts";

/** What bounds archives: an administrator's word, or else the setting of the same name. */
export interface Limits {
  /** Largest archive, in bytes. */
  archive_max_bytes: number;
  /** Bytes of finished archives one user may hold. */
  user_quota_bytes: number;
  /** Hours until a finished archive is deleted. */
  archive_ttl_hours: number;
  /** Archives that one worker builds at once. */
  worker_archives: number;
}

/** The setting that holds while nobody has said otherwise. */
export const LIMIT_SETTINGS = {
  archive_max_bytes: "ARCHIVE_MAX_BYTES",
  user_quota_bytes: "USER_QUOTA_BYTES",
  archive_ttl_hours: "ARCHIVE_TTL_HOURS",
  worker_archives: "WORKER_ARCHIVES",
} as const;

/** A whole number, or nothing; every mistake gets the same sentence. */
function number(max: number) {
  const sentence = `Give a whole number between 1 and ${
    max.toLocaleString("en-GB")
  }, or nothing`;
  return z.string(sentence).trim().regex(/^\d*$/, sentence)
    .transform((v) => v === "" ? null : Number(v))
    .pipe(z.number().min(1, sentence).max(max, sentence).nullable());
}

/** The form that changes the limits; an empty field goes back to the setting. */
export const LimitsForm = z.object({
  archive_max_bytes: number(Number.MAX_SAFE_INTEGER),
  user_quota_bytes: number(Number.MAX_SAFE_INTEGER),
  archive_ttl_hours: number(8760),
  worker_archives: number(16),
});
export type LimitsForm = z.infer<typeof LimitsForm>;

/** The limits as they hold now. */
export async function getLimits(tx: Sql = sql): Promise<Limits> {
  const said = await getSaidLimits(tx);
  const limits = settingLimits();
  for (const key of Object.keys(limits) as (keyof Limits)[]) {
    limits[key] = said[key] ?? limits[key];
  }
  return limits;
}

/** The limits as the environment sets them. */
export function settingLimits(): Limits {
  return {
    archive_max_bytes: config.ARCHIVE_MAX_BYTES,
    user_quota_bytes: config.USER_QUOTA_BYTES,
    archive_ttl_hours: config.ARCHIVE_TTL_HOURS,
    worker_archives: config.WORKER_ARCHIVES,
  };
}

/** What an administrator has said; null where the setting holds. */
export async function getSaidLimits(tx: Sql = sql): Promise<LimitsForm> {
  const [row] = await tx<[LimitsForm]>`
    select archive_max_bytes, user_quota_bytes, archive_ttl_hours, worker_archives from limits`;
  return row;
}

/** Sets the limits for all processes; they hold for what is asked for from now on, workers follow within seconds. */
export async function setLimits(
  limits: LimitsForm,
  admin: User,
  origin: Origin,
): Promise<void> {
  await sql.begin(async (tx) => {
    await tx`update limits set ${tx(limits)}`;
    await audit(
      { action: "limits", actor: admin, detail: { ...limits }, ...origin },
      tx,
    );
  });
}
