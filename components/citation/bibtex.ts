import { type Citation, oneLine, PUBLISHER } from "./citation.ts";

/** What TeX takes for a command. Braces become commands, too: BibTeX counts escaped ones as if they were not. */
const ESCAPES: Record<string, string> = {
  "\\": "\\textbackslash{}",
  "{": "\\textbraceleft{}",
  "}": "\\textbraceright{}",
  "~": "\\textasciitilde{}",
  "^": "\\textasciicircum{}",
  "&": "\\&",
  "%": "\\%",
  "$": "\\$",
  "#": "\\#",
  "_": "\\_",
};

/** A BibTeX entry. `note` holds the MongoDB ids and the related DOIs; titles keep their capitals. */
export function bibtexOf(citation: Citation): string {
  const { key, title, creators, uploaded, url, mongoIds, dois } = citation;
  const notes = [
    ...mongoIds.map((id) => `MongoDB id ${id}`),
    ...dois.map((doi) => `related to doi:${doi}`),
  ];
  const fields: [string, string][] = [
    // A second pair of braces: a log-in name is no family name.
    ["author", creators.map((c) => `{${tex(c)}}`).join(" and ")],
    ["title", `{${tex(title)}}`],
    ["year", uploaded === null ? "" : String(uploaded.getUTCFullYear())],
    ["month", uploaded === null ? "" : String(uploaded.getUTCMonth() + 1)],
    ["publisher", PUBLISHER],
    ["howpublished", `Data set, ${PUBLISHER}`],
    ["url", url],
    ["note", tex(notes.join("; "))],
  ];
  const lines = fields.filter(([, value]) => value !== "").map((
    [name, value],
  ) => `  ${name} = {${value}},\n`);
  return `@misc{${key},\n${lines.join("")}}\n`;
}

function tex(words: string): string {
  return oneLine(words).replaceAll(/[\\{}~^&%$#_]/g, (c) => ESCAPES[c]!);
}
