import { exponent, float, type Section, type Value } from "../inputs/deck.ts";
import {
  betaUnit,
  inGyroBohm,
  inSoundUnits,
  minorRadius,
} from "../inputs/units.ts";
import { tglfOrder } from "../inputs/tglf.ts";
import type { Wavevector } from "../linear_result.ts";
import type { NonlinearResult } from "../nonlinear_result.ts";
import {
  effectiveCharge,
  kinetic,
  type Plasma,
  selfCollision,
} from "../plasma.ts";

/** `input.cgyro.gen` and `input.tglf.gen`: the value first, then the name. */
export function generated(sections: Section[], heading: string): string {
  const lines = sections.flatMap(({ entries }) =>
    entries.map(([key, value]) => `${plain(value as Value)}  ${key}`)
  );
  return `${heading}${lines.join("\n")}\n`;
}

function plain(value: Value): string {
  if (typeof value === "boolean") return value ? ".true." : ".false.";
  return typeof value === "number" ? float(value) : String(value);
}

/** `out.cgyro.info`: the run in words, its surface and its species. */
export function cgyroInfo(
  p: Plasma,
  { linear, ky }: { linear: boolean; ky: number[] },
): string {
  const row = (label: string, value: number) =>
    `${label.padStart(12)}: ${exponent(value, 3)}`;
  const species = kinetic(p).map((s, i) =>
    [
      ` ${i + 1} ${String(s.Z).padStart(2)}`,
      s.n,
      s.T,
      s.mass,
      s.RLn * p.aR,
      s.RLT * p.aR,
      inSoundUnits(p, selfCollision(p, s)),
    ]
      .map((v) => typeof v === "number" ? exponent(v, 3) : v).join("  ")
  );
  return [
    "INFO: (analytic demo) not written by CGYRO",
    `INFO: (CGYRO) ${
      linear ? "Single toroidal harmonic" : "Multiple toroidal harmonics"
    }`,
    "INFO: (CGYRO) Ion direction: omega < 0",
    `INFO: (CGYRO) ${
      [
        "Electrostatic fluctuations (Phi)",
        "Transverse electromagnetic fluctuations (Phi,Ap)",
        "Fully electromagnetic fluctuations (Phi,Ap,Bp)",
      ][p.fields - 1]
    }`,
    `INFO: (CGYRO) ${
      p.adiabatic === "electrons"
        ? "Using adiabatic electrons"
        : "Using kinetic electrons"
    }`,
    "",
    ` ky*rho: ${ky.length}  ${ky[linear ? 0 : 1]}  ${ky.at(-1)}`,
    "",
    `  r/a ${minorRadius(p).toFixed(5)}   R/a ${(1 / p.aR).toFixed(5)}   q ${
      Math.abs(p.q).toFixed(5)
    }   s ${p.shear.toFixed(5)}`,
    `  kappa ${p.kappa.toFixed(5)}   delta ${p.delta.toFixed(5)}   zeta ${
      p.zeta.toFixed(5)
    }`,
    "",
    row("gamma_e", inSoundUnits(p, p.gammaE)),
    row("betae", betaUnit(p)),
    row("[z_eff]", effectiveCharge(p)),
    "",
    " i  z  n/n_norm   T/T_norm   m/m_norm     a/Ln       a/Lt       nu",
    ...species,
    "",
    "EXIT: (CGYRO) Normal",
    "",
  ].join("\n");
}

/** `out.tglf.run` of a linear run: (wr, wi) per mode in c_s/a, ion direction negative. */
export function tglfRunLinear(p: Plasma, wavevectors: Wavevector[]): string {
  const modes = wavevectors.flatMap((w) => [
    `     ky:  ${exponent(w.kyInput)}`,
    ...w.modes.map((m) =>
      `(wr,wi): ${exponent(-inSoundUnits(p, m.omega))} ${
        exponent(inSoundUnits(p, m.gamma))
      }`
    ),
  ]);
  return [...heading(p), ...modes, ""].join("\n");
}

/** `out.tglf.run` of the transport model: fluxes per species in gyro-Bohm units. */
export function tglfRunTransport(p: Plasma, result: NonlinearResult): string {
  const order = tglfOrder(p);
  const rows = order.map((s, i) => {
    const { particles, energy } = result.species[kinetic(p).indexOf(s)]!;
    const total = (records: { mean: number }[]) =>
      inGyroBohm(p, records.reduce((a, r) => a + r.mean, 0));
    return `${s.Z < 0 ? "elec" : `ion${i}`} ${exponent(total(particles))} ${
      exponent(total(energy))
    }`;
  });
  return [...heading(p), "      Gam/Gam_GB      Q/Q_GB", ...rows, ""].join(
    "\n",
  );
}

function heading(p: Plasma): string[] {
  return [
    "[analytic demo: not written by TGLF]",
    `  kinetic species = ${kinetic(p).length}`,
  ];
}
