import { catalogueDeck } from "./catalogue.ts";
import type { Deck, RawDeck } from "./deck.ts";
import { readCgyro, readTglf } from "./flat.ts";
import { readGene } from "./gene.ts";
import { readGs2 } from "./gs2.ts";
import { readGx } from "./gx.ts";
import { readLines, readNamelists, readTables, type Section } from "./text.ts";

/** Largest input that is read: real ones have 1 to 4 kB. */
export const MAX_DECK_BYTES = 64 * 1024;
// deno-lint-ignore no-control-regex
const BINARY = /[\x00-\x08\x0e-\x1f\x7f]/;

/** The input file, or why it could not be read, in words. */
export type Reading = { deck: Deck } | { problem: string };

/** Reads an input file of GENE, CGYRO, TGLF, GS2 or GX; which one is told from what it holds, not from its name. */
export function readDeck(text: string): Reading {
  if (text.trim() === "") return { problem: "The input is empty." };
  if (text.length > MAX_DECK_BYTES) {
    return {
      problem: `The input must have at most ${MAX_DECK_BYTES / 1024} KiB.`,
    };
  }
  if (BINARY.test(text)) {
    return { problem: "The input must be a text file; this one is binary." };
  }
  const raw = rawDeck(text);
  if (raw === null) return { problem: UNKNOWN };
  if (raw.species.length === 0) {
    return {
      problem:
        `This looks like an input of ${raw.code}, but it names no species.`,
    };
  }
  return { deck: catalogueDeck(raw) };
}

const UNKNOWN =
  "This is not recognised as an input of GENE (parameters), CGYRO (input.cgyro), TGLF (input.tglf), GS2 (gs2.in) or GX (gx.in).";

function rawDeck(text: string): RawDeck | null {
  if (/^\s*&\s*[A-Za-z]/m.test(text)) return fromNamelists(readNamelists(text));
  if (/^\s*\[\s*(geometry|dimensions|species)\s*\]/im.test(text)) {
    const tables = readTables(text);
    return has(tables, "geometry") && has(tables, "species")
      ? readGx(tables)
      : null;
  }
  const lines = readLines(text);
  const holds = (...keys: string[]) =>
    keys.some((key) => lines.entries.has(key));
  if (holds("rmin_loc", "rmaj_loc", "zs_1", "rlts_1")) return readTglf(lines);
  if (holds("n_species", "dlntdr_1", "betae_unit")) return readCgyro(lines);
  return null;
}

function fromNamelists(sections: Section[]): RawDeck | null {
  if (has(sections, "species") && has(sections, "geometry")) {
    return readGene(sections);
  }
  if (
    has(sections, "theta_grid_parameters") ||
    has(sections, "species_parameters_1")
  ) {
    return readGs2(sections);
  }
  return null;
}

function has(sections: Section[], name: string): boolean {
  return sections.some((s) => s.name === name);
}
