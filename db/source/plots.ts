import type { Db } from "mongodb";
import { decode } from "./bson.ts";
import { MAX_TIME_MS } from "./client.ts";
import { readWhole } from "./whole_document.ts";
import type { CollectionName } from "./simulation.ts";
import { text } from "./values.ts";

const PNG_AS_BASE64 = "iVBORw0KGgo";
const PNG_SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
/** More than are ever asked about at once, so that one answer holds them all. */
const ANSWER_SIZE = 1000;

/** Names of the stored pictures that begin like a PNG, by document, without reading them. Only documents before September 2024 have any. */
export async function plotNames(
  db: Db,
  collection: CollectionName,
  ids: unknown[],
): Promise<Map<string, string[]>> {
  if (ids.length === 0) return new Map();
  const isText = { $eq: [{ $type: "$$plot.v" }, "string"] };
  const beginsWell = {
    $eq: [{
      $indexOfBytes: ["$$plot.v", PNG_AS_BASE64, 0, PNG_AS_BASE64.length],
    }, 0],
  };
  const pngs = {
    $filter: {
      input: { $objectToArray: "$Plots" },
      as: "plot",
      cond: { $cond: [isText, beginsWell, false] },
    },
  };
  const found = await db.collection(collection).aggregate([
    { $match: { _id: { $in: ids }, Plots: { $type: "object", $ne: {} } } },
    {
      $project: {
        names: { $map: { input: pngs, as: "plot", in: "$$plot.k" } },
      },
    },
  ], { maxTimeMS: MAX_TIME_MS, batchSize: ANSWER_SIZE }).toArray();
  return new Map(
    found.map((d) => [
      String(d._id),
      (d.names as string[]).map((name) => text(name)!),
    ]),
  );
}

/** A stored picture as PNG bytes; null when there is none of that name, or what is there is no PNG. */
export async function readPlot(
  db: Db,
  source_id: string,
  name: string,
): Promise<Uint8Array<ArrayBuffer> | null> {
  const bytes = await readWhole(db, source_id, { Plots: 1 });
  const plots = bytes === null ? null : decode(bytes).document?.Plots;
  if (
    typeof plots !== "object" || plots === null || !Object.hasOwn(plots, name)
  ) return null;
  const stored = (plots as Record<string, unknown>)[name];
  return typeof stored === "string" ? pngOf(stored) : null;
}

/** The bytes of a picture as documents store it, or null when it is no PNG. */
export function pngOf(base64: string): Uint8Array<ArrayBuffer> | null {
  try {
    const png = Uint8Array.fromBase64(base64);
    return PNG_SIGNATURE.every((byte, k) => png[k] === byte) ? png : null;
  } catch {
    return null;
  }
}
