import { z } from "zod";
import type { Simulation, StoredFile } from "../../physics/simulation.ts";
import { readGkdb } from "./layouts/gkdb.ts";
import { readImas } from "./layouts/imas.ts";
import { noContent } from "./layouts/content.ts";
import { naturalKey, readTags } from "./tags.ts";
import { hexId, record, text, words } from "./values.ts";

/** The collections that hold runs, and what the catalogue calls them. */
export const COLLECTIONS = {
  LinearRuns: "linear",
  NonlinRuns: "nonlinear",
} as const;
export type CollectionName = keyof typeof COLLECTIONS;
export const COLLECTION_NAMES = Object.keys(COLLECTIONS) as CollectionName[];

/** A document read into the catalogue's terms, or the reason why that cannot be done. */
export type Reading =
  | { id: string; simulation: Simulation; unreadable?: undefined }
  | { id: string; simulation?: undefined; unreadable: string };

const MAX_FILES = 2000;
const MAX_PLOTS = 200;

/** The envelope of every period: `Meta` and `gyrokinetics` became `Metadata` and `gyrokineticsIMAS` in December 2024. */
const Document = z.looseObject({ _id: z.unknown() }).transform((d) => ({
  id: hexId(d._id),
  metadata: d.Metadata ?? d.Meta,
  gyrokinetics: record(d.gyrokineticsIMAS ?? d.gyrokinetics),
  files: d.Files,
  diagnostics: d.Diagnostics,
}));

/**
 * Reads one document of either layout; never throws.
 *
 * Unreadable is only what could be shown as nothing: no usable id, or neither a folder name nor physics content. Every other
 * document is a run, with nulls where it has nothing.
 * @param plots names of its stored pictures, which a projected read asks for separately
 */
export function readSimulation(
  document: Record<string, unknown>,
  collection: CollectionName,
  plots: string[] = [],
): Reading {
  try {
    const d = Document.parse(document);
    if (d.id === null) {
      return {
        id: (text(document._id) ?? String(document._id)).slice(0, 200),
        unreadable: "Its _id is no ObjectId",
      };
    }
    const key = naturalKey(d.metadata);
    const layout = detectLayout(d.gyrokinetics);
    if (key === null && layout === "none") {
      return {
        id: d.id,
        unreadable: "It has neither a folder name nor gyrokinetic content",
      };
    }
    const uploaded = new Date(parseInt(d.id.slice(0, 8), 16) * 1000);
    const tags = readTags(
      d.metadata,
      uploaded,
      words(record(d.gyrokinetics.code).name),
    );
    const content = layout === "imas"
      ? readImas(d.gyrokinetics, tags.code)
      : layout === "gkdb"
      ? readGkdb(d.gyrokinetics)
      : noContent();
    const source: Simulation["source"] = {
      id: d.id,
      collection: COLLECTIONS[collection],
      layout,
      ...key ?? { folder_path: "", suffix: "" },
      uploaded_at: uploaded.toISOString(),
    };
    const files = [
      ...listed("Files", d.files),
      ...listed("Diagnostics", d.diagnostics),
    ];
    return {
      id: d.id,
      simulation: {
        source,
        tags,
        ...content,
        files,
        plots: plots.slice(0, MAX_PLOTS),
      },
    };
  } catch (error) {
    return {
      id: hexId(document._id) ?? String(document._id),
      unreadable: `It cannot be read: ${
        error instanceof Error ? error.message : error
      }`,
    };
  }
}

/** By content, never by date or by the name it stands under (schema.md 0.9, 4, 5). */
function detectLayout(g: Record<string, unknown>): "imas" | "gkdb" | "none" {
  const ids = record(g.ids_properties);
  if (
    ids.provider !== undefined || g.normalizing_quantities !== undefined ||
    g.linear !== undefined || g.non_linear !== undefined
  ) return "imas";
  if (g.wavevector !== undefined || ids.creator !== undefined) return "gkdb";
  return Object.keys(g).length > 0 ? "imas" : "none";
}

/** Every entry of a block: by id, inline, or with what stands there instead of an id. */
function listed(block: StoredFile["block"], value: unknown): StoredFile[] {
  return Object.entries(record(value)).slice(0, MAX_FILES).map(
    ([key, stored]) => {
      const id = hexId(stored);
      const isInline = typeof stored === "object" && stored !== null &&
        id === null;
      const note = id !== null && typeof stored !== "string"
        ? null
        : isInline
        ? "inline"
        : stored === undefined || stored === null
        ? "null"
        : text(stored);
      return {
        block,
        key: text(key)!,
        id,
        note,
        filename: null,
        length: null,
        state: id !== null ? "unchecked" : isInline ? "inline" : "not stored",
      };
    },
  );
}
