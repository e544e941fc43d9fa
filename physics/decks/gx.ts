import type { RawDeck } from "./deck.ts";
import { numbered } from "./flat.ts";
import { flagIn, flatten, numberIn, type Section, wordIn } from "./text.ts";

/** `gx.in`: TOML in units of L_ref and sqrt(T_ref/m_ref); species are columns. */
export function readGx(sections: Section[]): RawDeck {
  const of = (name: string) => sections.find((s) => s.name === name);
  const [geometry, physics, size, species, boltzmann] = [
    "geometry",
    "physics",
    "dimensions",
    "species",
    "boltzmann",
  ].map(of);
  const n = (
    section: Section | undefined,
    key: string,
    absent: number | null,
  ) => numberIn(section, key) ?? absent;
  const nonlinear = flagIn(physics, "nonlinear_mode") ?? false;
  const [major, minor, kappa, delta] = [
    n(geometry, "rmaj", 1)!,
    n(geometry, "rhoc", 0.5)!,
    n(geometry, "akappa", 1)!,
    n(geometry, "tri", 0)!,
  ];
  const beta = n(physics, "beta", 0)!;
  const solves = (key: string) => n(physics, key, beta > 0 ? 1 : 0)! > 0;
  const y0 = n(of("domain"), "y0", null);
  const modes = n(size, "nky", null);
  const isMiller = (wordIn(geometry, "geo_option") ?? "miller") === "miller";
  return {
    code: "GX",
    kind: nonlinear ? "nonlinear" : "linear",
    input: flatten(sections),
    major,
    minor,
    q: n(geometry, "qinp", isMiller ? 1.4 : null),
    s_hat: n(geometry, "shat", isMiller ? 0.8 : null),
    kappa,
    delta,
    zeta: 0,
    shift: n(geometry, "shift", 0),
    s_kappa: n(geometry, "akappri", 0)! * minor / kappa,
    s_delta: n(geometry, "tripri", 0)! * minor / Math.sqrt(1 - delta ** 2),
    s_zeta: 0,
    turnsHeight: false,
    unitField: false,
    field: n(geometry, "r_geo", major)! / major,
    beta,
    p_prime: { value: -n(geometry, "betaprim", 0)! },
    speed: 1,
    ky: nonlinear || y0 === null || y0 <= 0 || modes !== 2 ? null : 1 / y0,
    species: numbered(n(size, "nspecies", 1), (k) => ({
      charge: numberIn(species, "z", k - 1),
      mass: numberIn(species, "mass", k - 1),
      density: numberIn(species, "dens", k - 1),
      temperature: numberIn(species, "temp", k - 1),
      RLn: numberIn(species, "fprim", k - 1),
      RLT: numberIn(species, "tprim", k - 1),
      collisions: numberIn(species, "vnewk", k - 1),
    })),
    adiabatic: flagIn(boltzmann, "add_boltzmann_species") === true
      ? { density: null, temperature: 1, mass: null }
      : null,
    gamma_E: n(physics, "g_exb", 0),
    rotation: 0,
    a_parallel: solves("fapar"),
    b_parallel: solves("fbpar"),
    notes: isMiller
      ? []
      : ["The surface is in another file: its shape is left out."],
  };
}
