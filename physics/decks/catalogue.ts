import { columnValues } from "../columns.ts";
import { minorOverMajor } from "../input.ts";
import { adiabatic, finite, ratio } from "../roles.ts";
import type { Maybe, Simulation, Species } from "../simulation.ts";
import { blankSimulation } from "../blank.ts";
import type { Deck, RawDeck } from "./deck.ts";
import { type Miller, unitField, wavenumberFactor } from "./miller.ts";

/** Electron over reference mass that inputs use, and the reference's mass in m_D: electrons' mass tells which one it is. */
const REFERENCE_MASSES = [
  { electron: 2.7244e-4, mass: 1, name: "deuterium" },
  { electron: 5.4462e-4, mass: 0.50025, name: "hydrogen" },
  { electron: 1.8192e-4, mass: 1.49775, name: "tritium" },
];
const MASS_TOLERANCE = 0.01;
const ELECTRON_MASS = 2.724437e-4;
/** Columns that an input cannot have, since they need results or a document. */
const RESULTS = ["ky_values", "bytes", "n_files", "n_missing"];
const OF_ELECTRONS = ["RLTe", "RLne", "nu_ee"];
const OF_IONS = ["RLTi", "RLni", "Ti_Te", "mass_i", "nu_ii", "Z_eff"];

/** The columns that an input tells, by the same definitions as those of stored runs. */
export function catalogueDeck(raw: RawDeck): Deck {
  const units = referenceUnits(raw);
  const surface = millerOf(raw);
  const field = raw.unitField ? surface && unitField(surface) : 1;
  const sim = simulation(raw, units, surface, field);
  const values = Object.fromEntries(
    Object.entries(columnValues(sim)).filter((
      entry,
    ): entry is [string, number | string | boolean | null] =>
      !Array.isArray(entry[1]) && !RESULTS.includes(entry[0])
    ).filter(([key, value]) => value !== null || hasNone(raw, sim, key)),
  );
  // Transport runs are stored as linear ones with many k_y, too.
  if (raw.kind === "quasilinear") delete values.kind;
  const { code, kind } = raw;
  return { code, kind, values, notes: [...raw.notes, ...units.notes] };
}

/** True for quantities that a run with this input does not have, rather than that its input does not tell. */
function hasNone(raw: RawDeck, sim: Simulation, key: string): boolean {
  const missing = adiabatic(sim.species);
  return (missing === "electrons" && OF_ELECTRONS.includes(key)) ||
    (missing === "ions" && OF_IONS.includes(key)) ||
    (raw.kind === "nonlinear" && key === "ky");
}

interface Units {
  density: number;
  temperature: number;
  /** m_ref/m_D. */
  mass: number;
  /** Index of the electrons; -1 when they are adiabatic. */
  electrons: number;
  notes: string[];
}

/** Stored values are in those of the electrons and the deuteron. */
function referenceUnits({ species, adiabatic }: RawDeck): Units {
  const electrons = species.findIndex((s) => s.charge === -1);
  const e = species[electrons];
  const neutral = species.reduce(
    (sum, s) => sum + Math.max(0, (s.density ?? 0) * (s.charge ?? 0)),
    0,
  );
  const mass = e?.mass ?? null;
  const found = REFERENCE_MASSES.find((r) =>
    mass !== null && Math.abs(mass / r.electron - 1) < MASS_TOLERANCE
  );
  return {
    density: positive(e?.density ?? adiabatic?.density ?? neutral),
    temperature: positive(e?.temperature ?? adiabatic?.temperature ?? 1),
    mass: found?.mass ?? 1,
    electrons,
    notes: found && found.name !== "deuterium"
      ? [`Masses are taken to be in ${found.name} masses.`]
      : found
      ? []
      : ["The reference mass is assumed to be deuterium's."],
  };
}

function positive(x: number): number {
  return x > 0 ? x : 1;
}

/** The surface where all of it is known and it can be integrated. Its missing shape counts as a circle. */
function millerOf(raw: RawDeck): Miller | null {
  const eps = inverseAspect(raw);
  if (eps === null || !(eps > 0 && eps < 1) || !raw.q) return null;
  const delta = raw.delta ?? 0;
  if (Math.abs(delta) >= 1) return null;
  return {
    eps,
    q: raw.q,
    kappa: raw.kappa ?? 1,
    delta,
    zeta: raw.zeta ?? 0,
    shift: raw.shift ?? 0,
    sKappa: raw.s_kappa ?? 0,
    sDelta: raw.s_delta ?? 0,
    sZeta: raw.s_zeta ?? 0,
    turnsHeight: raw.turnsHeight,
  };
}

function inverseAspect(raw: RawDeck): Maybe {
  return raw.r_over_R ?? ratio(raw.minor ?? null, raw.major);
}

function simulation(
  raw: RawDeck,
  units: Units,
  surface: Miller | null,
  field: number | null,
): Simulation {
  const major = raw.major ?? NaN;
  const over = units.density * units.temperature;
  // Rates: v/L_ref of the input in v_ref/R0.
  const rate = raw.speed / Math.SQRT2 * major /
    Math.sqrt(units.temperature * units.mass);
  const species = raw.species.map((s): Species => ({
    name: null,
    charge: s.charge,
    mass: times(s.mass, units.mass),
    density: times(s.density, 1 / units.density),
    temperature: times(s.temperature, 1 / units.temperature),
    RLn: times(s.RLn, major),
    RLT: times(s.RLT, major),
    velocity_gradient: null,
  }));
  const magnetic = (field ?? NaN) / raw.field;
  const beta = times(raw.beta, over * magnetic ** 2);
  const rho = Math.sqrt(units.temperature * units.mass);
  const factor = surface && wavenumberFactor(surface);
  const ky = raw.ky === null || factor === null
    ? null
    : times(raw.ky, factor * rho / units.mass);
  const r_over_R = inverseAspect(raw);
  const blank = blankSimulation();
  return {
    ...blank,
    source: { ...blank.source, collection: collectionOf(raw) },
    tags: { ...blank.tags, code: raw.code },
    surface: {
      ...blank.surface,
      r_over_R,
      q: raw.q,
      s_hat: raw.s_hat,
      kappa: raw.kappa,
      delta: raw.delta,
      zeta: raw.zeta,
      p_prime: pressureGradient(raw, species, beta, magnetic, major),
      a_over_R: minorOverMajor(raw.code, raw.input, r_over_R),
    },
    species,
    beta,
    rotation: times(raw.rotation, rate),
    shearing_rate: times(raw.gamma_E, rate),
    collisions: collisions(raw, units, rate),
    model: {
      a_parallel: raw.a_parallel,
      b_parallel: raw.b_parallel,
      non_linear_run: null,
      quasi_linear: raw.kind === "quasilinear",
    },
    wavevectors: raw.kind === "linear" ? [{ ky, kx: null, modes: [] }] : [],
    input: raw.input,
  };
}

function collectionOf({ kind }: RawDeck): "linear" | "nonlinear" {
  return kind === "linear" ? "linear" : "nonlinear";
}

function pressureGradient(
  { p_prime }: RawDeck,
  species: Species[],
  beta: Maybe,
  magnetic: number,
  major: number,
): Maybe {
  if ("value" in p_prime) return times(p_prime.value, major * magnetic ** 2);
  const drive = species.reduce(
    (sum, s) =>
      sum + (s.density ?? NaN) * (s.temperature ?? NaN) *
        ((s.RLn ?? NaN) + (s.RLT ?? NaN)),
    0,
  );
  return times(beta, p_prime.share * drive);
}

/** Each species with itself; ions follow the electrons by Z^4 n/(sqrt(m) T^1.5) where the input has these alone. */
function collisions(
  raw: RawDeck,
  units: Units,
  rate: number,
): Simulation["collisions"] {
  const e = raw.species[units.electrons] ?? raw.adiabatic;
  const light = weight(
    -1,
    e?.density ?? 1,
    e?.mass ?? ELECTRON_MASS,
    e?.temperature ?? 1,
  );
  const own = raw.species.map((s) => {
    if (s.collisions !== undefined) return times(s.collisions, rate);
    if (raw.nu_ee === undefined || raw.nu_ee === null) return null;
    if (s.charge === -1) return times(raw.nu_ee, rate);
    return times(
      raw.nu_ee,
      rate * weight(s.charge, s.density, s.mass, s.temperature) / light,
    );
  });
  const matrix = own.map((nu, k) => own.map((_, j) => j === k ? nu : null));
  return { matrix, stored: matrix };
}

function weight(
  charge: Maybe,
  density: Maybe,
  mass: Maybe,
  temperature: Maybe,
): number {
  return (charge ?? NaN) ** 4 * (density ?? NaN) /
    Math.sqrt(mass ?? NaN) / (temperature ?? NaN) ** 1.5;
}

/** The product, or null where either is unknown or it is no number. */
function times(x: Maybe | undefined, factor: number): Maybe {
  const product = (x ?? NaN) * factor;
  return Number.isFinite(product) ? finite(product) : null;
}
