import type { Document } from "mongodb";
import type { CollectionName } from "../../../db/source/simulation.ts";
import { columnsOf } from "../expect_columns.ts";

/** An input file together with the catalogue row of the run it belongs to. */
export interface DeckFile {
  name: string;
  text: string;
  row: Record<string, unknown>;
}

const INPUT = /^(parameters(_\d+)?|input\.cgyro|input\.tglf|gs2\.in|gx\.in)$/;

/** The input file of each document that has one, read out of GridFS documents. */
export function deckFiles(
  documents: Document[],
  collection: CollectionName,
  { files, chunks }: { files: Document[]; chunks: Document[] },
): DeckFile[] {
  const names = new Map(
    files.map((f) => [String(f._id), f.filename as string]),
  );
  const parts = Map.groupBy(chunks, (c) => String(c.files_id));
  return documents.flatMap((d): DeckFile[] => {
    const id = Object.values(d.Files ?? {}).map(String).find((id) =>
      INPUT.test(names.get(id) ?? "") && parts.has(id)
    );
    const physics = d.gyrokineticsIMAS ?? d.gyrokinetics;
    if (id === undefined || !physics) return [];
    const row = columnsOf(d, collection);
    const name = `${row.code} ${row.folder} ${row.suffix}`;
    return [{ name, text: textOf(parts.get(id)!), row }];
  });
}

function textOf(chunks: Document[]): string {
  const sorted = chunks.toSorted((a, b) => a.n - b.n);
  return sorted.map((c) => new TextDecoder().decode(c.data.buffer ?? c.data))
    .join("");
}
