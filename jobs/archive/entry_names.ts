/** Most bytes (UTF-8) that one part of an entry's path may have. */
export const MAX_NAME_BYTES = 120;

/** Longest ending, in bytes with its dot, that survives the cutting of a long name. */
const MAX_EXTENSION_BYTES = 24;

const RESERVED_CHARACTERS = /[<>:"|?*\\/]/g;
const CONTROL_CHARACTERS = /[\p{Cc}\u2028\u2029]/gu;
/** Marks which reorder or hide text, so that `gnp.exe` could be shown as `exe.png`. */
const HIDDEN_MARKS =
  /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\u200b\ufeff]/g;
const OUTER_DOTS_AND_SPACES = /^[.\p{Zs}]+|[.\p{Zs}]+$/gu;
/** A name that is safe as it is, but for devices and its length, as nearly all are: seen at once, where mending takes four times as long. */
const PLAIN = /^[\w+=@~-](?:[\w.+=@~-]*[\w+=@~-])?$/;
/** Windows opens a device for these, whatever the ending: `aux.txt` too. */
const DEVICE_NAME =
  /^(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[\p{Nd}¹²³])\s*(\..*)?$/iu;

/**
 * One path part that every file system and unzip program takes, as `contract.md` "Archive" asks: NFC, no control or bidi
 * characters, none of `<>:"|?*\/`, no dots or spaces at its ends, no Windows device name, at most 120 bytes.
 *
 * Folders inside a stored name become part of it (`sub/dir/run.dat` -> `sub_dir_run.dat`), while empty parts, `.` and `..`
 * vanish. A name of which nothing is left becomes `fallback`, which must be safe itself. `limit` cuts it shorter than those 120 bytes.
 */
export function safeName(
  name: string,
  fallback = "file",
  limit = MAX_NAME_BYTES,
): string {
  const clean = PLAIN.test(name) ? name : cleaned(name);
  const usable = DEVICE_NAME.test(clean) ? `_${clean}` : clean;
  return shortened(usable, limit) || fallback;
}

/**
 * Hands out path parts of one folder, no two of which are equal after NFC and lower-casing: the second `gs2.in` becomes
 * `gs2~2.in`. The same names in the same order give the same parts.
 */
export class NameSet {
  #taken = new Map<string, number>();

  /** @param reserved Parts that the archive needs for itself in this folder. */
  constructor(reserved: Iterable<string> = []) {
    for (const name of reserved) this.#taken.set(comparable(name), 1);
  }

  /** The safe and still free form of a name. */
  claim(name: string, fallback = "file"): string {
    const safe = safeName(name, fallback);
    const key = comparable(safe);
    let free = safe;
    let count = this.#taken.get(key) ?? 0;
    while (this.#taken.has(comparable(free))) free = numbered(safe, ++count);
    this.#taken.set(key, Math.max(count, 1));
    this.#taken.set(comparable(free), 1);
    return free;
  }
}

function cleaned(name: string): string {
  const flat = name.toWellFormed().split(/[/\\]/).map(trimmed)
    .filter((part) => part !== "").join("_");
  return trimmed(
    flat.replace(HIDDEN_MARKS, "").replace(CONTROL_CHARACTERS, "_")
      .replace(RESERVED_CHARACTERS, "_").normalize("NFC"),
  );
}

function comparable(name: string): string {
  if (PLAIN.test(name)) return name.toLowerCase();
  return name.normalize("NFC").toLowerCase().normalize("NFC");
}

function trimmed(name: string): string {
  return name.replace(OUTER_DOTS_AND_SPACES, "");
}

function numbered(name: string, n: number): string {
  const { stem, extension } = parts(name);
  const mark = `~${n}`;
  const room = MAX_NAME_BYTES - bytes(mark) - bytes(extension);
  return cut(stem, room) + mark + extension;
}

function shortened(name: string, limit: number): string {
  // UTF-8 takes at most three bytes for each of these.
  if (name.length * 3 <= limit || bytes(name) <= limit) return name;
  const { stem, extension } = parts(name);
  return cut(stem, limit - bytes(extension)) + extension;
}

function parts(name: string): { stem: string; extension: string } {
  const dot = name.lastIndexOf(".");
  const extension = dot > 0 ? name.slice(dot) : "";
  if (extension === "" || bytes(extension) > MAX_EXTENSION_BYTES) {
    return { stem: name, extension: "" };
  }
  return { stem: name.slice(0, dot), extension };
}

/** The longest beginning that fits, ending between two characters and not in a dot or space. */
function cut(text: string, limit: number): string {
  let used = 0;
  let kept = "";
  for (const character of text) {
    used += bytes(character);
    if (used > limit) break;
    kept += character;
  }
  return trimmed(kept);
}

function bytes(text: string): number {
  return new TextEncoder().encode(text).length;
}
