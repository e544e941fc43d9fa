import type { CaseRun } from "../case.ts";
import type { Code } from "../documents/upload.ts";
import type { Plasma } from "../plasma.ts";

/** k_y rho_s across the ITG peak and up to where trapped electrons take over. */
export const KY = [0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1, 1.5, 2];

/** Grid of nonlinear runs, from 0. */
export const KY_BOX = Array.from(
  { length: 16 },
  (_, i) => Number((0.05 * i).toFixed(2)),
);

/** One run per k_y with all else equal. */
export function kyScan(code: Code, plasma: Plasma, ky: number[]): CaseRun[] {
  return ky.map((k, i) => ({
    suffix: suffix(code, i, `ky_${k.toFixed(2)}`),
    plasma,
    ky: [k],
  }));
}

/** One run per value at a fixed k_y; `plasma` says what the value changes. */
export function scan(
  { code, label, values, digits = 2, ky = [0.3] }: {
    code: Code;
    label: string;
    values: number[];
    digits?: number;
    ky?: number[];
  },
  plasma: (value: number) => Plasma,
): CaseRun[] {
  return values.map((value, i) => ({
    suffix: suffix(code, i, `${label}_${value.toFixed(digits)}`),
    plasma: plasma(value),
    ky,
  }));
}

/** GENE numbers its runs, the others have a folder for each. */
export function suffix(code: Code, index: number, folder: string): string {
  return code === "GENE" ? `_${String(index + 1).padStart(4, "0")}` : folder;
}

/** `count` values from `low` to `high`, both included. */
export function steps(low: number, high: number, count: number): number[] {
  return Array.from(
    { length: count },
    (_, i) => Number((low + (high - low) * i / (count - 1)).toPrecision(6)),
  );
}
