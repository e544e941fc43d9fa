import { type Citation, oneLine, PUBLISHER } from "./citation.ts";

/** A RIS record: a tag of two letters, two spaces, a hyphen and a space on every line; lines end in CR LF. */
export function risOf(citation: Citation): string {
  const { title, creators, uploaded, url, mongoIds, dois, links, keywords } =
    citation;
  const day = uploaded?.toISOString().slice(0, 10).replaceAll("-", "/");
  const fields: [string, string][] = [
    ["TY", "DATA"],
    ...creators.map((c): [string, string] => ["AU", c]),
    ["TI", title],
    ["PY", day?.slice(0, 4) ?? ""],
    ["DA", day ?? ""],
    ["PB", PUBLISHER],
    ["DP", PUBLISHER],
    ["UR", url],
    ...mongoIds.map((id): [string, string] => ["AN", id]),
    ...keywords.map((k): [string, string] => ["KW", k]),
    ...dois.map((doi): [string, string] => ["N1", `Related to doi:${doi}`]),
    ...links.map((l): [string, string] => ["N1", `Related to ${l}`]),
  ];
  const lines = fields.map(([tag, value]) => [tag, oneLine(value)] as const)
    .filter(([, value]) => value !== "")
    .map(([tag, value]) => `${tag}  - ${value}\r\n`);
  return `${lines.join("")}ER  - \r\n`;
}
