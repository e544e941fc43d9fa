import type { Context } from "hono";
import { createMiddleware } from "hono/factory";
import { HTTPException } from "hono/http-exception";
import { getApiTokenUser } from "../../db/api_tokens.ts";
import type { AppEnv } from "../http.ts";

const BEARER = /^Bearer +(\S+) *$/i;

/** Sets `user` from the token that a program shows (RFC 6750), as they are now; null without a token that works. */
export const bearer = createMiddleware<AppEnv>(
  async function bearer(c, next) {
    const token = BEARER.exec(c.req.header("Authorization") ?? "")?.[1];
    c.set("user", token ? await getApiTokenUser(token) : null);
    c.set("session", null);
    c.header("Cache-Control", "no-store");
    await next();
  },
);

/** Refuses who shows no token, or one that does not work: unknown, revoked and over look the same. */
export function unauthorized(c: Context): never {
  const given = c.req.header("Authorization") !== undefined;
  const challenge = `Bearer realm="MGKDB"${
    given ? ', error="invalid_token"' : ""
  }`;
  throw new HTTPException(401, {
    res: new Response(null, { headers: { "WWW-Authenticate": challenge } }),
    message: given
      ? "This token is unknown, was revoked or has ended. Make a new one on your account page."
      : "Send a token: Authorization: Bearer mgkdb_... You make one on your account page.",
  });
}

/** Refuses every method that could change something. */
export const readOnly = createMiddleware(async function readOnly(c, next) {
  if (c.req.method !== "GET" && c.req.method !== "HEAD") {
    throw new HTTPException(405, {
      res: new Response(null, { headers: { Allow: "GET, HEAD" } }),
    });
  }
  await next();
});
