import type { InputParameters } from "../simulation.ts";

/** One namelist, table, or the whole of a flat file (`name` is then empty). Names are in lower case. */
export interface Section {
  name: string;
  entries: Map<string, string[]>;
}

/** Values of one entry that are read; longer lists hold no physics. */
const MAX_VALUES = 64;
const NUMBER = /^[+-]?(\d{1,25}\.?\d{0,25}|\.\d{1,25})([eEdD][+-]?\d{1,3})?$/;
/** Beyond this IMAS writes stand-ins for "nothing"; no input means such a number. */
const MAX_MAGNITUDE = 1e30;

/** Fortran namelists: `&name`, then `key = value value`, up to `/` or `&end`. Entries of a line may be separated by commas. */
export function readNamelists(text: string): Section[] {
  const sections: Section[] = [];
  let current: Section | null = null;
  for (const raw of text.split(/\r\n?|\n/)) {
    let line = withoutComment(raw, "!").trim();
    const opened = /^&\s*([A-Za-z]\w{0,60})/.exec(line);
    if (opened && opened[1]!.toLowerCase() !== "end") {
      current = { name: opened[1]!.toLowerCase(), entries: new Map() };
      sections.push(current);
      line = line.slice(opened[0].length).trim();
    }
    const closes = line === "/" || /^&end\b/i.test(line);
    if (current && !closes) readAssignments(line, current);
    if (closes || /[^'"/\w]\/$/.test(line)) current = null;
  }
  return sections;
}

/** `KEY = value` lines, or `value KEY` lines as the codes write them back. */
export function readLines(text: string): Section {
  const section: Section = { name: "", entries: new Map() };
  for (const raw of text.split(/\r\n?|\n/)) {
    const line = withoutComment(raw, "#").trim();
    const assigned = /^([A-Za-z]\w{0,60})\s*=\s*(.*)$/.exec(line);
    const turned = /^(\S{1,60})\s+([A-Za-z]\w{0,60})$/.exec(line);
    if (assigned) set(section, assigned[1]!, [assigned[2]!]);
    else if (turned) set(section, turned[2]!, [turned[1]!]);
  }
  return section;
}

/** The part of TOML that GX inputs use: `[Table]`, `key = value`, `key = [a, b,]`, also over several lines. */
export function readTables(text: string): Section[] {
  const sections: Section[] = [{ name: "", entries: new Map() }];
  let pending: { key: string; rest: string } | null = null;
  for (const raw of text.split(/\r\n?|\n/)) {
    const line = withoutComment(raw, "#").trim();
    if (pending) {
      pending.rest += ` ${line}`;
      if (line.includes("]")) {
        set(sections.at(-1)!, pending.key, listOf(pending.rest));
        pending = null;
      }
      continue;
    }
    const table = /^\[\s*([\w. -]{1,60}?)\s*\]$/.exec(line);
    const entry = /^([A-Za-z]\w{0,60})\s*=\s*(.*)$/.exec(line);
    if (table) {
      sections.push({ name: table[1]!.toLowerCase(), entries: new Map() });
    } else if (entry && /^\[[^\]]*$/.test(entry[2]!)) {
      pending = { key: entry[1]!, rest: entry[2]! };
    } else if (entry) set(sections.at(-1)!, entry[1]!, listOf(entry[2]!));
  }
  return sections;
}

/** The value of an entry as a number; null when it is absent or none. `1.0d-3` is a number. */
export function numberIn(
  section: Section | undefined,
  key: string,
  nth = 0,
): number | null {
  const text = section?.entries.get(key.toLowerCase())?.[nth];
  if (text === undefined || !NUMBER.test(text)) return null;
  const value = Number(text.replace(/[dD]/, "e"));
  return Math.abs(value) < MAX_MAGNITUDE ? value : null;
}

/** The value of an entry as yes or no, in any of the codes' spellings; null when it is absent or neither. */
export function flagIn(
  section: Section | undefined,
  key: string,
): boolean | null {
  const text = wordIn(section, key);
  if (text === null) return null;
  if (/^\.?t(rue)?\.?$/.test(text)) return true;
  if (/^\.?f(alse)?\.?$/.test(text)) return false;
  const number = numberIn(section, key);
  return number === null ? null : number !== 0;
}

/** The value of an entry as a word in lower case without quotes; null when it is absent. */
export function wordIn(
  section: Section | undefined,
  key: string,
): string | null {
  return section?.entries.get(key.toLowerCase())?.[0]?.toLowerCase() ?? null;
}

/** All entries as the catalogue flattens inputs: `section.name`. */
export function flatten(sections: Section[]): InputParameters {
  return Object.fromEntries(
    sections.flatMap(({ name, entries }) =>
      [...entries].map(([key, values]) => [
        name === "" ? key : `${name}.${key}`,
        values[0] ?? "",
      ])
    ),
  );
}

/** What a line of a namelist assigns; GENE's own output has names with spaces, which mean nothing here. */
function readAssignments(line: string, section: Section): void {
  const names = [...line.matchAll(/([A-Za-z][\w%]{0,60})\s*(\(\d+\))?\s*=/g)];
  names.forEach((match, k) => {
    const from = match.index + match[0].length;
    const to = names[k + 1]?.index ?? line.length;
    set(section, match[1]!, valuesOf(line.slice(from, to)));
  });
}

function valuesOf(text: string): string[] {
  const quoted = /^\s*(['"])(.*?)\1/.exec(text);
  if (quoted) return [quoted[2]!.trim()];
  return text.split(/[\s,]+/).filter((v) => v !== "" && v !== "/");
}

function listOf(text: string): string[] {
  const inner = text.replace(/^\s*\[/, "").replace(/\]\s*$/, "");
  return inner.split(",").map(unquoted).filter((v) => v !== "");
}

function set(section: Section, key: string, values: string[]): void {
  section.entries.set(
    key.toLowerCase(),
    values.slice(0, MAX_VALUES).map(unquoted),
  );
}

function unquoted(text: string): string {
  return text.trim().replace(/^(['"])(.*)\1$/, "$2").trim();
}

/** A comment sign within quotes begins no comment. */
function withoutComment(line: string, sign: string): string {
  if (!line.includes(sign)) return line;
  let quote = "";
  for (let k = 0; k < line.length; k++) {
    const char = line[k]!;
    if (quote) quote = char === quote ? "" : quote;
    else if (char === "'" || char === '"') quote = char;
    else if (char === sign) return line.slice(0, k);
  }
  return line;
}
