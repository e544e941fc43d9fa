import type { Db } from "mongodb";
import { perField } from "../../physics/fluxes.ts";
import type { StoredStructure } from "../../physics/plots/mode_structure.ts";
import type { Field, Maybe } from "../../physics/simulation.ts";
import { decode } from "./bson.ts";
import type { CollectionName } from "./simulation.ts";
import { real, record, vector } from "./values.ts";
import { readWhole } from "./whole_document.ts";

const NAMES: Record<Field, string> = {
  phi: "phi_potential_perturbed_norm",
  a_parallel: "a_field_parallel_perturbed_norm",
  b_parallel: "b_field_parallel_perturbed_norm",
};
const SUFFIXES = ["", "_real", "_imag", "_imaginary"];
const MODE = ["growth_rate_norm", "angle_pol", "poloidal_angle"];
const FIELD_PATHS = Object.values(NAMES).flatMap((name) =>
  SUFFIXES.map((suffix) => name + suffix)
);

/** Only what the structures need: the rest of a document is larger. */
const PROJECTION = Object.fromEntries(
  ["gyrokineticsIMAS", "gyrokinetics"].flatMap((top) => [
    ...["linear.wavevector", "wavevector"].flatMap((w) => [
      `${top}.${w}.binormal_wavevector_norm`,
      `${top}.${w}.binormal_component_norm`,
      ...MODE.map((name) => `${top}.${w}.eigenmode.${name}`),
    ]),
    ...FIELD_PATHS.map((f) => `${top}.linear.wavevector.eigenmode.fields.${f}`),
    ...FIELD_PATHS.map((f) => `${top}.wavevector.eigenmode.${f}`),
  ]).map((path) => [path, 1]),
);

/** The fields along the field line of every mode that a document keeps them for; null when the document has gone or cannot be decoded. */
export async function readStructures(
  db: Db,
  source_id: string,
  collection: CollectionName,
): Promise<StoredStructure[] | null> {
  const bytes = await readWhole(db, source_id, PROJECTION, collection);
  const document = bytes === null ? null : decode(bytes).document;
  return document === null ? null : structuresOf(document);
}

/** The same from a document at hand, of either layout (schema.md 4.4, 4.6, 5 and 0.9). */
export function structuresOf(
  document: Record<string, unknown>,
): StoredStructure[] {
  const content = record(document.gyrokineticsIMAS ?? document.gyrokinetics);
  const wavevectors = content.wavevector ?? record(content.linear).wavevector;
  return list(wavevectors).flatMap((w) =>
    list(w.eigenmode).map((mode) => ({
      ky: real(w.binormal_wavevector_norm ?? w.binormal_component_norm),
      gamma: real(mode.growth_rate_norm),
      angle: vector(mode.angle_pol ?? mode.poloidal_angle),
      fields: perField((field) =>
        fieldOf({ ...mode, ...record(mode.fields) }, NAMES[field])
      ),
    }))
  );
}

function list(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value) ? value.map(record) : [];
}

/** A field at the last time: a complex encoding, or two lists of plain numbers over the angle or over angle and time. */
function fieldOf(
  holder: Record<string, unknown>,
  name: string,
): StoredStructure["fields"]["phi"] {
  const encoded = record(holder[name]);
  const re = atLastTime(
    encoded.__ndarray_tolist_real__ ?? holder[`${name}_real`],
  );
  const im = atLastTime(
    encoded.__ndarray_tolist_imag__ ?? holder[`${name}_imag`] ??
      holder[`${name}_imaginary`],
  );
  return re.length === 0 || re.length !== im.length
    ? null
    : { real: re, imaginary: im };
}

function atLastTime(value: unknown): Maybe[] {
  if (!Array.isArray(value)) return [];
  return value.map((v) => real(Array.isArray(v) ? v.at(-1) : v));
}
