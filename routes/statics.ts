import { createHash } from "node:crypto";
import { Hono } from "hono";
import { serveStatic } from "hono/deno";

const FOLDER = new URL("../static/", import.meta.url);
const VERSION_DIGITS = 10;
const YEAR_S = 31_536_000;

const versions = new Map<string, string>();

/** Address of a static file; it changes with the file's content, so browsers may keep it for ever. */
export function asset(name: string): string {
  let version = versions.get(name);
  if (!version) {
    version = createHash("sha256").update(
      Deno.readFileSync(new URL(name, FOLDER)),
    ).digest("hex").slice(0, VERSION_DIGITS);
    versions.set(name, version);
  }
  return `/static/${name}?v=${version}`;
}

/** The files of static/; behind Caddy it serves them itself. */
export const statics = new Hono();

statics.use("/static/*", async (c, next) => {
  await next();
  c.header(
    "Cache-Control",
    c.req.query("v")
      ? `public, max-age=${YEAR_S}, immutable`
      : "public, max-age=300",
  );
});
statics.get(
  "/static/*",
  serveStatic({ root: new URL("..", import.meta.url).pathname }),
);
