import { decodePickle } from "../../../db/source/pickle/decode.ts";
import { RefusedPickle } from "../../../db/source/pickle/values.ts";
import { npzPieces } from "./npz.ts";
import { takeApart } from "./tree.ts";

/** Ending of the name of a stored diagnostic. */
export const PICKLE_ENDING = ".pkl";

/** A file of our own making that goes beside a stored diagnostic. */
export interface SideFile {
  path: string;
  pieces: Uint8Array[];
}

/**
 * The safe decoding of a stored diagnostic: `<key>.npz` with its arrays, where it has some, and `<key>.json` with its structure. Of
 * one that is refused: `<key>.not-decoded.txt`, which warns. Nothing of the pickle is ever run.
 *
 * @param path The entry's name, ending in `.pkl`.
 */
export function decodingOf(path: string, bytes: Uint8Array): SideFile[] {
  const { stem, name } = partsOf(path);
  try {
    const { arrays, structure } = takeApart(decodePickle(bytes));
    const json = {
      decoded_from: `${name}${PICKLE_ENDING}`,
      arrays_in: arrays.size > 0 ? `${name}.npz` : null,
      content: structure,
    };
    const files = [
      { path: `${stem}.json`, pieces: [text(JSON.stringify(json, null, 1))] },
    ];
    return arrays.size > 0
      ? [{ path: `${stem}.npz`, pieces: npzPieces(arrays) }, ...files]
      : files;
  } catch (error) {
    if (!(error instanceof RefusedPickle)) throw error;
    return [warningFor(path, error.message)];
  }
}

/** What goes beside a diagnostic that is not decoded. `reason` is a sentence without its full stop. */
export function warningFor(path: string, reason: string): SideFile {
  const { stem, name } = partsOf(path);
  const words =
    `${name}${PICKLE_ENDING} is stored here as it was uploaded, but was not decoded. ${reason}.
Do not load it with Python's pickle unless you trust whoever uploaded it: loading a pickle can run any program.`;
  return { path: `${stem}.not-decoded.txt`, pieces: [text(words)] };
}

function partsOf(path: string): { stem: string; name: string } {
  const stem = path.slice(0, -PICKLE_ENDING.length);
  return { stem, name: stem.slice(stem.lastIndexOf("/") + 1) };
}

function text(content: string): Uint8Array {
  return new TextEncoder().encode(content + "\n");
}
