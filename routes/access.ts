import type { Context } from "hono";
import { createMiddleware } from "hono/factory";
import { HTTPException } from "hono/http-exception";
import type { User } from "../db/users.ts";
import { unauthorized } from "./api/bearer.ts";
import { type AppEnv, isHtmx } from "./http.ts";

/** Who may use an address. An approver may decide on accounts; an admin may do all. */
export type Access =
  | "public"
  | "signed-in"
  | "member"
  | "approver"
  | "admin"
  /** An approved user by an API token, which routes/api/bearer.ts reads; the cookie is worth nothing there. */
  | "token";

/**
 * Address patterns and who may use them; the first that matches holds. What no line names is refused to everybody but members.
 *
 * Paths come decoded, so that a part of one can hold a line break: `.` must match it (flag s).
 */
export const rules: [RegExp, Access][] = [
  [
    /^\/(about|getting-started|glossary|register|healthz|readyz|metrics|favicon\.ico|robots\.txt)?$/,
    "public",
  ],
  [/^\/(static|verify|login|reset|dev|a)(\/.*)?$/s, "public"],
  [/^\/api(\/v1\/openapi\.json)?$/, "public"],
  [/^\/api\/v1(\/.*)?$/s, "token"],
  [/^\/account\/tokens(\/.*)?$/s, "member"],
  [/^\/(logout|account)(\/.*)?$/s, "signed-in"],
  [/^\/admin(\/users(\/[^/]+(\/decision)?)?)?$/, "approver"],
  // Whatever follows: nothing there may fall through to members.
  [/^\/admin/, "admin"],
  [
    /^\/(runs|downloads|basket|spectra|scans|twins|compare|explore)(\/.*)?$/s,
    "member",
  ],
  [
    /^\/(runs\.(csv|json)|compare\.csv|basket\.(bib|ris|datacite\.json))$/,
    "member",
  ],
];

/** Never answered with a redirect: an event source would follow it for ever. */
const EVENTS = /\/events$/;

/** Lets a request through by {@linkcode rules}, before any handler: signed out -> log-in, without a token where one is needed -> 401, not approved -> 403, other role -> 404. */
export const access = createMiddleware<AppEnv>(async function access(c, next) {
  const rule = rules.find(([pattern]) => pattern.test(c.req.path))?.[1] ??
    "member";
  const user = c.get("user");
  if (rule !== "public" && !user) {
    if (rule === "token") unauthorized(c);
    if (EVENTS.test(c.req.path)) throw new HTTPException(401);
    const login = `/login?next=${encodeURIComponent(pageOf(c))}`;
    return isHtmx(c)
      ? c.body(null, 401, { "HX-Redirect": login })
      : c.redirect(login, 303);
  }
  if (user && !allows(rule, user)) {
    throw new HTTPException(user.state === "approved" ? 404 : 403);
  }
  await next();
});

/** The page to come back to: for htmx, whose request is for a piece of it, the one in the address bar. */
function pageOf(c: Context): string {
  const asked = c.req.method === "GET" ? c.req.url : "";
  const url = URL.parse(
    isHtmx(c) ? c.req.header("HX-Current-URL") ?? asked : asked,
  );
  return url ? url.pathname + url.search : "/";
}

function allows(rule: Access, user: User): boolean {
  if (rule === "public" || rule === "signed-in") return true;
  if (user.state !== "approved") return false;
  return rule === "member" || rule === "token" || user.role === "admin" ||
    user.role === rule;
}
