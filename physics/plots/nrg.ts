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
/** Fewer points than this give no growth rate. */
const MIN_POINTS = 5;

/**
 * Reads an `nrg` file: a line with the time alone, then a line for each species, and so on.
 *
 * A last block that is cut off is left out. Null when the text is no such file.
 */
export function parseNrg(text: string): Nrg | null {
  const blocks: { time: number; lines: number[][] }[] = [];
  for (const line of text.split("\n")) {
    const numbers = line.trim().split(/\s+/).map(fortran);
    if (line.trim() === "") continue;
    if (numbers.length === 1) blocks.push({ time: numbers[0]!, lines: [] });
    else if (blocks.length === 0) return null;
    else blocks.at(-1)!.lines.push(numbers);
  }
  const n = blocks[0]?.lines.length ?? 0;
  if (n === 0 || n > MAX_SPECIES) return null;
  const whole = blocks.filter(({ time, lines }) =>
    Number.isFinite(time) && lines.length === n &&
    lines.every((l) => l.length >= MIN_COLUMNS)
  );
  if (whole.length === 0) return null;
  const column = (s: number, c: number) =>
    whole.map(({ lines }) => {
      const x = lines[s]![c]!;
      return Number.isFinite(x) ? x : null;
    });
  return {
    time: whole.map((b) => b.time),
    species: Array.from({ length: n }, (_, s) => ({
      density: column(s, DENSITY),
      heat_es: column(s, HEAT_ES),
      heat_em: column(s, HEAT_EM),
    })),
  };
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
