import type { Maybe } from "../simulation.ts";
import type { XY } from "./points.ts";

/** GENE's `nrg` file: for each time one line per species. All in GENE's own units. */
export interface Nrg {
  /** In L_ref/c_ref. */
  time: number[];
  species: NrgSpecies[];
}

export interface NrgSpecies {
  /** Box average of the squared density fluctuation. */
  density: Maybe[];
  /** Heat flux, electrostatic and electromagnetic. */
  heat_es: Maybe[];
  heat_em: Maybe[];
}

/** Columns of a line: n^2, u^2, T_par^2, T_perp^2, then Gamma, Q and (newer versions) Pi, each es and em. */
const MIN_COLUMNS = 8;
const [DENSITY, HEAT_ES, HEAT_EM] = [0, 6, 7];
const MAX_SPECIES = 20;
/** GENE writes some 130 in a line. */
export const MAX_LINE_CHARACTERS = 10_000;
/** Fewer points than this give no growth rate. */
const MIN_POINTS = 5;

/**
 * Reads an `nrg` file line by line, so that others may have their turn in between: a line with the time alone, then a line for each
 * species, and so on. Blocks that are not whole are left out, as a last one that is cut off.
 */
export class NrgReader {
  #block: { time: number; lines: (Values | null)[] } | null = null;
  /** Null until the first block, which says how many species there are, is over. */
  #nrg: Nrg | null = null;
  #isOther = false;

  /** Takes the next line. @returns false when the text is no `nrg` file, whatever follows */
  add(line: string): boolean {
    if (line.length > MAX_LINE_CHARACTERS) this.#isOther = true;
    const trimmed = this.#isOther ? "" : line.trim();
    if (trimmed === "") return !this.#isOther;
    const words = trimmed.split(/\s+/);
    if (words.length === 1) {
      this.#close();
      this.#block = { time: fortran(words[0]!), lines: [] };
    } else if (this.#block === null) this.#isOther = true;
    else this.#block.lines.push(valuesOf(words));
    return !this.#isOther;
  }

  /** Null when the text was no `nrg` file, or had no whole block. */
  end(): Nrg | null {
    this.#close();
    return this.#isOther || !this.#nrg?.time.length ? null : this.#nrg;
  }

  #close(): void {
    if (this.#block === null) return;
    const { time, lines } = this.#block;
    this.#block = null;
    this.#nrg ??= { time: [], species: lines.map(noValues) };
    const { species } = this.#nrg;
    if (species.length === 0 || species.length > MAX_SPECIES) {
      this.#isOther = true;
    }
    const isWhole = Number.isFinite(time) && lines.length === species.length &&
      lines.every((line) => line !== null);
    if (this.#isOther || !isWhole) return;
    this.#nrg.time.push(time);
    lines.forEach((line, s) => {
      species[s]!.density.push(line![0]);
      species[s]!.heat_es.push(line![1]);
      species[s]!.heat_em.push(line![2]);
    });
  }
}

/** What is drawn of a line: {@linkcode NrgSpecies} at one time. */
type Values = [density: Maybe, heat_es: Maybe, heat_em: Maybe];

/** Null when the line has too few columns. */
function valuesOf(words: string[]): Values | null {
  if (words.length < MIN_COLUMNS) return null;
  const value = (column: number): Maybe => {
    const x = fortran(words[column]!);
    return Number.isFinite(x) ? x : null;
  };
  return [value(DENSITY), value(HEAT_ES), value(HEAT_EM)];
}

function noValues(): NrgSpecies {
  return { density: [], heat_es: [], heat_em: [] };
}

/** Fortran drops the E of three-digit exponents: 7.5-101. */
function fortran(word: string): number {
  return Number(word.replace(/^([+-]?\d*\.\d+)([+-]\d{3})$/, "$1E$2"));
}

/** Half the slope of ln y over the last half of the time, by least squares: gamma of a squared amplitude. Null with few points or one that is not positive. */
export function growthRate(points: XY[]): Maybe {
  const end = points.at(-1)?.x ?? 0;
  const half = points.filter((p) => p.x >= end / 2);
  if (half.length < MIN_POINTS || half.some((p) => p.y <= 0)) return null;
  const n = half.length;
  const x = half.reduce((s, p) => s + p.x, 0) / n;
  const y = half.reduce((s, p) => s + Math.log(p.y), 0) / n;
  const xx = half.reduce((s, p) => s + (p.x - x) ** 2, 0);
  const xy = half.reduce((s, p) => s + (p.x - x) * (Math.log(p.y) - y), 0);
  return xx === 0 ? null : xy / xx / 2;
}
