import { config } from "../../config.ts";

/** The whole address of something in the API, as a program can ask for it. */
export function apiUrl(path: string): string {
  return `${config.BASE_URL}/api/v1${path}`;
}

/** Addresses of the pages around one, `last` where it is known; null where there is none. */
export function pageLinks(
  page: number,
  { last, more }: { last?: number; more: boolean },
  urlOf: (page: number) => string,
): Record<string, string | null> {
  const before = last === undefined ? page - 1 : Math.min(page - 1, last);
  return {
    self: urlOf(page),
    first: urlOf(1),
    prev: page > 1 ? urlOf(before) : null,
    next: more ? urlOf(page + 1) : null,
    ...(last === undefined ? {} : { last: urlOf(last) }),
  };
}
