import type { ColumnValue } from "./column.ts";
import { isTwinValue, NOISE } from "./families.ts";

/** What a comparison takes: values of the catalogue, their times as dates. */
export type Compared = ColumnValue | Date | undefined;

/** How the values of one column differ between runs. */
export type Difference =
  | { kind: "none" }
  /** Some runs have no value; the others may differ, too. */
  | { kind: "missing"; places: number[] }
  /** Equal but for how codes convert constants. */
  | { kind: "rounding"; share: number }
  | { kind: "sign" }
  | { kind: "zero"; places: number[] }
  /** (largest - smallest)/largest of the magnitudes: 0..1. */
  | { kind: "numbers"; share: number; ratio: number }
  | { kind: "words" };

/** Numbers that are closer, relatively, are one number in two roundings. */
const SAME = 1e-9;

/** How values of one column differ. Lists are compared as they stand. */
export function difference(values: Compared[]): Difference {
  const absent = places(values, isAbsent);
  if (absent.length === values.length) return { kind: "none" };
  if (absent.length > 0) return { kind: "missing", places: absent };
  if (values.every((v) => typeof v === "number")) return ofNumbers(values);
  const [first, ...others] = values.map(word);
  return { kind: others.every((o) => o === first) ? "none" : "words" };
}

function ofNumbers(values: number[]): Difference {
  const sizes = values.map(Math.abs);
  const [least, most] = [Math.min(...sizes), Math.max(...sizes)];
  const spread = Math.max(...values) - Math.min(...values);
  if (spread <= SAME * most) return { kind: "none" };
  if (values.some((v) => v > NOISE) && values.some((v) => v < -NOISE)) {
    return { kind: "sign" };
  }
  const share = spread / most;
  if (least <= NOISE && most > NOISE) {
    return { kind: "zero", places: places(sizes, (v) => Number(v) <= NOISE) };
  }
  return values.every((v) => isTwinValue(v, values[0]!))
    ? { kind: "rounding", share }
    : { kind: "numbers", share, ratio: most / least };
}

function places(values: Compared[], is: (v: Compared) => boolean): number[] {
  return values.flatMap((v, k) => is(v) ? [k] : []);
}

function isAbsent(value: Compared): boolean {
  return value === null || value === undefined || value === "" ||
    (Array.isArray(value) && value.length === 0);
}

function word(value: Compared): string {
  if (value instanceof Date) return value.toISOString();
  return Array.isArray(value) ? value.join("\n") : String(value);
}
