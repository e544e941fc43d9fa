import type { Db } from "mongodb";
import { HTTPException } from "hono/http-exception";
import { fromSource } from "../db/source/client.ts";
import { DamagedFile, listFiles } from "../db/source/gridfs.ts";
import { readFile } from "../db/source/gridfs_reader.ts";
import { Slices } from "../db/source/slices.ts";
import { type OmegaLine, parseOmega } from "../physics/plots/gene_omega.ts";
import {
  MAX_LINE_CHARACTERS,
  type Nrg,
  NrgReader,
} from "../physics/plots/nrg.ts";
import { Kept } from "./kept.ts";

/** Uploads are capped at 10 MB since 2025; a few older ones are larger. */
const MAX_NRG_BYTES = 32e6;
/** A line has some 40 bytes, and of lines only the first 2000 are read. */
const MAX_OMEGA_BYTES = 1e6;
/** Parsed files kept; one of 10 MB and two species takes 2 MB. */
const KEPT_NRG = 8;
/** The clock is looked at once in so many lines. */
const LINES_PER_LOOK = 128;

const nrgs = new Kept<Nrg | null>(KEPT_NRG);

/**
 * What an `nrg` file holds; null when it is not written as GENE writes it. Files never change under their id, so the last ones are kept.
 *
 * @throws {HTTPException} 410 when the source does not hold it whole, 413 when it is too large
 * @throws {SourceUnavailable} while the source is away
 */
export function readNrg(id: string): Promise<Nrg | null> {
  return nrgs.get(
    id,
    () => fromSource((db) => nrgOf(readText(db, id, MAX_NRG_BYTES))),
  );
}

/** The lines of an `omega` file; null when it is not written as GENE writes it. @throws as {@linkcode readNrg} */
export function readOmega(id: string): Promise<OmegaLine[] | null> {
  return fromSource(async (db) => {
    const text = await Array.fromAsync(readText(db, id, MAX_OMEGA_BYTES));
    return parseOmega(text.join(""));
  });
}

/** Parses an `nrg` file piece by piece, in slices: 10 MB take a quarter of a second. */
export async function nrgOf(
  pieces: AsyncIterable<string>,
): Promise<Nrg | null> {
  const reader = new NrgReader();
  const slices = new Slices();
  let rest = "";
  for await (const piece of pieces) {
    const lines = (rest + piece).split("\n");
    rest = lines.pop()!;
    if (rest.length > MAX_LINE_CHARACTERS) return null;
    for (let n = 0; n < lines.length; n++) {
      if (!reader.add(lines[n]!)) return null;
      if (n % LINES_PER_LOOK === 0 && slices.isOver()) await slices.giveWay();
    }
  }
  reader.add(rest);
  return reader.end();
}

/** A text file from GridFS. */
async function* readText(
  db: Db,
  id: string,
  most_bytes: number,
): AsyncGenerator<string> {
  const row = (await listFiles(db, [id])).get(id);
  if (!row?.ok) throw gone(row?.reason ?? "GridFS has no file of this id");
  if (row.file.length > most_bytes) {
    throw new HTTPException(413, {
      message: `The file is larger than ${
        most_bytes / 1e6
      } MB, too large to draw. Download it instead.`,
    });
  }
  try {
    const decoder = new TextDecoder();
    for await (const piece of await readFile(db, row.file)) {
      yield decoder.decode(piece, { stream: true });
    }
    yield decoder.decode();
  } catch (error) {
    if (error instanceof DamagedFile) throw gone(error.message);
    throw error;
  }
}

function gone(reason: string): HTTPException {
  return new HTTPException(410, {
    message: `The source does not hold this file whole: ${reason}.`,
  });
}
