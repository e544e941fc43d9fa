import { createHash } from "node:crypto";
import type { Context } from "hono";
import { createMiddleware } from "hono/factory";
import { HTTPException } from "hono/http-exception";
import { audit } from "../db/audit.ts";
import { network } from "../db/networks.ts";
import { type RateLimit, takeOne } from "../db/rate_limits.ts";
import { type AppEnv, originOf } from "./http.ts";

const MINUTE_S = 60;
const HOUR_S = 60 * MINUTE_S;

/** How often something may be asked for; reasons in security.md 2. */
export const LIMITS = {
  loginPerAddressAndAccount: { count: 5, period_s: 15 * MINUTE_S },
  loginPerAddress: { count: 50, period_s: 15 * MINUTE_S },
  /** For unknown devices only, so that nobody can lock a user out of their own. */
  loginPerAccount: { count: 20, period_s: HOUR_S },
  registerPerAddress: { count: 5, period_s: HOUR_S },
  /** Mails that a visitor can cause. */
  mailPerRecipient: { count: 3, period_s: HOUR_S },
  mailPerAddress: { count: 10, period_s: HOUR_S },
  tokenPerAddress: { count: 20, period_s: HOUR_S },
  readPerUser: { count: 1200, period_s: MINUTE_S },
  /** All runs of a search as a file; a page of one is a read like others. */
  exportPerUser: { count: 30, period_s: MINUTE_S },
} satisfies Record<string, RateLimit>;

/** Refused keys are logged once in this time: a log must not grow with an attack. */
const LOG_ONCE: RateLimit = { count: 1, period_s: 10 * MINUTE_S };

/** One thing that is counted: `key` null is not. */
export type Counted = [key: string | null, limit: RateLimit];

/**
 * Counts a request against each key and refuses it with 429 and Retry-After when one has had enough.
 *
 * @throws {HTTPException} 429; 503 when the counters cannot be reached: what they guard must not stand open.
 */
export async function limit(
  c: Context<AppEnv>,
  ...counted: Counted[]
): Promise<void> {
  for (const [key, rate] of counted) {
    const seconds = key ? await take(key, rate) : 0;
    if (seconds > 0) await refuse(c, key!, seconds);
  }
}

/** The key of the client's address; null where it is unknown. IPv6 counts by /64, which one person holds. */
export function addressKey(c: Context<AppEnv>, what: string): string | null {
  const address = network(c.get("ip") ?? null, { v4: 32 });
  return address && `${what}:${address}`;
}

/** A short name for what a visitor typed, so that it is not kept. */
export function digest(text: string): string {
  const bytes = createHash("sha256").update(text.trim().toLowerCase());
  return bytes.digest("base64url").slice(0, 22);
}

/** Counts every request of a signed-in user; a script that asks too fast is told to wait. */
export const readLimit = createMiddleware<AppEnv>(
  async function readLimit(c, next) {
    const user = c.get("user");
    if (user) await limit(c, [`read:${user.id}`, LIMITS.readPerUser]);
    await next();
  },
);

/** Logs a refusal, the same `key` once in ten minutes. */
export async function auditOnce(
  c: Context<AppEnv>,
  action: string,
  key: string,
  detail: Record<string, string> = {},
): Promise<void> {
  if (await take(`logged:${key}`, LOG_ONCE) > 0) return;
  const actor = c.get("user");
  await audit({ action, actor, outcome: "refused", detail, ...originOf(c) });
}

async function take(key: string, rate: RateLimit): Promise<number> {
  try {
    return await takeOne(key, rate);
  } catch (cause) {
    throw new HTTPException(503, {
      message: "This cannot be done right now. Please try again",
      cause,
    });
  }
}

async function refuse(
  c: Context<AppEnv>,
  key: string,
  seconds: number,
): Promise<never> {
  const action = key.slice(0, key.indexOf(":"));
  await auditOnce(c, "too_fast", key, { action });
  const headers = { "Retry-After": String(seconds) };
  throw new HTTPException(429, {
    res: new Response(null, { headers }),
    message: `Too many requests. Please try again in ${inWords(seconds)}.`,
  });
}

function inWords(seconds: number): string {
  if (seconds < 100) return `${seconds} seconds`;
  return `${Math.ceil(seconds / MINUTE_S)} minutes`;
}
