import { createMiddleware } from "hono/factory";
import { config } from "../config.ts";
import type { AppEnv } from "./http.ts";

const HEADERS: Record<string, string> = {
  "Content-Security-Policy":
    "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'",
  "X-Content-Type-Options": "nosniff",
  // no-referrer would make browsers send "Origin: null" with our own forms.
  "Referrer-Policy": "same-origin",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Permissions-Policy":
    "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
  ...(config.HTTPS
    ? { "Strict-Transport-Security": "max-age=63072000; includeSubDomains" }
    : {}),
};

/** Gives every answer an id and the security headers; a handler may set its own first. */
export const headers = createMiddleware<AppEnv>(
  async function headers(c, next) {
    c.set("requestId", crypto.randomUUID());
    c.set("ip", clientAddress(c.req.header("X-Real-IP"), c.env));
    await next();
    c.res.headers.set("X-Request-Id", c.get("requestId"));
    for (const [name, value] of Object.entries(HEADERS)) {
      if (!c.res.headers.has(name)) c.res.headers.set(name, value);
    }
  },
);

/** The client's address: the proxy's word where the proxy is trusted, else the connection's. */
function clientAddress(real: string | undefined, env: unknown): string | null {
  if (config.TRUST_PROXY && real) return real;
  const info = env as { remoteAddr?: Deno.NetAddr } | undefined;
  return info?.remoteAddr?.hostname ?? null;
}
