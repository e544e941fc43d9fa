import type { InputParameters } from "../simulation.ts";
import { catalogueDeck } from "./catalogue.ts";
import type { Deck, RawDeck } from "./deck.ts";
import { readCgyro, readTglf } from "./flat.ts";
import { readGene } from "./gene.ts";
import { readGs2 } from "./gs2.ts";
import { readGx } from "./gx.ts";
import type { Section } from "./text.ts";

/** Namelists of GENE whose names the old layout does not keep. */
const GENE_SECTIONS = ["box", "general", "geometry", "external_contr"];
/** Of the old layout: what each species has, with its number behind the name. */
const OF_SPECIES = /^(charge|mass|dens|temp|omn|omt)(\d+)$/;

const READERS: Record<string, (input: InputParameters) => RawDeck> = {
  GENE: (input) => readGene(geneSections(input)),
  CGYRO: (input) => readCgyro(flatSection(input)),
  TGLF: (input) => readTglf(flatSection(input)),
  GS2: (input) => readGs2(sectionsOf(input)),
  GX: (input) => readGx(sectionsOf(input)),
};

/** What the input that a document stores says, in the catalogue's terms; null where the code is not known or nothing is stored. */
export function deckOfStoredInput(
  code: string | null,
  input: InputParameters,
): Deck | null {
  const read = READERS[code ?? ""];
  if (!read || Object.keys(input).length === 0) return null;
  const raw = read(input);
  return raw.species.length === 0 ? null : catalogueDeck(raw);
}

interface Entry {
  section: string;
  key: string;
  /** Of a repeated name, from 1. */
  nth: number;
  value: string;
}

function entriesOf(input: InputParameters): Entry[] {
  return Object.entries(input).map(([name, value]) => {
    const nth = /\[(\d+)\]$/.exec(name)?.[1];
    const plain = name.replace(/\[\d+\]$/, "").toLowerCase();
    const dot = plain.lastIndexOf(".");
    return {
      section: dot < 0 ? "" : plain.slice(0, dot),
      key: plain.slice(dot + 1),
      nth: nth === undefined ? 1 : Number(nth),
      value: String(value).trim().replace(/^(['"])(.*)\1$/, "$2").trim(),
    };
  });
}

/** A section for each name; repeated entries are its columns. */
function sectionsOf(input: InputParameters): Section[] {
  return [...Map.groupBy(entriesOf(input), (e) => e.section)].map((
    [name, entries],
  ) => ({
    name,
    entries: new Map(
      [...Map.groupBy(entries, (e) => e.key)].map(([key, all]) => [
        key,
        all.toSorted((a, b) => a.nth - b.nth).map((e) => e.value),
      ]),
    ),
  }));
}

function flatSection(input: InputParameters): Section {
  return {
    name: "",
    entries: new Map(entriesOf(input).map((e) => [e.key, [e.value]])),
  };
}

/** Each species is a namelist of its own: by the number of its repetition, or of the old layout by the one behind its names. */
function geneSections(input: InputParameters): Section[] {
  const entries = entriesOf(input);
  const isFlat = entries.every((e) => e.section === "");
  const others = isFlat
    ? GENE_SECTIONS.map((name) => ({ ...flatSection(input), name }))
    : sectionsOf(input).filter((s) => s.name !== "species");
  const ofSpecies = isFlat
    ? entries.flatMap(({ key, value }) => {
      const [, name, nth] = OF_SPECIES.exec(key) ?? [];
      return name ? [{ key: name, nth: Number(nth), value }] : [];
    })
    : entries.filter((e) => e.section === "species");
  const species = [...Map.groupBy(ofSpecies, (e) => e.nth)]
    .toSorted(([a], [b]) => a - b).map(([, all]): Section => ({
      name: "species",
      entries: new Map(all.map((e) => [e.key, [e.value]])),
    }));
  return [...others, ...species];
}
