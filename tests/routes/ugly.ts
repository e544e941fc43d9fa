/** Data as they should not be, for every plot: what a document may hold in place of numbers. */
import { ObjectId } from "mongodb";
import { imasDocument } from "../db/source/make_document.ts";
import { putFile } from "../mongo.ts";
import { pickled, type TestValue } from "../pickles.ts";

export const HUGE = 100_000;

/** What stands in a list of `n` places; `list(1)` is a list still. */
export interface Ugliness {
  list(n: number): unknown;
  /** In place of one number. */
  scalar: unknown;
}

const filled = (value: (k: number) => unknown): Ugliness => ({
  list: (n) => Array.from({ length: n }, (_, k) => value(k)),
  scalar: value(0),
});
const instead = (value: unknown, scalar = value): Ugliness => ({
  list: () => value,
  scalar,
});

/** Every way to be ugly, by name. */
export const UGLY: Record<string, Ugliness> = {
  missing: instead(undefined),
  null: instead(null),
  empty: instead([]),
  "a number": instead(0.3),
  "too many ranks": instead([[[1, 2]], [[3]]]),
  text: instead(["a", "b"], "a"),
  "an object": instead({ a: 1 }),
  "one point": { list: () => [0.3], scalar: 0.3 },
  "too short": { list: (n) => [1, 2, 3].slice(0, n), scalar: 0.3 },
  "all negative": filled((k) => -1 - k / 10),
  "all zero": filled(() => 0),
  "all equal": filled(() => 0.3),
  NaN: filled(() => NaN),
  Infinity: filled((k) => k % 2 ? -Infinity : Infinity),
  "9e40": filled(() => 9e40),
  "999999999": filled(() => 999999999),
  gaps: filled((k) => [0.3, null, NaN, 9e40, 1 + k / 10][k % 5]),
  largest: filled((k) => (k % 2 ? -1 : 1) * 1.7e308),
  smallest: filled((k) => (k % 2 ? -1 : 1) * 5e-324),
  "both ends": filled((k) => k % 2 ? 1.7e308 : 5e-324),
  "100,000 points": {
    list: () => Array.from({ length: HUGE }, (_, k) => Math.sin(k) + k / 1e4),
    scalar: 0.3,
  },
};

const PLACES = 12;

// deno-lint-ignore no-explicit-any
type Content = any;

/** A linear GENE run of a spectrum of three and a scan of two, with everything drawn of it ugly; `part` tells those apart. */
export async function uglyLinear(
  name: string,
  part: number,
): Promise<Record<string, unknown>> {
  const { list, scalar } = UGLY[name]!;
  const document = imasDocument({ suffix: `${name} ${part}`, code: "GENE" });
  const content: Content = document.gyrokineticsIMAS;
  document.Metadata.DBtag.run_collection_name = `/home/t/ugly/${name}`;
  content.code.parameters =
    "<root><geometry><major_R>3.0</major_R></geometry></root>";
  const [wavevector] = content.linear.wavevector;
  wavevector.binormal_wavevector_norm = part === 0 ? scalar : 0.1 * part;
  content.species[1].temperature_log_gradient_norm = part === 2 ? 12 : 9;
  Object.assign(wavevector.eigenmode[0], {
    growth_rate_norm: scalar,
    frequency_norm: scalar,
    angle_pol: list(PLACES),
    fields: {
      phi_potential_perturbed_norm_real: columned(list(PLACES)),
      phi_potential_perturbed_norm_imag: columned(list(PLACES)),
    },
    linear_weights: {
      energy_phi_potential: list(2),
      particles_phi_potential: list(2),
    },
  });
  if (part > 0) return document;
  Object.assign(content.flux_surface, {
    elongation: scalar,
    shape_coefficients_c: list(4),
    shape_coefficients_s: list(4),
  });
  document.Files = {
    nrg: await stored("nrg_0001", nrgText(list(PLACES))),
    omega: await stored("omega_0001", omegaText(list(3))),
  };
  document.Diagnostics = { "Flux Spectra": await pickle(list(PLACES)) };
  return document;
}

/** A nonlinear run with all its arrays ugly. */
export function uglyNonlinear(name: string): Record<string, unknown> {
  const { list, scalar } = UGLY[name]!;
  const document = imasDocument({ suffix: `${name} nl` });
  const rows = [list(PLACES), list(PLACES)];
  document.Metadata.DBtag.run_collection_name = `/home/t/ugly/${name}`;
  Object.assign(document.gyrokineticsIMAS, {
    linear: {},
    non_linear: {
      quasi_linear: 0,
      binormal_wavevector_norm: list(PLACES),
      time_norm: list(PLACES),
      time_interval_norm: [scalar, 1],
      fluxes_1d: {
        energy_phi_potential: list(2),
        particles_phi_potential: list(2),
      },
      fluxes_2d_k_x_sum: { energy_phi_potential: rows },
      fluxes_2d_k_x_k_y_sum: {
        energy_phi_potential: rows,
        particles_phi_potential: rows,
      },
    },
  });
  return document;
}

/** Over the angle and a single time. */
function columned(values: unknown): unknown {
  return Array.isArray(values) ? values.map((v) => [v]) : values;
}

function numbersIn(values: unknown): number[] {
  const flat = Array.isArray(values) ? values.flat(Infinity) : [values];
  return flat.map((v) => typeof v === "number" ? v : NaN);
}

/** As an nrg file of two species; what is no list of numbers is written as it stands. */
function nrgText(values: unknown): string {
  return numbersIn(values).map((v, k) =>
    `${k / 10}\n` + `${v} 0 0 0 0 0 ${v} 0\n`.repeat(2)
  ).join("");
}

function omegaText(values: unknown): string {
  const [a, b] = numbersIn(values);
  return `0.3 ${a ?? ""} ${b ?? ""}\n`;
}

async function pickle(values: unknown): Promise<ObjectId> {
  const numbers = numbersIn(values);
  const array: TestValue = {
    type: "f8",
    shape: [numbers.length],
    bytes: new Uint8Array(Float64Array.from(numbers).buffer),
  };
  const tree = new Map<string, TestValue>([
    ["kygrid", array],
    ["time", [1]],
    ["ion", new Map([["Qes", new Map([["ky", [array]]])]])],
  ]);
  return await stored("Flux Spectra", pickled(tree));
}

async function stored(
  filename: string,
  content: string | Uint8Array,
): Promise<ObjectId> {
  const bytes = typeof content === "string"
    ? new TextEncoder().encode(content)
    : content;
  const { id } = await putFile(bytes as Uint8Array<ArrayBuffer>, { filename });
  return new ObjectId(id);
}
