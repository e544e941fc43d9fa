import {
  type Field,
  FIELDS,
  type Maybe,
  type PerField,
} from "../simulation.ts";
import { placed, type XY } from "./points.ts";

/** A mode's fields along the field line, as a document holds them. */
export interface StoredStructure {
  ky: Maybe;
  gamma: Maybe;
  /** Extended poloidal angle in radians. */
  angle: Maybe[];
  /** Real and imaginary part of each field at the last time; null where it is not stored. */
  fields: PerField<{ real: Maybe[]; imaginary: Maybe[] } | null>;
}

/** One field along the field line, over the largest |phi|, turned so that it is real where |phi| is largest. */
export interface FieldStructure {
  field: Field;
  size: XY[];
  real: XY[];
  imaginary: XY[];
}

export interface ModeStructure {
  ky: Maybe;
  fields: FieldStructure[];
  /** Where |phi| is largest, over pi. */
  peak: number;
  /** Outermost |theta|/pi that is stored. */
  reach: number;
  /** Larger |phi| of the two ends over the largest: a structure that is cut off has much left there. */
  end: number;
}

/** The structure of the fastest mode that has one, x in units of pi; null when none has a phi that is not zero. */
export function modeStructure(stored: StoredStructure[]): ModeStructure | null {
  const fastest = stored.toSorted((a, b) =>
    (b.gamma ?? -Infinity) - (a.gamma ?? -Infinity)
  );
  for (const structure of fastest) {
    const found = structureOf(structure);
    if (found !== null) return found;
  }
  return null;
}

function structureOf(
  { ky, angle, fields }: StoredStructure,
): ModeStructure | null {
  const { phi } = fields;
  if (phi === null) return null;
  const x = angle.map((a) => a === null ? null : a / Math.PI);
  const sizes = placed(x, magnitudes(phi)).toSorted((a, b) => a.x - b.x);
  if (sizes.length < 2) return null;
  const peak = sizes.reduce((best, p) => p.y > best.y ? p : best);
  if (!(peak.y > 0)) return null;
  const k = x.indexOf(peak.x);
  const turn = {
    re: phi.real[k]! / peak.y,
    im: -phi.imaginary[k]! / peak.y,
    size: peak.y,
  };
  return {
    ky,
    fields: FIELDS.flatMap((field) => {
      const f = fields[field];
      return f === null ? [] : [turned(field, x, f, turn)];
    }),
    peak: peak.x,
    reach: Math.max(Math.abs(sizes[0]!.x), Math.abs(sizes.at(-1)!.x)),
    end: Math.max(sizes[0]!.y, sizes.at(-1)!.y) / peak.y,
  };
}

function turned(
  field: Field,
  x: Maybe[],
  { real, imaginary }: { real: Maybe[]; imaginary: Maybe[] },
  turn: { re: number; im: number; size: number },
): FieldStructure {
  const rows = real.map((a, k) => {
    const b = imaginary[k] ?? null;
    if (a === null || b === null) return null;
    // First the size: its square may be too small, or too large, for a number.
    const [re, im] = [a / turn.size, b / turn.size];
    const row = {
      re: re * turn.re - im * turn.im,
      im: re * turn.im + im * turn.re,
    };
    return Number.isFinite(row.re) && Number.isFinite(row.im) ? row : null;
  });
  const line = (of: (v: { re: number; im: number }) => number) =>
    placed(x, rows.map((v) => v === null ? null : of(v)))
      .toSorted((a, b) => a.x - b.x);
  return {
    field,
    size: line((v) => Math.hypot(v.re, v.im)),
    real: line((v) => v.re),
    imaginary: line((v) => v.im),
  };
}

function magnitudes(
  { real, imaginary }: { real: Maybe[]; imaginary: Maybe[] },
): Maybe[] {
  return real.map((re, k) => {
    const im = imaginary[k] ?? null;
    return re === null || im === null ? null : Math.hypot(re, im);
  });
}
