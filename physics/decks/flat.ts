import { flagIn, flatten, numberIn, type Section } from "./text.ts";
import type { DeckSpecies, RawDeck } from "./deck.ts";

const MAX_SPECIES = 12;
/** What each code calls the parameters of a species; the number of the species follows. */
type SpeciesNames = Record<
  "charge" | "mass" | "density" | "temperature" | "RLn" | "RLT",
  string
>;
const CGYRO_SPECIES: SpeciesNames = {
  charge: "Z",
  mass: "MASS",
  density: "DENS",
  temperature: "TEMP",
  RLn: "DLNNDR",
  RLT: "DLNTDR",
};
const TGLF_SPECIES: SpeciesNames = {
  charge: "ZS",
  mass: "MASS",
  density: "AS",
  temperature: "TAUS",
  RLn: "RLNS",
  RLT: "RLTS",
};

/** `input.cgyro`, or `input.cgyro.gen`: units of a, c_s and B_unit. */
export function readCgyro(file: Section): RawDeck {
  const n = reader(file);
  const electrons = flagIn(file, "AE_FLAG") === true;
  const fields = n("N_FIELD", 1)!;
  const nonlinear = flagIn(file, "NONLINEAR_FLAG") === true;
  return {
    code: "CGYRO",
    kind: nonlinear ? "nonlinear" : "linear",
    input: flatten([file]),
    major: n("RMAJ", 3),
    minor: n("RMIN", 0.5),
    q: n("Q", 2),
    s_hat: n("S", 1),
    shift: n("SHIFT", 0),
    ...shape(file, ""),
    beta: n("BETAE_UNIT", 0),
    p_prime: { share: n("BETA_STAR_SCALE", 1)! },
    speed: 1,
    ky: nonlinear ? null : n("KY", 0.3),
    species: speciesOf(file, n("N_SPECIES"), CGYRO_SPECIES),
    adiabatic: electrons
      ? {
        density: n("DENS_AE", 1),
        temperature: n("TEMP_AE", 1),
        mass: n("MASS_AE", 2.724486e-4),
      }
      : null,
    nu_ee: n("NU_EE", 0.1),
    gamma_E: n("GAMMA_E", 0),
    rotation: n("MACH", 0)! / n("RMAJ", 3)!,
    a_parallel: fields >= 2,
    b_parallel: fields >= 3,
    notes: harmonics(file),
  };
}

/** `input.tglf`, or `input.tglf.gen`: units of a, c_s and B_unit. */
export function readTglf(file: Section): RawDeck {
  const n = reader(file);
  const [r, q] = [n("RMIN_LOC", 0.5)!, n("Q_LOC", 2)!];
  const transport = flagIn(file, "USE_TRANSPORT_MODEL") ?? true;
  const rotates = (n("VPAR_1", 0)!) !== 0;
  return {
    code: "TGLF",
    kind: transport ? "quasilinear" : "linear",
    input: flatten([file]),
    major: n("RMAJ_LOC", 3),
    minor: r,
    q,
    s_hat: n("Q_PRIME_LOC", 16)! * (r / q) ** 2,
    shift: n("DRMAJDX_LOC", 0),
    ...shape(file, "_LOC"),
    beta: n("BETAE", 0),
    p_prime: { value: -n("P_PRIME_LOC", 0)! * r / q * 8 * Math.PI },
    speed: 1,
    ky: transport ? null : n("KY", 0.3),
    species: speciesOf(file, n("NS", 2), TGLF_SPECIES),
    adiabatic: null,
    nu_ee: n("XNUE", 0),
    gamma_E: n("VEXB_SHEAR", 0),
    rotation: rotates ? null : 0,
    a_parallel: flagIn(file, "USE_BPER") ?? false,
    b_parallel: flagIn(file, "USE_BPAR") ?? false,
    notes: [...harmonics(file), ...tglfNotes({ rotates, transport })],
  };
}

function reader(file: Section) {
  return (key: string, absent: number | null = null) =>
    numberIn(file, key) ?? absent;
}

/** The cross-section, which both codes describe with the same words, and their common B_unit. */
function shape(file: Section, suffix: "" | "_LOC") {
  const n = (key: string, absent: number) =>
    numberIn(file, key + suffix) ?? absent;
  const delta = n("DELTA", 0);
  return {
    kappa: n("KAPPA", 1),
    delta,
    zeta: n("ZETA", 0),
    s_kappa: n("S_KAPPA", 0),
    s_delta: n("S_DELTA", 0) / Math.sqrt(1 - delta ** 2),
    s_zeta: n("S_ZETA", 0),
    turnsHeight: false,
    unitField: true,
    field: 1,
  };
}

function speciesOf(
  file: Section,
  count: number | null,
  names: SpeciesNames,
): DeckSpecies[] {
  return numbered(count, (k) => {
    const n = (name: keyof SpeciesNames) =>
      numberIn(file, `${names[name]}_${k}`);
    return {
      charge: n("charge"),
      mass: n("mass"),
      density: n("density"),
      temperature: n("temperature"),
      RLn: n("RLn"),
      RLT: n("RLT"),
    };
  });
}

function tglfNotes(
  { rotates, transport }: { rotates: boolean; transport: boolean },
): string[] {
  return [
    ...(rotates
      ? ["VPAR is left out: stored TGLF runs have no rotation."]
      : []),
    ...(transport
      ? ["A transport run has a grid of k_y, so none is compared."]
      : []),
  ];
}

/** At least one of `most`, at most as many as are read. */
export function numbered<T>(most: number | null, make: (k: number) => T): T[] {
  const count = Math.min(Math.max(Math.trunc(most ?? 1), 0), MAX_SPECIES);
  return Array.from({ length: count }, (_, k) => make(k + 1));
}

function harmonics(file: Section): string[] {
  const higher = [...file.entries.keys()].some((key) =>
    /^shape_/.test(key) && (numberIn(file, key) ?? 0) !== 0
  );
  return higher
    ? [
      "Higher harmonics of the shape are left out, so beta and k_y are approximate.",
    ]
    : [];
}
