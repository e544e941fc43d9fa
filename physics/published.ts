import type { Maybe } from "./simulation.ts";

/** A critical gradient of the literature for the plasma of a run. */
export interface PublishedLine {
  mode: "ITG" | "TEM" | "ETG";
  source: string;
  value: number;
}

/** What the lines depend on; see the columns of the same names. */
export interface LineInputs {
  q: Maybe;
  s_hat: Maybe;
  r_over_R: Maybe;
  Ti_Te: Maybe;
  RLne: Maybe;
  RLni: Maybe;
  nu_ee: Maybe;
  Z_eff: Maybe;
}

/**
 * Critical temperature gradients R/L_T of the published fits (physics.md 4), for a scan of `varied`; empty for other scans and where an
 * input is missing. Fits for circular surfaces without magnetic fluctuations.
 */
export function publishedLines(
  varied: string,
  given: LineInputs,
): PublishedLine[] {
  const { q, s_hat: s, r_over_R: eps, Ti_Te: tau, nu_ee } = given;
  if (q === null || s === null || eps === null || eps <= 0 || tau === null) {
    return [];
  }
  if (varied === "RLTi") {
    const value = jenko({ tau, q, s, eps, RLn: given.RLni ?? given.RLne ?? 0 });
    return [{ mode: "ITG", source: "Jenko 2001, ions for electrons", value }];
  }
  if (varied !== "RLTe" || given.RLne === null) return [];
  const lines: PublishedLine[] = [];
  if (nu_ee !== null) {
    const value = peeters({ s, eps, RLn: given.RLne, nu: nu_ee });
    const source = "Peeters 2005, ν taken as ν_ee";
    lines.push({ mode: "TEM", source, value });
  }
  const electrons = { tau: (given.Z_eff ?? 1) / tau, q, s, eps };
  const value = jenko({ ...electrons, RLn: given.RLne });
  return [...lines, { mode: "ETG", source: "Jenko 2001", value }];
}

/** max[(1 + tau)(1.33 + 1.91 s/q)(1 - 1.5 eps), 0.8 R/L_n]; tau = Z_eff T_e/T_i for ETG, T_i/T_e for ITG. */
function jenko(
  { tau, q, s, eps, RLn }: {
    tau: number;
    q: number;
    s: number;
    eps: number;
    RLn: number;
  },
): number {
  return Math.max(
    (1 + tau) * (1.33 + 1.91 * s / q) * (1 - 1.5 * eps),
    0.8 * RLn,
  );
}

/**
 * (0.357 sqrt(eps) + 0.271)/sqrt(eps) (4.90 - 1.31 R/L_n + 2.68 s + ln(1 + 20 nu)) of Phys. Plasmas 12, 022505.
 *
 * nu is taken to be nu_ee in v_ref/R0. The paper was not at hand: its nu may be an effective collisionality nu_ei/omega_De, which has Z_eff
 * in it; the line then lies elsewhere, by the logarithm of the ratio.
 */
function peeters(
  { s, eps, RLn, nu }: { s: number; eps: number; RLn: number; nu: number },
): number {
  const root = Math.sqrt(eps);
  return (0.357 * root + 0.271) / root *
    (4.9 - 1.31 * RLn + 2.68 * s + Math.log(1 + 20 * nu));
}
