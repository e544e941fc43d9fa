import {
  effectiveCharge,
  kinetic,
  mainIon,
  type Plasma,
  selfCollision,
  type Species,
} from "../plasma.ts";
import {
  type Deck,
  type InputOptions,
  type Section,
  toNamelist,
  toXml,
} from "./deck.ts";
import { betaPrime, minorRadius } from "./units.ts";

/** `gs2.in`: units of a and v_th = sqrt(2 T/m), so that aky is sqrt(2) times k_y rho_s. */
export function gs2(options: InputOptions): Deck {
  const p = options.plasma;
  const sections: Section[] = [
    { name: "kt_grids_knobs", entries: [["grid_option", "single"]] },
    {
      name: "kt_grids_single_parameters",
      entries: [["aky", options.ky[0]! * Math.SQRT2], ["theta0", 0]],
    },
    geometry(p, options.resolution.nz),
    {
      name: "theta_grid_eik_knobs",
      entries: [
        ["bishop", 4n],
        ["irho", 2n],
        ["iflux", 0n],
        ["s_hat_input", p.shear],
        ["beta_prime_input", -betaPrime(p)],
        [
          "local_eq",
          true,
        ],
      ],
    },
    {
      name: "le_grids_knobs",
      entries: [["ngauss", BigInt(options.resolution.nv / 2)], [
        "negrid",
        BigInt(options.resolution.nw),
      ]],
    },
    knobs(options),
    { name: "collisions_knobs", entries: [["collision_model", "default"]] },
    { name: "species_knobs", entries: [["nspec", BigInt(kinetic(p).length)]] },
    ...kinetic(p).map((s, i) => species(p, s, i + 1)),
    {
      name: "gs2_diagnostics_knobs",
      entries: [
        ["write_omega", true],
        ["write_fluxes", true],
        ["nwrite", 50n],
        ["navg", 50n],
        ["omegatol", 0.0001],
      ],
    },
    {
      name: "parameters",
      entries: [["beta", p.betaE], ["tite", mainIon(p).T], [
        "zeff",
        Number(effectiveCharge(p).toFixed(6)),
      ]],
    },
  ];
  const text = toNamelist(sections, {
    indent: "    ",
    logical: [".true.", ".false."],
  });
  return { filename: "gs2.in", text, xml: toXml(sections), sections };
}

function geometry(p: Plasma, nz: number): Section {
  return {
    name: "theta_grid_parameters",
    entries: [
      ["ntheta", BigInt(nz)],
      ["nperiod", 2n],
      ["shat", p.shear],
      ["qinp", Math.abs(p.q)],
      ["shift", 0],
      ["rhoc", minorRadius(p)],
      ["r_geo", 1 / p.aR],
      ["rmaj", 1 / p.aR],
      ["akappa", p.kappa],
      ["akappri", p.sKappa * p.kappa / minorRadius(p)],
      ["tri", Math.asin(p.delta)],
      ["tripri", p.sDelta / minorRadius(p) / Math.sqrt(1 - p.delta ** 2)],
      ["geotype", 0n],
    ],
  };
}

function knobs({ plasma, maxTime }: InputOptions): Section {
  return {
    name: "knobs",
    entries: [
      ["fphi", 1],
      ["fapar", plasma.fields > 1 ? 1 : 0],
      ["fbpar", plasma.fields > 2 ? 1 : 0],
      ["delt", 0.01],
      ["nstep", BigInt(Math.round(maxTime * Math.SQRT2 / 0.01))],
      ["wstar_units", false],
    ],
  };
}

function species(p: Plasma, s: Species, n: number): Section {
  return {
    name: `species_parameters_${n}`,
    entries: [
      ["z", BigInt(s.Z)],
      ["mass", s.mass],
      ["dens", s.n],
      ["temp", s.T],
      ["tprim", s.RLT * p.aR],
      ["fprim", s.RLn * p.aR],
      ["uprim", 0],
      ["vnewk", selfCollision(p, s) * p.aR],
      ["type", s.Z < 0 ? "electron" : s.name === "fast" ? "beam" : "ion"],
    ],
  };
}
