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
  toLines,
  toXml,
} from "./deck.ts";
import { betaUnit, inSoundUnits, minorRadius } from "./units.ts";
import { unitField } from "../surface.ts";

type Entries = Section["entries"];

/** Electrons come first in TGLF. */
export function tglfOrder(p: Plasma): Species[] {
  return [...kinetic(p)].sort((a, b) => Math.sign(a.Z) - Math.sign(b.Z));
}

/** `input.tglf`: one flat list in units of a, c_s and B_unit; the converter lower-cases its names. */
export function tglf(options: InputOptions): Deck {
  const sections = [{
    name: "",
    entries: [
      ...control(options),
      ...surface(options.plasma),
      ...species(options.plasma),
    ],
  }];
  return {
    filename: "input.tglf",
    text: toLines(sections),
    xml: toXml(
      sections.map((s) => ({
        ...s,
        entries: s.entries.map(([k, v]) => [k.toLowerCase(), v]),
      })),
    ),
    sections,
  };
}

function control({ plasma, ky, kind }: InputOptions): Entries {
  const several = ky.length > 1;
  return [
    ["USE_TRANSPORT_MODEL", kind === "quasilinear" || several],
    ["NS", BigInt(kinetic(plasma).length)],
    ["GEOMETRY_FLAG", 1n],
    ["USE_BPER", plasma.fields > 1],
    ["USE_BPAR", plasma.fields > 2],
    ["KYGRID_MODEL", several ? 0n : 1n],
    ["NKY", BigInt(ky.length)],
    ["KY", several ? ky.at(-1)! : ky[0]!],
    ["SAT_RULE", 2n],
    ["NMODES", 2n],
    ["ADIABATIC_ELEC", plasma.adiabatic === "electrons"],
    ["BETAE", betaUnit(plasma)],
    ["XNUE", inSoundUnits(plasma, plasma.nuEe)],
    ["ZEFF", Number(effectiveCharge(plasma).toFixed(6))],
    ["VEXB_SHEAR", inSoundUnits(plasma, plasma.gammaE)],
    ["NBASIS_MAX", 6n],
    ["NBASIS_MIN", 2n],
    ["NXGRID", 32n],
  ];
}

function surface(p: Plasma): Entries {
  const r = minorRadius(p), q = Math.abs(p.q);
  const gradient = pressureGradient(p) / unitField(p) ** 2 * p.aR;
  return [
    ["RMIN_LOC", r],
    ["RMAJ_LOC", 1 / p.aR],
    ["DRMAJDX_LOC", 0],
    ["Q_LOC", q],
    ["Q_PRIME_LOC", (q / r) ** 2 * p.shear],
    ["P_PRIME_LOC", gradient === 0 ? 0 : -q / r * gradient / (8 * Math.PI)],
    ["KAPPA_LOC", p.kappa],
    ["S_KAPPA_LOC", p.sKappa],
    ["DELTA_LOC", p.delta],
    ["S_DELTA_LOC", p.sDelta],
    ["ZETA_LOC", p.zeta],
    ["S_ZETA_LOC", 0],
    ["SIGN_IT", p.q < 0 ? -1 : 1],
    ["SIGN_BT", 1],
  ];
}

function species(p: Plasma): Entries {
  return tglfOrder(p).flatMap((s, i): Entries => [
    [`ZS_${i + 1}`, BigInt(s.Z)],
    [`MASS_${i + 1}`, s.mass],
    [`RLNS_${i + 1}`, s.RLn * p.aR],
    [`RLTS_${i + 1}`, s.RLT * p.aR],
    [`TAUS_${i + 1}`, s.T],
    [`AS_${i + 1}`, s.n],
    [`VPAR_${i + 1}`, 0],
  ]);
}
