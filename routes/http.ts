import type { Context } from "hono";
import { HTTPException } from "hono/http-exception";
import type { z } from "zod";
import type { Origin } from "../db/audit.ts";
import type { CurrentSession } from "../db/sessions.ts";
import type { User } from "../db/users.ts";

/** What the middleware hands to every handler. */
export interface AppEnv {
  Variables: {
    requestId: string;
    /** Who is signed in, as they are now; null when nobody is. */
    user: User | null;
    session: CurrentSession | null;
    /** Address of the client; null where it is unknown (in-process requests). */
    ip: string | null;
  };
}

/** True when htmx asks for a piece of the page rather than for a page. Every handler that asks gets the right Vary header. */
export function wantsFragment(c: Context): boolean {
  c.header("Vary", "HX-Request, HX-Request-Type, HX-History-Restore-Request");
  return isHtmx(c) && c.req.header("HX-Request-Type") !== "full" &&
    !c.req.header("HX-History-Restore-Request");
}

/** True for a request that htmx sent. */
export function isHtmx(c: Context): boolean {
  return c.req.header("HX-Request") === "true";
}

/** True when the answer should be JSON: an address ending in .json, or a client that asks for nothing else. */
export function wantsJson(c: Context): boolean {
  return c.req.path.endsWith(".json") || c.req.path.startsWith("/api/") ||
    (c.req.header("Accept") ?? "").startsWith("application/json");
}

/** Sends the browser to another page after a write: 303 for a form, HX-Redirect for htmx, which would swap the page into the form. */
export function redirectTo(c: Context, path: string): Response {
  if (!isHtmx(c)) return c.redirect(path, 303);
  c.header("HX-Redirect", path);
  return c.body(null, 200);
}

/** Path of the page that an htmx request was sent from; null for any other request. */
export function currentPath(c: Context): string | null {
  const url = c.req.header("HX-Current-URL");
  return url ? URL.parse(url)?.pathname ?? null : null;
}

/** Sets the address that the browser shows after a fragment was swapped in. */
export function pushUrl(c: Context, path: string): void {
  c.header("HX-Push-Url", path);
}

/** Refuses with 404: unknown, or not the caller's, which must look the same. */
export function notFound(): never {
  throw new HTTPException(404);
}

/** Refuses with 403 and a sentence. */
export function forbidden(message: string): never {
  throw new HTTPException(403, { message });
}

/** Refuses a request that asks for something malformed; the message names the parameter. */
export function badRequest(message: string): never {
  throw new HTTPException(400, { message });
}

/** The shared hook of zValidator for queries and paths: 400 that names each wrong parameter. */
export function badQuery(result: { success: boolean; error?: unknown }): void {
  if (!result.success) badRequest(wordsOf(result.error as z.core.$ZodError));
}

/** One sentence per issue of a failed parse, each starting with the field's name. */
export function wordsOf(error: z.core.$ZodError): string {
  return error.issues.map((issue) =>
    issue.code === "unrecognized_keys"
      ? `Unknown parameter: ${issue.keys.join(", ")}`
      : `${issue.path.join(".")}: ${issue.message}`
  ).join("\n");
}

/** The signed-in user; for handlers behind a rule that guarantees one (routes/access.ts). */
export function currentUser(c: Context<AppEnv>): User {
  const user = c.get("user");
  if (!user) throw new HTTPException(401);
  return user;
}

/** From where a request came, for the audit log. */
export function originOf(c: Context<AppEnv>): Origin {
  return { ip: c.get("ip"), request_id: c.get("requestId") };
}

/** The device a request came from, for the list of sessions. */
export function deviceOf(
  c: Context<AppEnv>,
): { ip: string | null; userAgent: string | null } {
  return { ip: c.get("ip"), userAgent: c.req.header("User-Agent") ?? null };
}

/** The path of a request for a log: what stands after /verify, /reset and /a opens something. */
export function pathForLog(c: Context): string {
  return c.req.path.replace(/^\/(verify|reset|a)\/.+/, "/$1/...").slice(0, 200);
}
