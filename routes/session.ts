import type { Context } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import { createMiddleware } from "hono/factory";
import { config } from "../config.ts";
import { getSession } from "../db/sessions.ts";
import type { AppEnv } from "./http.ts";

/** The prefix makes browsers refuse the cookie from anybody but this origin over https. */
const COOKIE = config.HTTPS ? "__Host-sid" : "sid";
const OPTIONS = {
  path: "/",
  httpOnly: true,
  secure: config.HTTPS,
  sameSite: "Lax",
} as const;

/** What an open page asks for without anybody's doing. */
const BY_ITSELF = /\/(badge|events)$/;

/** Sets `user` and `session` from the cookie; state and role are read anew on each request. */
export const session = createMiddleware<AppEnv>(
  async function session(c, next) {
    const token = getCookie(c, COOKIE);
    const touch = !BY_ITSELF.test(c.req.path);
    const found = token ? await getSession(token, { touch }) : null;
    c.set("user", found?.user ?? null);
    c.set("session", found?.session ?? null);
    if (found) c.header("Cache-Control", "no-store");
    await next();
  },
);

/** Gives the browser a session's token. */
export function setSessionCookie(c: Context, token: string): void {
  setCookie(c, COOKIE, token, OPTIONS);
}

/** Takes the token away again. */
export function clearSessionCookie(c: Context): void {
  deleteCookie(c, COOKIE, OPTIONS);
}
