import type { RawDeck } from "./deck.ts";
import { numbered } from "./flat.ts";
import { flatten, numberIn, type Section, wordIn } from "./text.ts";

/** `gs2.in`: units of L_ref and v_th = sqrt(2 T_ref/m_ref). */
export function readGs2(sections: Section[]): RawDeck {
  const of = (name: string) => sections.find((s) => s.name === name);
  const grid = of("theta_grid_parameters"), eik = of("theta_grid_eik_knobs");
  const knobs = of("knobs"), flow = of("dist_fn_knobs");
  const n = (
    section: Section | undefined,
    key: string,
    absent: number | null,
  ) => numberIn(section, key) ?? absent;
  const nonlinear =
    wordIn(of("nonlinear_terms_knobs"), "nonlinear_mode") === "on";
  const [major, minor, kappa] = [
    n(grid, "rmaj", 1)!,
    n(grid, "rhoc", 0.5)!,
    n(grid, "akappa", 1)!,
  ];
  const beta = n(of("parameters"), "beta", null) ?? n(knobs, "beta", 0)!;
  const solves = (key: string) => beta > 0 && n(knobs, key, 0)! > 0;
  return {
    code: "GS2",
    kind: nonlinear ? "nonlinear" : "linear",
    input: flatten(sections),
    major,
    minor,
    q: n(grid, "qinp", null),
    s_hat: n(eik, "s_hat_input", null) ?? n(grid, "shat", null),
    kappa,
    delta: Math.sin(n(grid, "tri", 0)!),
    zeta: 0,
    shift: n(grid, "shift", 0),
    s_kappa: n(grid, "akappri", 0)! * minor / kappa,
    s_delta: n(grid, "tripri", 0)! * minor,
    s_zeta: 0,
    turnsHeight: false,
    unitField: false,
    field: n(grid, "r_geo", major)! / major,
    beta,
    p_prime: { value: -n(eik, "beta_prime_input", 0)! },
    speed: Math.SQRT2,
    ky: nonlinear ? null : wavenumber(sections),
    species: numbered(n(of("species_knobs"), "nspec", 1), (k) => {
      const s = of(`species_parameters_${k}`);
      return {
        charge: numberIn(s, "z"),
        mass: numberIn(s, "mass"),
        density: numberIn(s, "dens"),
        temperature: numberIn(s, "temp"),
        RLn: numberIn(s, "fprim"),
        RLT: numberIn(s, "tprim"),
        collisions: numberIn(s, "vnewk"),
      };
    }),
    adiabatic: null,
    gamma_E: n(flow, "g_exb", 0)! * n(flow, "g_exbfac", 1)!,
    rotation: n(flow, "mach", 0),
    a_parallel: solves("fapar"),
    b_parallel: solves("fbpar"),
    notes: [],
  };
}

/** k_y rho_s of the one mode; GS2's rho is sqrt(2) larger. */
function wavenumber(sections: Section[]): number | null {
  const of = (name: string) => sections.find((s) => s.name === name);
  const option = wordIn(of("kt_grids_knobs"), "grid_option") ?? "single";
  if (option === "single" || option === "default") {
    const aky = numberIn(of("kt_grids_single_parameters"), "aky");
    return aky === null ? null : aky / Math.SQRT2;
  }
  const range = of("kt_grids_range_parameters");
  if (option !== "range" || (numberIn(range, "naky") ?? 1) > 1) return null;
  const aky = numberIn(range, "aky_min");
  return aky === null ? null : aky / Math.SQRT2;
}
