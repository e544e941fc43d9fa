import { type Column, number } from "./column.ts";
import { PHYSICS, type PhysicsValues, S_ALPHA } from "./families.ts";

/** How far apart two values of a column count: below `floor` by their difference, above it by their ratio. */
export interface Scale {
  key: string;
  /** Where the scale turns from linear to logarithmic. */
  floor: number;
  /** A change of `floor` x `step` near zero, or by the factor exp(`step`) far above the floor, counts 1. */
  step: number;
}

/** The columns that the distance looks at. What follows from them (eta, alpha_MHD, nu_ii, p') is left out. */
export const SCALES: Scale[] = [
  { key: "q", floor: 0.5, step: 0.2 },
  { key: "s_hat", floor: 1, step: 0.25 },
  { key: "r_over_R", floor: 0.05, step: 0.25 },
  { key: "RLTi", floor: 2, step: 0.25 },
  { key: "RLTe", floor: 2, step: 0.25 },
  { key: "RLne", floor: 2, step: 0.35 },
  { key: "RLni", floor: 2, step: 0.35 },
  { key: "Ti_Te", floor: 0.3, step: 0.25 },
  { key: "beta_e", floor: 0.001, step: 0.5 },
  { key: "nu_ee", floor: 0.01, step: 0.7 },
  { key: "ky", floor: 0.03, step: 0.25 },
  { key: "kappa", floor: 1, step: 0.15 },
  { key: "delta", floor: 0.2, step: 0.5 },
  { key: "zeta", floor: 0.1, step: 0.5 },
  { key: "gamma_E", floor: 0.05, step: 0.7 },
  { key: "rotation", floor: 0.05, step: 0.7 },
  { key: "Z_eff", floor: 1, step: 0.25 },
  { key: "mass_i", floor: 1, step: 0.35 },
];
/** Words that count 1 where they differ. Of the geometry only whether it is s-alpha. */
export const COMPARED_WORDS = ["kind", "adiabatic", "fields"] as const;
/** What a number counts that only one of the two has. */
export const MISSING = 2;
/** Distances that agree to this are the same: codes convert constants differently. */
export const DISTANCE_STEP = 0.001;

/** In words, for the glossary. */
export const DISTANCE_MEANING =
  "How far the physics of two runs is apart; 0 = the same. Each quantity counts by its difference over a scale: " +
  `${
    SCALES.map(inWords).join(", ")
  }. A quantity that only one of the two has counts ${MISSING}, one that neither has nothing; what an input file does not say is left out; ` +
  "another kind, other fields, other adiabatic species or s-alpha geometry count 1 each. " +
  "The distance is the square root of the sum of squares. Code, resolution and results are no part of it.";

/** Not a column of the catalogue: it depends on what one compares with. */
export const DISTANCE: Column = number("run", {
  key: "distance",
  label: "distance",
  name: "Distance in physics",
  meaning: DISTANCE_MEANING,
  formula: "sqrt(sum of squares of (asinh(x1/floor) - asinh(x2/floor))/step)",
  filter: "none",
  stored: false,
}, () => null);

/** What is compared: columns by public name. null = the run has none; absent = not known, so it is left out. */
export type Compared = Partial<PhysicsValues>;

const ABSENT = new Map(PHYSICS.map((p) => [p.key, p.absent]));

/** What an absent value of a column stands for; null = nothing. */
export function standIn(key: string): number | null {
  return ABSENT.get(key) ?? null;
}

/** Numbers beyond count as this: dividing them would leave what a double holds, which Postgres refuses. */
export const LARGEST = 1e300;

/** A value on the scale on which a difference of 1 counts 1. */
export function toScale(x: number, { floor, step }: Scale): number {
  return Math.asinh(Math.max(-LARGEST, Math.min(x, LARGEST)) / floor) / step;
}

/** The value at a place of the scale. */
export function fromScale(place: number, { floor, step }: Scale): number {
  return floor * Math.sinh(place * step);
}

/** The distance of two runs; never negative, the same both ways. */
export function distance(a: Compared, b: Compared): number {
  const parts = [
    ...SCALES.map((scale) => part(a, b, scale)),
    ...COMPARED_WORDS.map((key) => differsInWord(a, b, key) ? 1 : 0),
    isSAlpha(a) === isSAlpha(b) ? 0 : 1,
  ];
  return Math.hypot(...parts);
}

/** A distance as pages show it: smaller differences are rounding. */
export function roundDistance(distance: number): number {
  return Number(
    (Math.round(distance / DISTANCE_STEP) * DISTANCE_STEP).toFixed(3),
  );
}

/** Columns in which two runs differ noticeably, the one that counts most first. */
export function differences(a: Compared, b: Compared): string[] {
  const numbers = SCALES.map((scale) => ({
    key: scale.key,
    part: Math.abs(part(a, b, scale)),
  }));
  const words = COMPARED_WORDS.filter((key) => differsInWord(a, b, key)).map((
    key,
  ) => ({ key: key as string, part: 1 }));
  const geometry = isSAlpha(a) === isSAlpha(b)
    ? []
    : [{ key: "geometry", part: 1 }];
  return [...numbers, ...words, ...geometry].filter((d) =>
    d.part > DISTANCE_STEP * 10
  )
    .sort((x, y) => y.part - x.part).map((d) => d.key);
}

function differsInWord(
  a: Compared,
  b: Compared,
  key: (typeof COMPARED_WORDS)[number],
): boolean {
  return a[key] !== undefined && b[key] !== undefined && a[key] !== b[key];
}

function part(a: Compared, b: Compared, scale: Scale): number {
  if (a[scale.key] === undefined || b[scale.key] === undefined) return 0;
  const [x, y] = [a, b].map((run) => valueOf(run, scale.key));
  if (x === null || y === null) return x === y ? 0 : MISSING;
  return toScale(x!, scale) - toScale(y!, scale);
}

/** A run's number for the comparison, absent ones replaced by what they stand for. */
export function valueOf(run: Compared, key: string): number | null {
  const value = run[key];
  return typeof value === "number" ? value : standIn(key);
}

/** True for the geometry model that differs from all others in what it solves. */
export function isSAlpha(run: Compared): boolean {
  return run.geometry === S_ALPHA;
}

function inWords({ key, floor, step }: Scale): string {
  const near = Number((floor * Math.sinh(step)).toPrecision(2));
  const far = Math.round((Math.exp(step) - 1) * 100);
  return `${key} ${near} (above ${floor}: ${far} %)`;
}
