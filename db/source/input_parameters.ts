import type { InputParameters } from "../../physics/simulation.ts";
import { record, text } from "./values.ts";

const MAX_PARAMETERS = 3000;
const MAX_XML = 2_000_000;
const MAX_DEPTH = 8;
const MAX_VALUE = 2000;
const ENTITIES: Record<string, string> = {
  lt: "<",
  gt: ">",
  amp: "&",
  quot: '"',
  apos: "'",
};

/**
 * The input of a run as one flat table, from the XML text of the IMAS layout or the object of the old one.
 *
 * Nested names are joined by a dot; a name that occurs more than once gets `[1]`, `[2]`. At most 3,000 parameters; what is no XML gives none.
 */
export function readInput(value: unknown): InputParameters {
  const pairs = typeof value === "string"
    ? xmlPairs(value.slice(0, MAX_XML))
    : objectPairs(record(value), "", 0);
  return numbered(pairs.slice(0, MAX_PARAMETERS));
}

type Pair = [name: string, value: string | number | boolean];

function objectPairs(
  object: Record<string, unknown>,
  prefix: string,
  depth: number,
): Pair[] {
  if (depth > MAX_DEPTH) return [];
  return Object.entries(object).flatMap(([key, value]): Pair[] => {
    const name = prefix + key.trim();
    if (typeof value === "boolean") return [[clean(name), value]];
    if (typeof value === "number") {
      return Number.isFinite(value) ? [[clean(name), value]] : [];
    }
    const nested = objectPairs(record(value), `${name}.`, depth + 1);
    if (nested.length > 0) return nested;
    const written = Array.isArray(value)
      ? value.map(text).join(" ")
      : text(value);
    return written === null ? [] : [[clean(name), unquoted(written)]];
  });
}

/** The values of the innermost elements. Attributes, comments and processing instructions say nothing here. */
function xmlPairs(xml: string): Pair[] {
  const pairs: Pair[] = [];
  const open: { name: string; from: number; hasChild: boolean }[] = [];
  for (
    const m of xml.matchAll(
      /<!--[\s\S]*?-->|<[?!][^>]*>|<(\/?)([^\s<>\/]+)[^<>]*?(\/?)>/g,
    )
  ) {
    const [tag, closing, name, single] = m;
    if (name === undefined || single === "/") continue;
    if (closing === "") {
      const parent = open.at(-1);
      if (parent) parent.hasChild = true;
      open.push({ name, from: m.index + tag.length, hasChild: false });
      continue;
    }
    const element = open.pop();
    if (element === undefined || element.name !== name) break;
    if (element.hasChild || open.length > MAX_DEPTH) continue;
    const path = [...open.slice(1).map((e) => e.name), name].join(".");
    pairs.push([
      clean(path),
      unquoted(decoded(xml.slice(element.from, m.index))),
    ]);
  }
  return pairs;
}

function decoded(xml: string): string {
  return xml.replace(
    /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(\w+));/gi,
    (whole, decimal, hex, name) => {
      if (name !== undefined) return ENTITIES[name] ?? whole;
      const code = decimal === undefined ? parseInt(hex, 16) : Number(decimal);
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    },
  );
}

/** Fortran keeps the quotes of its strings, and blanks behind them. */
function unquoted(written: string): string {
  return clean(written.trim().replace(/^'(.*)'$/s, "$1").trim());
}

function clean(written: string): string {
  return text(written.slice(0, MAX_VALUE))!;
}

function numbered(pairs: Pair[]): InputParameters {
  const counts = Map.groupBy(pairs, ([name]) => name);
  const seen = new Map<string, number>();
  const named = pairs.map(([name, value]): Pair => {
    if (counts.get(name)!.length === 1) return [name, value];
    const n = (seen.get(name) ?? 0) + 1;
    seen.set(name, n);
    return [`${name}[${n}]`, value];
  });
  return Object.fromEntries(named);
}
