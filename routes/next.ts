import { config } from "../config.ts";

// deno-lint-ignore no-control-regex
const CONTROL_OR_BACKSLASH = /[\x00-\x1f\x7f\\]/;

/**
 * Where a log-in may lead: a path of this site with its query; anything else becomes "/".
 *
 * Browsers drop tabs and line breaks and read a backslash as a slash, so those are refused, written out or percent-encoded.
 */
export function safeNext(next: unknown): string {
  if (typeof next !== "string" || !/^\/(?!\/)/.test(next)) return "/";
  const path = decoded(next.split(/[?#]/)[0]!);
  if (path === null || path.startsWith("//")) return "/";
  if (CONTROL_OR_BACKSLASH.test(path) || CONTROL_OR_BACKSLASH.test(next)) {
    return "/";
  }
  const url = URL.parse(next, config.BASE_URL);
  if (url?.origin !== config.BASE_URL || url.pathname.startsWith("//")) {
    return "/";
  }
  return url.pathname + url.search + url.hash;
}

function decoded(path: string): string | null {
  try {
    return decodeURIComponent(path);
  } catch {
    return null;
  }
}
