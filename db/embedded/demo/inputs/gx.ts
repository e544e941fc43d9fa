import {
  kinetic,
  mainIon,
  type Plasma,
  selfCollision,
  type Species,
} from "../plasma.ts";
import {
  type Deck,
  float,
  type InputOptions,
  type Section,
  toXml,
  type Value,
} from "./deck.ts";
import { betaPrime, inSoundUnits, minorRadius } from "./units.ts";

/** `gx.in`: TOML in units of a and sqrt(T/m); species are columns. The grid always starts at k_y = 0. */
export function gx(options: InputOptions): Deck {
  const p = options.plasma;
  const sections = [
    { name: "", entries: [["debug", false]] } as Section,
    dimensions(options),
    domain(options),
    physics(options),
    {
      name: "Time",
      entries: [["t_max", options.maxTime], ["cfl", 0.8], ["scheme", "rk3"]],
    } as Section,
    {
      name: "Initialization",
      entries: [["init_field", "density"], ["init_amp", 1e-3]],
    } as Section,
    geometry(p),
    species(p),
    boltzmann(p),
    {
      name: "Dissipation",
      entries: [["closure_model", "none"], ["hypercollisions", true]],
    } as Section,
    {
      name: "Diagnostics",
      entries: [["nwrite", 1000n], ["omega", true], ["fields", true], [
        "fluxes",
        true,
      ]],
    } as Section,
  ];
  return {
    filename: "gx.in",
    text: toToml(sections),
    xml: toXml(sections),
    sections,
  };
}

function dimensions({ plasma, ky, kind, resolution }: InputOptions): Section {
  const grid: Section["entries"] = kind === "linear"
    ? [["nky", 2n], ["nkx", 1n], ["nperiod", 3n]]
    : [["ny", BigInt(3 * ky.length - 2)], ["nx", BigInt(resolution.nx)]];
  return {
    name: "Dimensions",
    entries: [["ntheta", BigInt(resolution.nz)], ...grid, [
      "nhermite",
      BigInt(resolution.nv),
    ], [
      "nlaguerre",
      BigInt(resolution.nw),
    ], ["nspecies", BigInt(kinetic(plasma).length)]],
  };
}

function domain({ ky, kind }: InputOptions): Section {
  return {
    name: "Domain",
    entries: [["y0", 1 / (kind === "linear" ? ky[0]! : ky[1]!)], [
      "boundary",
      "linked",
    ]],
  };
}

function physics({ plasma, kind }: InputOptions): Section {
  return {
    name: "Physics",
    entries: [
      ["beta", plasma.betaE],
      ["fphi", 1],
      ["fapar", plasma.fields > 1 ? 1 : 0],
      ["fbpar", plasma.fields > 2 ? 1 : 0],
      ["nonlinear_mode", kind !== "linear"],
    ],
  };
}

function geometry(p: Plasma): Section {
  return {
    name: "Geometry",
    entries: [
      ["geo_option", "miller"],
      ["rhoc", minorRadius(p)],
      ["Rmaj", 1 / p.aR],
      ["R_geo", 1 / p.aR],
      ["qinp", Math.abs(p.q)],
      ["shat", p.shear],
      ["shift", 0],
      ["akappa", p.kappa],
      ["akappri", p.sKappa * p.kappa / minorRadius(p)],
      ["tri", Math.asin(p.delta)],
      ["tripri", p.sDelta / minorRadius(p) / Math.sqrt(1 - p.delta ** 2)],
      ["betaprim", -betaPrime(p)],
    ],
  };
}

function species(p: Plasma): Section {
  const column = (value: (s: Species) => Value) => kinetic(p).map(value);
  return {
    name: "species",
    entries: [
      ["z", column((s) => s.Z)],
      ["mass", column((s) => s.mass)],
      ["dens", column((s) => s.n)],
      ["temp", column((s) => s.T)],
      ["tprim", column((s) => s.RLT * p.aR)],
      ["fprim", column((s) => s.RLn * p.aR)],
      ["vnewk", column((s) => inSoundUnits(p, selfCollision(p, s)))],
      ["type", column((s) => s.Z < 0 ? "electron" : "ion")],
    ],
  };
}

function boltzmann(p: Plasma): Section {
  return {
    name: "Boltzmann",
    entries: [["add_Boltzmann_species", p.adiabatic === "electrons"], [
      "Boltzmann_type",
      "electrons",
    ], [
      "tau_fac",
      mainIon(p).T,
    ]],
  };
}

function toToml(sections: Section[]): string {
  const tables = sections.map(({ name, entries }) => {
    const lines = entries.map(([key, value]) =>
      `${key} = ${
        Array.isArray(value)
          ? `[ ${value.map(tomlValue).join(", ")} ]`
          : tomlValue(value)
      }`
    );
    return [...(name === "" ? [] : [`[${name}]`]), ...lines].join("\n");
  });
  return tables.join("\n\n") + "\n";
}

function tomlValue(value: Value): string {
  if (typeof value === "string") return `"${value}"`;
  return typeof value === "number" ? float(value) : String(value);
}
