/** Numbers of any rank, the last index running fastest. */
export interface DiagnosticArray {
  shape: number[];
  real: Float64Array;
  /** Null for real numbers. */
  imaginary: Float64Array | null;
}

/** A stored diagnostic, read as plain data. `null` = something that is neither a number, a text, an array nor made of them. */
export type DiagnosticValue =
  | number
  | string
  | null
  | DiagnosticArray
  | DiagnosticValue[]
  | Map<string, DiagnosticValue>;

/** True for an array. */
export function isArray(value: DiagnosticValue): value is DiagnosticArray {
  return typeof value === "object" && value !== null && "shape" in value;
}

/** A line of numbers, of complex ones their magnitudes; null for everything else. */
export function magnitudes(value: DiagnosticValue): number[] | null {
  if (!isArray(value)) return null;
  const { shape, real, imaginary } = value;
  if (shape.length > 1) return null;
  return imaginary === null
    ? [...real]
    : Array.from(real, (re, k) => Math.hypot(re, imaginary[k]!));
}

/** The rms of the magnitude at each place along one index. */
export function rms(
  { shape, real, imaginary }: DiagnosticArray,
  axis: number,
): number[] {
  const after = shape.slice(axis + 1).reduce((all, n) => all * n, 1);
  const n = shape[axis]!;
  const sums = new Array<number>(n).fill(0);
  for (let k = 0; k < real.length; k++) {
    sums[Math.floor(k / after) % n]! += real[k]! ** 2 +
      (imaginary === null ? 0 : imaginary[k]! ** 2);
  }
  return sums.map((sum) => Math.sqrt(sum * n / real.length));
}

/** A line of real numbers, also as a list of numbers or of arrays of one; null for everything else. */
export function line(value: DiagnosticValue): number[] | null {
  if (isArray(value)) {
    return value.imaginary === null && value.shape.length === 1
      ? [...value.real]
      : null;
  }
  if (!Array.isArray(value) || value.length === 0) return null;
  const numbers = value.map((v) =>
    typeof v === "number"
      ? v
      : v !== null && isArray(v) && v.real.length === 1
      ? v.real[0]!
      : null
  );
  return numbers.includes(null) ? null : numbers as number[];
}
