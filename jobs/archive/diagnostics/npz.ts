import { crc32 } from "node:zlib";
import { CentralDirectory } from "../central_directory.ts";
import {
  endRecords,
  localHeader,
  STORE,
  type ZipEntry,
} from "../zip_format.ts";
import { type NpyArray, npyPieces } from "./npy.ts";

/** Arrays under their names as an `.npz` file (a stored zip of `.npy` files), in pieces. Far below 4 GiB. */
export function npzPieces(arrays: Map<string, NpyArray>): Uint8Array[] {
  const pieces: Uint8Array[] = [];
  const central = new CentralDirectory();
  let offset = 0;
  for (const [name, array] of arrays) {
    const content = npyPieces(array);
    const size = content.reduce((sum, piece) => sum + piece.length, 0);
    const entry: ZipEntry = {
      name: new TextEncoder().encode(name),
      method: STORE,
      crc: content.reduce((crc, piece) => crc32(piece, crc), 0),
      size,
      packed: size,
      offset,
      streamed: false,
      zip64: false,
    };
    const header = localHeader(entry);
    central.add(entry);
    pieces.push(header, ...content);
    offset += header.length + size;
  }
  const { bytes, entries } = central;
  const end = endRecords({ entries, offset, size: bytes.length });
  return [...pieces, bytes, end];
}
