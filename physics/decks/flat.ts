import { flagIn, flatten, numberIn, type Section } from "./text.ts";
import type { DeckSpecies, RawDeck } from "./deck.ts";

const MAX_SPECIES = 12;

/** `input.cgyro`, or `input.cgyro.gen`: units of a, c_s and B_unit. */
export function readCgyro(file: Section): RawDeck {
  const n = (key: string, absent: number | null = null) =>
    numberIn(file, key) ?? absent;
  const electrons = flagIn(file, "AE_FLAG") === true;
  const fields = n("N_FIELD", 1)!;
  const delta = n("DELTA", 0)!;
  const nonlinear = flagIn(file, "NONLINEAR_FLAG") === true;
  return {
    code: "CGYRO",
    kind: nonlinear ? "nonlinear" : "linear",
    input: flatten([file]),
    major: n("RMAJ", 3),
    minor: n("RMIN", 0.5),
    q: n("Q", 2),
    s_hat: n("S", 1),
    kappa: n("KAPPA", 1),
    delta,
    zeta: n("ZETA", 0),
    shift: n("SHIFT", 0),
    s_kappa: n("S_KAPPA", 0),
    s_delta: n("S_DELTA", 0)! / Math.sqrt(1 - delta ** 2),
    s_zeta: n("S_ZETA", 0),
    turnsHeight: false,
    unitField: true,
    field: 1,
    beta: n("BETAE_UNIT", 0),
    p_prime: { share: n("BETA_STAR_SCALE", 1)! },
    speed: 1,
    ky: nonlinear ? null : n("KY", 0.3),
    species: numbered(n("N_SPECIES"), (k): DeckSpecies => ({
      charge: n(`Z_${k}`),
      mass: n(`MASS_${k}`),
      density: n(`DENS_${k}`),
      temperature: n(`TEMP_${k}`),
      RLn: n(`DLNNDR_${k}`),
      RLT: n(`DLNTDR_${k}`),
    })),
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
  const n = (key: string, absent: number | null = null) =>
    numberIn(file, key) ?? absent;
  const [r, q, delta] = [
    n("RMIN_LOC", 0.5)!,
    n("Q_LOC", 2)!,
    n("DELTA_LOC", 0)!,
  ];
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
    kappa: n("KAPPA_LOC", 1),
    delta,
    zeta: n("ZETA_LOC", 0),
    shift: n("DRMAJDX_LOC", 0),
    s_kappa: n("S_KAPPA_LOC", 0),
    s_delta: n("S_DELTA_LOC", 0)! / Math.sqrt(1 - delta ** 2),
    s_zeta: n("S_ZETA_LOC", 0),
    turnsHeight: false,
    unitField: true,
    field: 1,
    beta: n("BETAE", 0),
    p_prime: { value: -n("P_PRIME_LOC", 0)! * r / q * 8 * Math.PI },
    speed: 1,
    ky: transport ? null : n("KY", 0.3),
    species: numbered(n("NS", 2), (k): DeckSpecies => ({
      charge: n(`ZS_${k}`),
      mass: n(`MASS_${k}`),
      density: n(`AS_${k}`),
      temperature: n(`TAUS_${k}`),
      RLn: n(`RLNS_${k}`),
      RLT: n(`RLTS_${k}`),
    })),
    adiabatic: null,
    nu_ee: n("XNUE", 0),
    gamma_E: n("VEXB_SHEAR", 0),
    rotation: rotates ? null : 0,
    a_parallel: flagIn(file, "USE_BPER") ?? false,
    b_parallel: flagIn(file, "USE_BPAR") ?? false,
    notes: [
      ...harmonics(file),
      ...(rotates
        ? ["VPAR is left out: stored TGLF runs have no rotation."]
        : []),
      ...(transport
        ? ["A transport run has a grid of k_y, so none is compared."]
        : []),
    ],
  };
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
