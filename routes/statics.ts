import { createHash } from "node:crypto";
import { Hono } from "hono";
import { serveStatic } from "hono/deno";

const FOLDER = new URL("../static/", import.meta.url);
const PREFIX = "/static/";
/** Whole, in part, or as the browser has it: the answers that show a file. */
const FOUND = [200, 206, 304];
const VERSION_DIGITS = 10;
const YEAR_S = 31_536_000;

const versions = new Map<string, string>();

/** Address of a static file; it changes with the file's content, so browsers may keep it for ever. */
export function asset(name: string): string {
  return `${PREFIX}${name}?v=${versionOf(name)}`;
}

/** The files of static/; behind Caddy it serves them itself. */
export const statics = new Hono();

statics.use(`${PREFIX}*`, async (c, next) => {
  await next();
  if (!FOUND.includes(c.res.status)) return;
  // Of another version of the site, an address must not be kept with the content of this one.
  const current =
    c.req.query("v") === versionOf(c.req.path.slice(PREFIX.length));
  c.header(
    "Cache-Control",
    current ? `public, max-age=${YEAR_S}, immutable` : "public, max-age=300",
  );
});
statics.get(
  `${PREFIX}*`,
  serveStatic({ root: new URL("..", import.meta.url).pathname }),
);

/** The first digits of a file's SHA-256. */
function versionOf(name: string): string {
  let version = versions.get(name);
  if (!version) {
    version = createHash("sha256").update(
      Deno.readFileSync(new URL(name, FOLDER)),
    ).digest("hex").slice(0, VERSION_DIGITS);
    versions.set(name, version);
  }
  return version;
}
