/** Copies of real documents with one thing changed each, for what the real ones have no example of. */
import { ObjectId } from "mongodb";
import { findFamilies } from "../../db/families/find.ts";
import { sql } from "../../db/sql.ts";
import { syncCatalogue } from "../../jobs/sync_catalogue.ts";
import { source } from "../mongo.ts";
import { NO_SHEAR as QUASILINEAR } from "./documents.ts";

/** Taken off every growth rate of the copied scan over beta, so that it crosses zero. */
export const SHIFT = 0.65;
/** Safety factor of the copied scan over that of the real one. */
const Q_FACTOR = 1.2;
const BETA_SCAN = [
  "699810fc58342d9dad9c10af",
  "6998110358342d9dad9c10b6",
  "6998110a58342d9dad9c10bd",
];

// deno-lint-ignore no-explicit-any
type Document = any;

let made: Promise<{ scan: number[]; halved: number }> | null = null;

/** Numbers of a scan over beta at another q with slower modes, and of a nonlinear run with half the fluxes of a quasilinear one. */
export function makeCopies(): Promise<{ scan: number[]; halved: number }> {
  return made ??= copied();
}

async function copied(): Promise<{ scan: number[]; halved: number }> {
  const scan = await Promise.all(
    BETA_SCAN.map((id) =>
      copy("LinearRuns", id, ({ flux_surface, linear }) => {
        flux_surface.q *= Q_FACTOR;
        for (const mode of linear.wavevector[0].eigenmode) {
          mode.growth_rate_norm -= SHIFT;
        }
      })
    ),
  );
  const halved = await copy("NonlinRuns", QUASILINEAR, ({ non_linear }) => {
    non_linear.quasi_linear = 0;
    const fluxes: Record<string, unknown> = non_linear.fluxes_1d;
    for (const [name, values] of Object.entries(fluxes)) {
      if (Array.isArray(values)) fluxes[name] = values.map((v) => v / 2);
    }
  });
  await syncCatalogue({ pass: "full" });
  await findFamilies();
  const rows = await sql<{ id: number; source_id: string }[]>`
    select id, source_id from runs`;
  const numberOf = (id: ObjectId) =>
    rows.find((r) => r.source_id === String(id))!.id;
  return { scan: scan.map(numberOf), halved: numberOf(halved) };
}

async function copy(
  collection: string,
  id: string,
  change: (content: Document) => void,
): Promise<ObjectId> {
  const document: Document = await source.collection(collection).findOne({
    _id: new ObjectId(id),
  });
  document._id = new ObjectId();
  document.Metadata.DBtag.run_collection_name += "_copy";
  change(document.gyrokineticsIMAS);
  await source.collection(collection).insertOne(document);
  return document._id;
}
