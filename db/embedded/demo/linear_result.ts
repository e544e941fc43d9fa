import type { Code } from "./documents/upload.ts";
import { type Mode, modes } from "./linear_models.ts";
import type { Plasma } from "./plasma.ts";
import type { Random } from "./random.ts";
import { wavenumberFactor } from "./surface.ts";
import { fluxes, type SpeciesFlux } from "./weights.ts";

/** One eigenmode as a code would report it, in stored units. */
export interface Eigenmode extends Mode {
  tolerance: number;
  weights: SpeciesFlux[];
  /** |int f| / int |f| of phi and A_parallel. */
  parity: { phi: number; A: number };
  /** Amplitude of A_parallel and B_parallel relative to phi. */
  amplitude: { A: number; B: number };
}

/** Results at one k_y; `ky` is the stored k_theta rho_ref with the sign of q. */
export interface Wavevector {
  kyInput: number;
  ky: number;
  modes: Eigenmode[];
}

/** Relative offsets of growth rate, frequency and k_y: what tells the twins apart. */
const OFFSETS: Record<Code, { gamma: number; omega: number; ky: number }> = {
  GENE: { gamma: 0, omega: 0, ky: 0 },
  CGYRO: { gamma: 0.008, omega: -0.006, ky: -1e-4 },
  GS2: { gamma: -0.012, omega: 0.009, ky: 0 },
  GX: { gamma: 0.021, omega: -0.013, ky: 0 },
  TGLF: { gamma: -0.05, omega: 0.04, ky: 0 },
};

/** Below this growth rate (v_ref/R0) an initial value run is slow to settle. */
const MARGINAL = 0.12;

/** The k_y a document stores for an input's k_y rho_s. */
export function storedKy(p: Plasma, code: Code, k: number): number {
  return Math.sign(p.q) * k * wavenumberFactor(p) * (1 + OFFSETS[code].ky);
}

/** The modes a code finds at k_y rho_s = k: one, or two for TGLF, the dominant first. */
export function solve(
  p: Plasma,
  code: Code,
  k: number,
  random: Random,
): Wavevector {
  const found = modes(p, k);
  const wanted = code === "TGLF" ? withSecond(found) : found.slice(0, 1);
  return {
    kyInput: k,
    ky: storedKy(p, code, k),
    modes: wanted.map((mode, i) => eigenmode(p, code, mode, i, random)),
  };
}

/** TGLF keeps unstable modes only and reports zeros where there is none. */
function withSecond(found: Mode[]): Mode[] {
  const first = found[0]!;
  const next = found[1] && found[1].gamma > 0
    ? found[1]
    : { ...first, gamma: 0.58 * first.gamma, omega: 1.15 * first.omega };
  return [first, next].map((m) =>
    m.gamma > 0 ? m : { ...m, gamma: 0, omega: 0 }
  );
}

function eigenmode(
  p: Plasma,
  code: Code,
  mode: Mode,
  rank: number,
  random: Random,
): Eigenmode {
  const offset = OFFSETS[code];
  const tearing = mode.name === "MTM" || (code === "TGLF" && rank === 1);
  const even = random.between(0.96, 0.998), odd = random.between(0.008, 0.05);
  return {
    name: mode.name,
    gamma: mode.gamma * (1 + offset.gamma) * random.scatter(0.012),
    omega: mode.omega * (1 + offset.omega) * random.scatter(0.012),
    tolerance: tolerance(code, mode.gamma, random),
    weights: fluxes(
      p,
      mode.name,
      0.05 / Math.max(1, Math.abs(mode.omega)),
      random,
    ),
    parity: tearing ? { phi: odd, A: even } : { phi: even, A: odd },
    amplitude: { A: mode.name === "MTM" ? 1.1 : 12 * p.betaE, B: 2 * p.betaE },
  };
}

/** Log-uniform 1e-4 .. 1e-2; above 0.1 for every third run near marginality. */
function tolerance(code: Code, gamma: number, random: Random): number {
  const usual = random.logUniform(1e-4, 1e-2);
  const slow = random.logUniform(0.11, 0.6);
  if (code === "TGLF") return 0;
  return Math.abs(gamma) < MARGINAL && random.uniform() < 1 / 3 ? slow : usual;
}
