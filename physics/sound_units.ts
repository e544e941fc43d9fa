import {
  FIELDS,
  FLUXES,
  type FluxTable,
  type Maybe,
  type Mode,
  type Nonlinear,
  type Saturation,
  type Simulation,
  type Wavevector,
} from "./simulation.ts";
import { toShown } from "./units.ts";

/** Factors from the stored numbers of a run to those in c_s and a. */
interface Factors {
  rate: number;
  time: number;
  wavenumber: number;
  gradient: number;
  flux: number;
}

/**
 * The reading of a document with its numbers in c_s, a and rho_s (physics.md 2).
 *
 * As stored stay: lengths of the surface (over R0), weights, velocity gradients and momentum fluxes, for which no conversion is defined.
 */
export function simulationInCsA(sim: Simulation, aOverR: number): Simulation {
  const f = factorsOf(aOverR);
  return {
    ...sim,
    shearing_rate: times(sim.shearing_rate, f.rate),
    rotation: times(sim.rotation, f.rate),
    species: sim.species.map((s) => ({
      ...s,
      RLn: times(s.RLn, f.gradient),
      RLT: times(s.RLT, f.gradient),
    })),
    collisions: {
      ...sim.collisions,
      matrix: sim.collisions.matrix.map((line) => all(line, f.rate)),
    },
    wavevectors: sim.wavevectors.map((w) => wavevectorInCsA(w, aOverR)),
    nonlinear: sim.nonlinear && nonlinearInCsA(sim.nonlinear, aOverR),
  };
}

/** A wavevector with its modes in c_s, a and rho_s. */
export function wavevectorInCsA<W extends Wavevector>(
  w: W,
  aOverR: number,
): W {
  const { rate, wavenumber } = factorsOf(aOverR);
  return {
    ...w,
    ky: times(w.ky, wavenumber),
    kx: times(w.kx, wavenumber),
    modes: w.modes.map((m): Mode => ({
      ...m,
      gamma: times(m.gamma, rate),
      omega: times(m.omega, rate),
    })),
  };
}

/** Fluxes over wavenumbers, with whatever else of a nonlinear run is at hand, in c_s, a and rho_s. */
export function spectraInCsA<T extends Pick<Nonlinear, "ky" | "spectra">>(
  n: T,
  aOverR: number,
): T {
  const f = factorsOf(aOverR);
  return {
    ...n,
    ky: all(n.ky, f.wavenumber),
    spectra: tableOf(n.spectra, (rows) => rows.map((r) => all(r, f.flux))),
  };
}

function nonlinearInCsA(n: Nonlinear, aOverR: number): Nonlinear {
  const f = factorsOf(aOverR);
  return {
    ...spectraInCsA(n, aOverR),
    kx: all(n.kx, f.wavenumber),
    time: all(n.time, f.time),
    t_end: times(n.t_end, f.time),
    fluxes: tableOf(n.fluxes, (row) => all(row, f.flux)),
    traces: tableOf(n.traces, (rows) => rows.map((r) => all(r, f.flux))),
    saturation: saturationInCsA(n.saturation, f),
  };
}

function saturationInCsA(s: Saturation, f: Factors): Saturation {
  return {
    ...s,
    mean: times(s.mean, f.flux),
    error: times(s.error, f.flux),
    first_quarter: times(s.first_quarter, f.flux),
    second_quarter: times(s.second_quarter, f.flux),
    autocorrelation_time: times(s.autocorrelation_time, f.time),
  };
}

/** Fluxes of particles and heat, whose units have the same factor; those of momentum stay. */
function tableOf<T>(table: FluxTable<T>, convert: (v: T) => T): FluxTable<T> {
  return Object.fromEntries(FLUXES.map((flux) => [
    flux,
    Object.fromEntries(FIELDS.map((field) => {
      const value = table[flux][field];
      return [field, flux === "momentum" ? value : convert(value)];
    })),
  ])) as FluxTable<T>;
}

function factorsOf(aOverR: number): Factors {
  return {
    rate: toShown("rate", aOverR).factor,
    time: toShown("time", aOverR).factor,
    wavenumber: toShown("wavenumber", aOverR).factor,
    gradient: toShown("gradient", aOverR).factor,
    flux: toShown("heat_flux", aOverR).factor,
  };
}

function all(values: Maybe[], factor: number): Maybe[] {
  return values.map((v) => times(v, factor));
}

function times(value: Maybe, factor: number): Maybe {
  return value === null ? null : value * factor;
}
