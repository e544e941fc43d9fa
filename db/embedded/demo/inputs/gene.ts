import {
  effectiveCharge,
  kinetic,
  type Plasma,
  pressureGradient,
  type Species,
} from "../plasma.ts";
import {
  type Deck,
  type InputOptions,
  type Section,
  toNamelist,
  toXml,
} from "./deck.ts";
import { geneColl, inSoundUnits } from "./units.ts";

/** GENE's `parameters` with L_ref = a: nested namelists, one `species` group each. */
export function gene(options: InputOptions, suffix: string): Deck {
  const sections = [
    parallelization(kinetic(options.plasma).length),
    box(options),
    inOut(options),
    general(options),
    geometry(options),
    ...kinetic(options.plasma).map((s) => species(options.plasma, s)),
    external(options.plasma),
    info(options),
  ];
  return {
    filename: `parameters${suffix}`,
    text: toNamelist(sections, { indent: "", logical: ["T", "F"] }),
    xml: toXml(
      sections.map((s) => ({
        ...s,
        entries: s.entries.map(([k, v]) => [k.toLowerCase(), v]),
      })),
    ),
    sections,
  };
}

function parallelization(species: number): Section {
  return {
    name: "parallelization",
    entries: [
      ["n_procs_s", BigInt(species)],
      ["n_procs_v", 2n],
      ["n_procs_w", 4n],
      ["n_procs_x", 1n],
      ["n_procs_y", 1n],
      [
        "n_procs_z",
        4n,
      ],
      ["n_procs_sim", BigInt(32 * species)],
    ],
  };
}

function box({ plasma, ky, kind, resolution }: InputOptions): Section {
  const linear = kind === "linear";
  const kymin = linear ? ky[0]! : ky[1]!;
  return {
    name: "box",
    entries: [
      ["n_spec", BigInt(kinetic(plasma).length)],
      ["nx0", BigInt(resolution.nx)],
      ["nky0", BigInt(linear ? 1 : ky.length)],
      ["nz0", BigInt(resolution.nz)],
      ["nv0", BigInt(resolution.nv)],
      ["nw0", BigInt(resolution.nw)],
      ["kymin", kymin],
      ["lv", 3],
      ["lw", 9],
      ...(linear ? [] : [
        ["lx", 1 / (Math.max(0.1, Math.abs(plasma.shear)) * kymin)] as [
          string,
          number,
        ],
      ]),
      ["adapt_lx", linear],
      ["x0", plasma.eps / plasma.aR],
      ["ky0_ind", linear ? 1n : 0n],
    ],
  };
}

function inOut({ kind }: InputOptions): Section {
  const every = kind === "linear" ? 20n : 100n;
  return {
    name: "in_out",
    entries: [
      ["diagdir", "./"],
      ["read_checkpoint", false],
      ["write_checkpoint", true],
      ["istep_field", every],
      [
        "istep_mom",
        600n,
      ],
      ["istep_nrg", every],
      ["istep_omega", 20n],
      ["istep_vsp", 0n],
      ["istep_schpt", 0n],
      ["write_std", true],
    ],
  };
}

function general({ plasma, kind, maxTime }: InputOptions): Section {
  return {
    name: "general",
    entries: [
      ["nonlinear", kind !== "linear"],
      ["comp_type", "IV"],
      ["perf_vec", [2n, 2n, 2n, 1n, 1n, 1n, 2n, 2n, 2n]],
      ["nblocks", 6n],
      ["timescheme", "RK4"],
      ["dt_max", kind === "linear" ? 0.00471 : 0.02],
      ["timelim", 86000n],
      ["ntimesteps", 1000000n],
      ["simtimelim", Number(maxTime.toFixed(3))],
      ["beta", plasma.betaE],
      ["bpar", plasma.fields === 3],
      ["debye2", 0],
      ["collision_op", plasma.nuEe > 0 ? "landau" : "none"],
      ["coll", geneColl(plasma)],
      ["coll_cons_model", "xu_rosenbluth"],
      ["Zeff", Number(effectiveCharge(plasma).toFixed(6))],
      ["init_cond", kind === "linear" ? "alm" : "ppj"],
      ["hyp_z", -1],
      ["hyp_v", 0.2],
    ],
  };
}

function geometry({ plasma: p, sAlpha }: InputOptions): Section {
  const shape: Section["entries"] = [
    ["kappa", p.kappa],
    ["delta", p.delta],
    ["zeta", p.zeta],
    ["s_kappa", p.sKappa],
    ["s_delta", p.sDelta],
    ["s_zeta", 0],
    ["drR", 0],
  ];
  return {
    name: "geometry",
    entries: [
      ["magn_geometry", sAlpha ? "s_alpha" : "miller"],
      ["q0", Math.abs(p.q)],
      ["shat", p.shear],
      ["amhd", p.q ** 2 * pressureGradient(p)],
      ["major_R", 1 / p.aR],
      ["minor_r", 1],
      ["trpeps", p.eps],
      ...(sAlpha ? [] : shape),
      ["dpdx_term", "full_drift"],
      ["dpdx_pm", pressureGradient(p) * p.aR],
      ["sign_Ip_CW", p.q < 0 ? -1n : 1n],
      ["sign_Bt_CW", 1n],
    ],
  };
}

function species(p: Plasma, s: Species): Section {
  return {
    name: "species",
    entries: [
      ["name", s.name],
      ["omn", s.RLn * p.aR],
      ["omt", s.RLT * p.aR],
      ["mass", s.mass],
      ["temp", s.T],
      ["dens", s.n],
      ["charge", s.Z],
    ],
  };
}

function external(p: Plasma): Section {
  return {
    name: "external_contr",
    entries: [
      ["ExBrate", inSoundUnits(p, p.gammaE)],
      ["Omega0_tor", inSoundUnits(p, p.rotation)],
      [
        "pfsrate",
        0,
      ],
      ["with_coriolis", p.rotation !== 0],
      ["with_centrifugal", false],
    ],
  };
}

function info({ plasma, maxTime }: InputOptions): Section {
  return {
    name: "info",
    entries: [
      ["step_time", 0.0015],
      ["number_of_steps", BigInt(Math.round(maxTime / 0.00471))],
      ["init_time", 0.1103],
      [
        "n_fields",
        BigInt(plasma.fields),
      ],
      ["n_moms", 6n],
      ["nrgcols", 10n],
      ["PRECISION", "DOUBLE"],
      ["ENDIANNESS", "LITTLE"],
      ["RELEASE", "analytic demo"],
    ],
  };
}
