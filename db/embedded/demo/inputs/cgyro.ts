import { effectiveCharge, electron, kinetic, type Plasma } from "../plasma.ts";
import {
  type Deck,
  type InputOptions,
  type Section,
  toLines,
  toXml,
} from "./deck.ts";
import { betaUnit, inSoundUnits, minorRadius } from "./units.ts";

type Entries = Section["entries"];

/** `input.cgyro`: one flat list in units of a, c_s and B_unit. */
export function cgyro(options: InputOptions): Deck {
  const sections = [{
    name: "",
    entries: [
      ...numerics(options),
      ...surface(options.plasma),
      ...plasma(options.plasma),
      ...species(options.plasma),
    ],
  }];
  return {
    filename: "input.cgyro",
    text: toLines(sections),
    xml: toXml(sections),
    sections,
  };
}

function numerics(
  { ky, kind, resolution, maxTime, plasma }: InputOptions,
): Entries {
  const linear = kind === "linear";
  return [
    ["N_ENERGY", BigInt(resolution.nw)],
    ["E_MAX", 8n],
    ["N_XI", BigInt(resolution.nv)],
    ["N_THETA", BigInt(resolution.nz)],
    ["N_RADIAL", BigInt(resolution.nx)],
    ["N_TOROIDAL", BigInt(linear ? 1 : ky.length)],
    ["N_FIELD", BigInt(plasma.fields)],
    ["NONLINEAR_FLAG", linear ? 0n : 1n],
    ["BOX_SIZE", linear ? 1n : 2n],
    ["DELTA_T", linear ? 0.005 : 0.02],
    ["DELTA_T_METHOD", 1n],
    ["PRINT_STEP", 100n],
    ["MAX_TIME", Number(maxTime.toFixed(2))],
    ["FREQ_TOL", 0.001],
    ["KY", linear ? ky[0]! : ky[1]!],
    ["PX0", 0],
    ["FIELD_PRINT_FLAG", 1n],
  ];
}

function surface(p: Plasma): Entries {
  return [
    ["EQUILIBRIUM_MODEL", 2n],
    ["RMIN", minorRadius(p)],
    ["RMAJ", 1 / p.aR],
    ["SHIFT", 0],
    ["KAPPA", p.kappa],
    ["S_KAPPA", p.sKappa],
    ["DELTA", p.delta],
    ["S_DELTA", p.sDelta],
    ["ZETA", p.zeta],
    ["S_ZETA", 0],
    ["Q", Math.abs(p.q)],
    ["S", p.shear],
    ["IPCCW", p.q < 0 ? 1n : -1n],
    ["BTCCW", -1n],
  ];
}

function plasma(p: Plasma): Entries {
  return [
    ["BETAE_UNIT", betaUnit(p)],
    ["BETA_STAR_SCALE", 1],
    ["COLLISION_MODEL", 4n],
    ["NU_EE", inSoundUnits(p, p.nuEe)],
    ["Z_EFF", Number(effectiveCharge(p).toFixed(6))],
    ["Z_EFF_METHOD", 2n],
    ["ROTATION_MODEL", 1n],
    ["GAMMA_E", inSoundUnits(p, p.gammaE)],
    ["MACH", inSoundUnits(p, p.rotation) / p.aR],
  ];
}

function species(p: Plasma): Entries {
  const kept = kinetic(p);
  const e = electron(p);
  const adiabatic: Entries = p.adiabatic === "electrons"
    ? [["AE_FLAG", 1n], ["DENS_AE", e.n], ["TEMP_AE", e.T], [
      "DLNNDR_AE",
      e.RLn * p.aR,
    ], ["DLNTDR_AE", e.RLT * p.aR]]
    : [];
  const each = kept.map((s, i): Entries => [
    [`Z_${i + 1}`, BigInt(s.Z)],
    [`DENS_${i + 1}`, s.n],
    [`TEMP_${i + 1}`, s.T],
    [`MASS_${i + 1}`, s.mass],
    [`DLNNDR_${i + 1}`, s.RLn * p.aR],
    [`DLNTDR_${i + 1}`, s.RLT * p.aR],
  ]);
  return [["N_SPECIES", BigInt(kept.length)], ...adiabatic, ...each.flat()];
}
