import { expect } from "expect";
import fc from "fast-check";
import {
  MAX_NAME_BYTES,
  NameSet,
  safeName,
} from "../../../jobs/archive/entry_names.ts";

/** Hostile or odd names and what becomes of them. */
const NAMES: [string, string][] = [
  ["nrg_0001", "nrg_0001"],
  ["input.cgyro", "input.cgyro"],
  ["gs2.out.nc", "gs2.out.nc"],
  ["Ångström_Δn_密度.dat", "Ångström_Δn_密度.dat"],
  ["-rf.txt", "-rf.txt"],
  ["$(reboot).txt", "$(reboot).txt"],
  ["it's.in", "it's.in"],
  ["../../../etc/cron.d/evil", "etc_cron.d_evil"],
  ["/etc/passwd", "etc_passwd"],
  ["..", "file"],
  [".", "file"],
  ["...", "file"],
  ["", "file"],
  ["   ", "file"],
  ["/", "file"],
  ["\\", "file"],
  ["./a", "a"],
  ["a/../b", "a_b"],
  ["sub/dir/run:1?.dat", "sub_dir_run_1_.dat"],
  ["C:\\temp\\data.txt", "C__temp_data.txt"],
  ["\\\\server\\share\\x", "server_share_x"],
  ["..\\..\\x", "x"],
  ["CON", "_CON"],
  ["con.txt", "_con.txt"],
  ["aux.txt", "_aux.txt"],
  ["NUL.tar.gz", "_NUL.tar.gz"],
  ["nul .txt", "_nul .txt"],
  ["com1", "_com1"],
  ["COM¹", "_COM¹"],
  ["lpt٣.in", "_lpt٣.in"],
  ["conin$", "_conin$"],
  ["console.txt", "console.txt"],
  ["com10", "com10"],
  ["trailing dot.", "trailing dot"],
  ["trailing space ", "trailing space"],
  [" . leading", "leading"],
  [".hidden", "hidden"],
  ["..hidden..", "hidden"],
  ['a*b<c>d|e"f.dat', "a_b_c_d_e_f.dat"],
  ["line\nbreak.txt", "line_break.txt"],
  ["tab\there", "tab_here"],
  ["nul\0byte", "nul_byte"],
  ["\u001b[31mred", "_[31mred"],
  ["\u0085next", "_next"],
  ["a\u2028b", "a_b"],
  ["\u202egnp.exe", "gnp.exe"],
  ["a\u200e\u0301", "á"],
  ["\u2066x\u2069", "x"],
  ["\ufeffbom", "bom"],
  ["e\u0301 combining.txt", "é combining.txt"],
  ["\ud800lone", "\ufffdlone"],
  ["x".repeat(300) + ".dat", "x".repeat(116) + ".dat"],
  ["密".repeat(100) + ".h5", "密".repeat(39) + ".h5"],
  ["x".repeat(119) + " .", "x".repeat(119)],
  ["x".repeat(118) + "  y", "x".repeat(118)],
  ["." + "y".repeat(200), "y".repeat(120)],
];

for (const [name, expected] of NAMES) {
  Deno.test(`safeName() makes ${JSON.stringify(name.slice(0, 40))} safe`, () => {
    expect(safeName(name)).toBe(expected);
    expect(breach(expected)).toBe(null);
  });
}

Deno.test("safeName() uses the fallback when nothing is left", () => {
  expect(safeName(" ../.. ", "run")).toBe("run");
});

Deno.test("safeName() gives safe parts, and leaves safe parts as they are", () => {
  const text = fc.string({ unit: "binary", maxLength: 200 });
  const nasty = fc.array(
    fc.constantFrom(..."./\\ .:*aux.CON1\u202e\u0301\n~é密"),
    { maxLength: 150 },
  ).map((list) => list.join(""));
  fc.assert(
    fc.property(fc.oneof(text, nasty), (name) => {
      const safe = safeName(name);
      expect(breach(safe)).toBe(null);
      expect(safeName(safe)).toBe(safe);
    }),
    { numRuns: 5000 },
  );
});

Deno.test("NameSet numbers names that differ only in case", () => {
  const names = new NameSet(["plots"]);
  const given = ["gs2.in", "gs2.in", "GS2.IN", "gs2~2.in", "gs2.in", "Plots"];
  expect(given.map((name) => names.claim(name))).toEqual([
    "gs2.in",
    "gs2~2.in",
    "GS2~3.IN",
    "gs2~2~2.in",
    "gs2~4.in",
    "Plots~2",
  ]);
});

Deno.test("NameSet keeps its parts apart and safe, whatever comes", () => {
  const part = fc.constantFrom(
    "a",
    "A",
    "~2",
    ".",
    "é",
    "e\u0301",
    "/",
    "x".repeat(118),
    "ß",
    "İ",
  );
  const name = fc.array(part, { maxLength: 6 }).map((list) => list.join(""));
  fc.assert(
    fc.property(fc.array(name, { maxLength: 60 }), (list) => {
      const names = new NameSet();
      const claimed = list.map((name) => names.claim(name));
      const keys = claimed.map((n) => n.normalize("NFC").toLowerCase());
      expect(new Set(keys).size).toBe(list.length);
      expect(claimed.map(breach).filter(Boolean)).toEqual([]);
    }),
    { numRuns: 500 },
  );
});

Deno.test("NameSet stays quick with thousands of equal names", () => {
  const names = new NameSet();
  const claimed = Array.from({ length: 20_000 }, () => names.claim("gs2.in"));
  expect(claimed.at(-1)).toBe("gs2~20000.in");
});

/** The rule of `contract.md` "Archive" that a part breaks. */
function breach(part: string): string | null {
  const rules: [string, boolean][] = [
    ["empty", part === ""],
    ["not NFC", part.normalize("NFC") !== part],
    ["outer dots or spaces", /^[. ]|[. ]$/.test(part)],
    ["reserved character", /[<>:"|?*\\/]/.test(part)],
    ["control character", /\p{Cc}/u.test(part)],
    ["bidi mark", /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/.test(part)],
    ["device", /^(con|prn|aux|nul|com\p{Nd}|lpt\p{Nd})(\.[^]*)?$/iu.test(part)],
    ["long", new TextEncoder().encode(part).length > MAX_NAME_BYTES],
  ];
  return rules.find(([, broken]) => broken)?.[0] ?? null;
}
