/** One kinetic species; densities, temperatures and masses in n_e, T_e, m_D; gradients as R0/L. */
export interface Species {
  name: string;
  Z: number;
  mass: number;
  n: number;
  T: number;
  RLn: number;
  RLT: number;
}

/** A Miller flux surface. `q` carries the sign of Ip times Bt. */
export interface Surface {
  q: number;
  shear: number;
  /** r/R0 */
  eps: number;
  /** a/R0: what turns the stored R-normalised numbers into the codes' own. */
  aR: number;
  kappa: number;
  delta: number;
  zeta: number;
  /** (r/kappa) dkappa/dr and r ddelta/dr, zero for circular surfaces. */
  sKappa: number;
  sDelta: number;
}

/** Everything that decides which mode grows: the input of the models. */
export interface Plasma extends Surface {
  /** All species, electrons among them even when they are adiabatic. */
  species: Species[];
  adiabatic: "none" | "electrons" | "ions";
  /** 2 mu0 n_e T_e / B0^2 */
  betaE: number;
  /** Electron-electron collision frequency in v_ref/R0. */
  nuEe: number;
  /** ExB shearing rate and toroidal rotation in v_ref/R0. */
  gammaE: number;
  rotation: number;
  /** 1 = phi, 2 = with A_parallel, 3 = with B_parallel. */
  fields: 1 | 2 | 3;
}

/** Electron over deuteron mass, as the codes' templates write it. */
export const ELECTRON_MASS = 0.0002724486;

/** What a case must say; the rest has defaults. */
export interface PlasmaOptions extends Partial<Omit<Plasma, "species">> {
  q: number;
  shear: number;
  eps: number;
  RLTi: number;
  RLTe?: number;
  RLn: number;
  TiTe?: number;
  /** A fully ionised impurity by its share of Z_eff. */
  impurity?: { name: string; Z: number; mass: number; Zeff: number };
  /** A hot minority of deuterons. */
  fast?: { n: number; T: number; RLn: number; RLT: number };
}

/**
 * A plasma that is neutral: the main ion's density and its gradient follow
 * from sum Z n = 0 and sum Z n R/L_n = 0.
 */
export function plasma(options: PlasmaOptions): Plasma {
  const { RLTi, RLTe = RLTi, RLn, TiTe = 1, impurity, fast, ...rest } = options;
  const minor: Species[] = [];
  if (fast) minor.push({ name: "fast", Z: 1, mass: 1, ...fast });
  if (impurity) {
    const { name, Z, mass, Zeff } = impurity;
    const n = (Zeff - 1) / (Z * (Z - 1));
    minor.push({ name, Z, mass, n, T: TiTe, RLn: 0.6 * RLn, RLT: RLTi });
  }
  const n = 1 - sum(minor, (s) => s.Z * s.n);
  const slope = (RLn - sum(minor, (s) => s.Z * s.n * s.RLn)) / n;
  return {
    ...DEFAULTS,
    ...rest,
    species: [
      { name: "ion", Z: 1, mass: 1, n, T: TiTe, RLn: slope, RLT: RLTi },
      ...minor,
      {
        name: "electron",
        Z: -1,
        mass: ELECTRON_MASS,
        n: 1,
        T: 1,
        RLn,
        RLT: RLTe,
      },
    ],
  };
}

const DEFAULTS = {
  aR: 1 / 3,
  kappa: 1,
  delta: 0,
  zeta: 0,
  sKappa: 0,
  sDelta: 0,
  adiabatic: "none" as const,
  betaE: 0,
  nuEe: 0.1,
  gammaE: 0,
  rotation: 0,
  fields: 1 as const,
};

/** The same plasma with the electron's and all ions' gradients changed, kept neutral. */
export function withGradients(
  p: Plasma,
  { RLTi, RLTe, RLn }: { RLTi?: number; RLTe?: number; RLn?: number },
): Plasma {
  const factor = RLn === undefined ? 1 : RLn / electron(p).RLn;
  return {
    ...p,
    species: p.species.map((s) => ({
      ...s,
      RLn: s.RLn * factor,
      RLT: (s.Z < 0 ? RLTe : s.name === "fast" ? undefined : RLTi) ?? s.RLT,
    })),
  };
}

/** The species a document stores: not the adiabatic ones. */
export function kinetic(p: Plasma): Species[] {
  return p.species.filter((s) =>
    p.adiabatic === "none" || (p.adiabatic === "electrons") === (s.Z > 0)
  );
}

export function electron(p: Plasma): Species {
  return p.species.find((s) => s.Z < 0)!;
}

export function mainIon(p: Plasma): Species {
  return p.species.filter((s) => s.Z === 1).sort((a, b) => b.n - a.n)[0]!;
}

/** sum over the positive species of n Z^2 / n_e. */
export function effectiveCharge(p: Plasma): number {
  return sum(p.species, (s) => s.Z > 0 ? s.n * s.Z ** 2 : 0);
}

/** sum over all species of n T (R/L_n + R/L_T). */
export function pressureDrive(p: Plasma): number {
  return sum(p.species, (s) => s.n * s.T * (s.RLn + s.RLT));
}

/** -(2 mu0 R0/B0^2) dp/dr, consistent with beta and the gradients. */
export function pressureGradient(p: Plasma): number {
  return p.betaE * pressureDrive(p);
}

/**
 * Collision frequencies nu_ab in v_ref/R0 with the Z^4 n / (sqrt(m) T^1.5) of
 * like-particle collisions, and Z_b^2 n_b / (Z_a^2 n_a) for the partner.
 */
export function collisionMatrix(p: Plasma): number[][] {
  const kept = kinetic(p);
  return kept.map((a) =>
    kept.map((b) => selfCollision(p, a) * (b.n * b.Z ** 2) / (a.n * a.Z ** 2))
  );
}

/** nu_aa in v_ref/R0. */
export function selfCollision(p: Plasma, a: Species): number {
  return p.nuEe * Math.sqrt(ELECTRON_MASS / a.mass) * a.n * a.Z ** 4 /
    a.T ** 1.5;
}

/** Sum of a value over a list. */
export function sum<T>(items: T[], value: (item: T) => number): number {
  return items.reduce((total, item) => total + value(item), 0);
}
