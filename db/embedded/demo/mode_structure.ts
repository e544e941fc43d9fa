import type { ModeName } from "./linear_models.ts";

/** A complex function of the ballooning angle. */
export interface ComplexArray {
  real: number[];
  imag: number[];
}

/** The extended ballooning angle of `turns` poloidal turns, `points` per turn. */
export function ballooningAngle(turns: number, points: number): number[] {
  const count = turns * points;
  return Array.from(
    { length: count },
    (_, i) => Math.PI * turns * (2 * i / count - 1),
  );
}

/** Width of the envelope in radians: drift waves hug the outboard side, tearing modes stretch far along the field line. */
const WIDTH: Record<ModeName, number> = {
  ITG: 1.9,
  TEM: 2.6,
  ETG: 1.3,
  MTM: 9,
  KBM: 2.2,
};

/** phi along the field line, 1 at its maximum: even, or odd for the MTM. */
export function potential(name: ModeName, angle: number[]): ComplexArray {
  const width = WIDTH[name];
  return sample(angle, (t) => {
    const envelope = Math.exp(-(t * t) / (2 * width * width));
    const ripple = 1 +
      0.3 * Math.cos(t) * Math.exp(-(t * t) / (8 * width * width));
    const shape = name === "MTM"
      ? 1.05 * Math.sin(t) * envelope / (1 + 0.02 * t * t)
      : envelope * ripple / 1.3;
    return [shape, 0.35 * t * t / (width * width + t * t)];
  });
}

/** A_parallel for a phi of 1: even and narrow for the MTM, else odd; `size` is its maximum. */
export function vectorPotential(
  name: ModeName,
  angle: number[],
  size: number,
): ComplexArray {
  const width = WIDTH[name];
  return sample(angle, (t) => {
    const envelope = Math.exp(-(t * t) / (2 * width * width));
    const shape = name === "MTM"
      ? Math.exp(-(t * t) / 2.5)
      : 1.2 * (t / width) * envelope;
    return [size * shape, 0.6];
  });
}

/** Multiplies by a complex number. */
export function times(
  { real, imag }: ComplexArray,
  [a, b]: [number, number],
): ComplexArray {
  return {
    real: real.map((x, i) => a * x - b * imag[i]!),
    imag: real.map((x, i) => a * imag[i]! + b * x),
  };
}

function sample(
  angle: number[],
  at: (t: number) => [size: number, phase: number],
): ComplexArray {
  const values = angle.map(at);
  return {
    real: values.map(([size, phase]) => size * Math.cos(phase)),
    imag: values.map(([size, phase]) => size * Math.sin(phase)),
  };
}
