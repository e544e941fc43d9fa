import { exponent } from "../inputs/deck.ts";
import { inGyroBohm, inSoundUnits } from "../inputs/units.ts";
import type { Wavevector } from "../linear_result.ts";
import type { NonlinearResult } from "../nonlinear_result.ts";
import { type Plasma, pressureGradient } from "../plasma.ts";
import { point } from "../surface.ts";
import { potential } from "../mode_structure.ts";

/** GENE's `omega`: k_y, growth rate and frequency in c_s/L_ref with L_ref = a. */
export function geneOmega(p: Plasma, { kyInput, modes }: Wavevector): string {
  const { gamma, omega } = modes[0]!;
  const columns = [kyInput, inSoundUnits(p, gamma), inSoundUnits(p, omega)];
  return columns.map((v) => v.toFixed(4).padStart(10)).join("") + "\n";
}

/** One line of `nrg`: fluctuation squares, then Gamma, Q and Pi, each electrostatic and electromagnetic. */
type Row = [
  n: number,
  u: number,
  T1: number,
  T2: number,
  Ges: number,
  Gem: number,
  Qes: number,
  Qem: number,
  Pes: number,
  Pem: number,
];

/** `nrg` of a linear run: everything grows as e^(2 gamma t), in GENE's units. */
export function geneNrgLinear(
  p: Plasma,
  time: number[],
  { modes }: Wavevector,
): string {
  const mode = modes[0]!;
  const blocks = time.map((t) => {
    const size = 1e-6 * Math.exp(Math.min(60, 2 * mode.gamma * t));
    const rows = mode.weights.map(({ particles, energy }): Row => [
      size,
      0.3 * size,
      1.4 * size,
      1.1 * size,
      size * particles[0],
      size * (particles[1] + particles[2]),
      size * energy[0],
      size * (energy[1] + energy[2]),
      0,
      0,
    ]);
    return block(geneTime(p, t), rows);
  });
  return blocks.join("");
}

/** `nrg` of a nonlinear run: the stored traces in c_s, n_e, T_e and (rho_s/a)^2. */
export function geneNrgNonlinear(p: Plasma, result: NonlinearResult): string {
  const magnetic = (records: { trace: number[] }[], i: number) =>
    records.slice(1).reduce((total, r) => total + r.trace[i]!, 0);
  const blocks = result.time.map((t, i) => {
    const rows = result.species.map(({ particles, energy, momentum }): Row => {
      const Q = energy[0]!.trace[i]!;
      const fluxes = [
        particles[0]!.trace[i]!,
        magnetic(particles, i),
        Q,
        magnetic(energy, i),
        momentum[0]!.trace[i]!,
        magnetic(momentum, i),
      ].map((v) => inGyroBohm(p, v));
      const size = inGyroBohm(p, Math.abs(Q));
      return [1.6 * size, 0.5 * size, 2.3 * size, 1.9 * size, ...fluxes] as Row;
    });
    return block(geneTime(p, t), rows);
  });
  return blocks.join("");
}

/** A stored time in a/c_s. */
function geneTime(p: Plasma, t: number): number {
  return t / (Math.SQRT2 * p.aR);
}

function block(time: number, rows: Row[]): string {
  const lines = rows.map((row) =>
    row.map((v) => exponent(v).padStart(12)).join("")
  );
  return `${time.toFixed(6).padStart(13)}\n${lines.join("\n")}\n`;
}

/** The geometry file: a header of parameters and a row per parallel grid point. */
export function geneGeometry(
  p: Plasma,
  { points, sAlpha = false }: { points: number; sAlpha?: boolean },
): string {
  const header = [
    `gridpoints = ${points}`,
    `q0 = ${Math.abs(p.q)}`,
    `shat = ${p.shear}`,
    "minor_r = 1",
    `major_R = ${1 / p.aR}`,
    `trpeps = ${p.eps}`,
    `beta = ${p.betaE}`,
    `magn_geometry = '${sAlpha ? "s_alpha" : "miller"}'`,
    `sign_Ip_CW = ${p.q < 0 ? -1 : 1}`,
    "sign_Bt_CW = 1",
  ];
  const rows = Array.from(
    { length: points },
    (_, i) => geometryRow(p, Math.PI * (2 * i / points - 1)),
  );
  return `&parameters\n${header.join("\n")}\n/\n${rows.join("\n")}\n`;
}

/** gxx gxy gyy B dB/dz jacobian R phi Z, shear and pressure as in the s-alpha model. */
function geometryRow(p: Plasma, z: number): string {
  const alpha = p.q ** 2 * pressureGradient(p);
  const gxy = p.shear * z - alpha * Math.sin(z);
  const { R, Z, B } = point(p, z);
  const ahead = point(p, z + 1e-4).B;
  const columns = [
    1,
    gxy,
    1 + gxy ** 2,
    B,
    (ahead - B) / 1e-4,
    Math.abs(p.q) / (p.aR * B),
    R / p.aR,
    0,
    Z / p.aR,
  ];
  return columns.map((v) => exponent(v, 16).padStart(25)).join("");
}

/**
 * The binary `field` file: Fortran records of a time and of phi(x, y, z) as
 * complex doubles. Some 6 MB, so that a download takes a moment.
 */
export function geneField(
  result: NonlinearResult,
  { nx, nz, bytes }: { nx: number; nz: number; bytes: number },
): Uint8Array {
  const nky = result.ky.length;
  const record = nx * nky * nz * 16;
  const snapshots = Math.max(1, Math.floor(bytes / (record + 24)));
  const out = new Uint8Array(snapshots * (record + 24));
  const view = new DataView(out.buffer);
  const angle = Array.from(
    { length: nz },
    (_, i) => Math.PI * (2 * i / nz - 1),
  );
  const phi = potential("ITG", angle);
  let at = 0;
  for (let n = 0; n < snapshots; n++) {
    const when = Math.floor((n + 1) / snapshots * (result.time.length - 1));
    at = timeRecord(view, at, result.time[when]!);
    at = marker(view, at, record);
    const size = Math.sqrt(
      Math.abs(result.species[0]!.energy[0]!.trace[when]!),
    );
    for (let z = 0; z < nz; z++) {
      for (let i = 0; i < nx * nky; i++) {
        const phase = 1.7 * i * i + 3.1 * n + z;
        const amplitude = size / (1 + 0.2 * i);
        view.setFloat64(at, amplitude * phi.real[z]! * Math.cos(phase), true);
        view.setFloat64(
          at + 8,
          amplitude * phi.real[z]! * Math.sin(phase),
          true,
        );
        at += 16;
      }
    }
    at = marker(view, at, record);
  }
  return out;
}

function timeRecord(view: DataView, at: number, time: number): number {
  view.setInt32(at, 8, true);
  view.setFloat64(at + 4, time, true);
  view.setInt32(at + 12, 8, true);
  return at + 16;
}

function marker(view: DataView, at: number, bytes: number): number {
  view.setInt32(at, bytes, true);
  return at + 4;
}
