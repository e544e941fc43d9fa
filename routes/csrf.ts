import { createMiddleware } from "hono/factory";
import { HTTPException } from "hono/http-exception";
import { config } from "../config.ts";
import { type AppEnv, pathForLog } from "./http.ts";
import { addressKey, auditOnce } from "./rate_limit.ts";

const SAFE_METHODS = ["GET", "HEAD", "OPTIONS"];
const FORM_TYPES = ["application/x-www-form-urlencoded", "multipart/form-data"];

/**
 * Refuses requests that change something unless they come from our own pages.
 *
 * Browsers tell with Sec-Fetch-Site, which pages cannot forge; without it (plain http) Origin must be ours; without both: 403.
 * Source: OWASP CSRF cheat sheet, Fetch Metadata.
 */
export const csrf = createMiddleware<AppEnv>(async function csrf(c, next) {
  if (!SAFE_METHODS.includes(c.req.method)) {
    const site = c.req.header("Sec-Fetch-Site");
    const own = site
      ? site === "same-origin"
      : c.req.header("Origin") === config.BASE_URL;
    if (!own) {
      const key = addressKey(c, "csrf") ?? "csrf:unknown";
      await auditOnce(c, "csrf", key, { path: pathForLog(c) });
      throw new HTTPException(403, {
        message: "This form was not sent from a page of this site",
      });
    }
    const type = c.req.header("Content-Type")?.split(";")[0]?.trim()
      .toLowerCase();
    if (!type || !FORM_TYPES.includes(type)) {
      throw new HTTPException(415, {
        message: "Content-Type must be application/x-www-form-urlencoded",
      });
    }
  }
  await next();
});
