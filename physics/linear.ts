import type { Maybe, Mode, Simulation, Wavevector } from "./simulation.ts";
import { electrons } from "./roles.ts";

/** A mode with the wavevector it belongs to. */
export interface ModeAt {
  wavevector: Wavevector;
  mode: Mode;
}

/** Largest drift of gamma that still counts as converged (GKDB's bound). */
export const CONVERGED_TOLERANCE = 0.1;
const UNCLEAR_FREQUENCY_RATIO = 0.1;
/** Gamma and omega above this many times the diamagnetic frequency belong to no micro-instability. */
const IMPLAUSIBLE_FACTOR = 3;

/** linear | nonlinear | quasilinear, from what the document holds; its collection only where it holds nothing (physics.md 1). */
export function kind(sim: Simulation): "linear" | "nonlinear" | "quasilinear" {
  const { model, source } = sim;
  if (source.layout === "gkdb") {
    return model.non_linear_run === null
      ? source.collection
      : model.non_linear_run
      ? "nonlinear"
      : "linear";
  }
  if (source.layout === "none") return source.collection;
  if (model.quasi_linear === true) return "quasilinear";
  if (sim.wavevectors.length > 0) return "linear";
  return sim.nonlinear !== null || model.quasi_linear === false
    ? "nonlinear"
    : source.collection;
}

/** The mode of largest gamma over all wavevectors with k_y != 0; null for nonlinear runs and where none is stored. */
export function dominant(sim: Simulation): ModeAt | null {
  if (kind(sim) !== "linear") return null;
  const modes = sim.wavevectors.filter((w) => w.ky !== 0).flatMap((
    wavevector,
  ) => wavevector.modes.map((mode) => ({ wavevector, mode })));
  return modes.reduce<ModeAt | null>(
    (best, m) =>
      best === null ||
        (m.mode.gamma ?? -Infinity) > (best.mode.gamma ?? -Infinity)
        ? m
        : best,
    null,
  );
}

/** The wavevector a linear run stands for in the catalogue: that of its dominant mode, else its first with k_y != 0. */
export function shownWavevector(sim: Simulation): Wavevector | null {
  if (kind(sim) !== "linear") return null;
  return dominant(sim)?.wavevector ?? sim.wavevectors.find((w) => w.ky !== 0) ??
    null;
}

/** Is gamma settled? `solver` = TGLF, an eigenvalue solver whose tolerance is 0 by construction. Null for nonlinear runs. */
export function convergence(
  sim: Simulation,
): "yes" | "no" | "solver" | "unknown" | null {
  if (kind(sim) !== "linear") return null;
  const mode = dominant(sim)?.mode;
  if (mode && sim.tags.code === "TGLF") return "solver";
  const tolerance = mode?.tolerance ?? null;
  if (tolerance === null) return "unknown";
  return Math.abs(tolerance) <= CONVERGED_TOLERANCE ? "yes" : "no";
}

/** unstable (gamma > 0), stable (old layout: no eigenmode listed; or gamma <= 0 and converged) or unknown. Null for nonlinear runs. */
export function stability(
  sim: Simulation,
): "unstable" | "stable" | "unknown" | null {
  if (kind(sim) !== "linear") return null;
  const mode = dominant(sim)?.mode;
  if (mode === undefined) {
    return sim.source.layout === "gkdb" && shownWavevector(sim) !== null
      ? "stable"
      : "unknown";
  }
  if (mode.gamma === null) return "unknown";
  if (mode.gamma > 0) return "unstable";
  return ["yes", "solver"].includes(convergence(sim)!) ? "stable" : "unknown";
}

/** Which diamagnetic direction the mode turns in; + = ion. With rotation it may include a Doppler shift. */
export function direction(
  sim: Simulation,
): "ion" | "electron" | "unclear" | null {
  const mode = dominant(sim)?.mode;
  if (!mode || mode.omega === null) return null;
  if (
    mode.omega === 0 ||
    Math.abs(mode.omega) < UNCLEAR_FREQUENCY_RATIO * (mode.gamma ?? 0)
  ) return "unclear";
  return mode.omega > 0 ? "ion" : "electron";
}

/** The largest diamagnetic frequency of the species, (k_theta rho_ref/2) max_s((|R/L_n| + |R/L_T|) max(1, T_s)), in v_ref/R0. */
export function diamagneticBound(sim: Simulation, ky: Maybe): Maybe {
  const drives = sim.species.filter((s) => s.RLn !== null || s.RLT !== null)
    .map((s) =>
      (Math.abs(s.RLn ?? 0) + Math.abs(s.RLT ?? 0)) *
      Math.max(1, s.temperature ?? 1)
    );
  return ky === null || drives.length === 0
    ? null
    : Math.abs(ky) / 2 * Math.max(...drives);
}

/** True when |gamma| or |omega| exceeds three times the diamagnetic bound; null where that cannot be told. */
export function implausible(sim: Simulation): boolean | null {
  const at = dominant(sim);
  const bound = diamagneticBound(sim, at?.wavevector.ky ?? null);
  if (
    !at || bound === null || (at.mode.gamma === null && at.mode.omega === null)
  ) return null;
  return Math.max(Math.abs(at.mode.gamma ?? 0), Math.abs(at.mode.omega ?? 0)) >
    IMPLAUSIBLE_FACTOR * bound;
}

/** |k_y| values of the document without the zonal 0, ascending. */
export function wavenumbers(sim: Simulation): number[] {
  const stored = kind(sim) === "linear"
    ? sim.wavevectors.map((w) => w.ky)
    : sim.nonlinear?.ky ?? [];
  return [
    ...new Set(
      stored.filter((k) => k !== null && k !== 0).map((k) => Math.abs(k!)),
    ),
  ].sort((a, b) => a - b);
}

/** Electrons' share of what collisions do: nu_ee as the IMAS layout defines it (the old layout's value is multiplied by 4 pi). */
export function electronCollisions(sim: Simulation): Maybe {
  const e = electrons(sim);
  return e === null ? null : selfCollisions(sim, sim.species.indexOf(e));
}

/** nu_ss R0/v_ref of one species. */
export function selfCollisions(sim: Simulation, s: number): Maybe {
  return sim.collisions.matrix[s]?.[s] ?? null;
}
