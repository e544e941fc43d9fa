import { expect } from "expect";
import type { Binary, Document } from "mongodb";
import type { Demo } from "../../../db/embedded/demo/make.ts";
import { plasma } from "../../../db/embedded/demo/plasma.ts";
import { CHUNK_BYTES } from "../../../db/embedded/demo/shelf.ts";
import { wavenumberFactor } from "../../../db/embedded/demo/surface.ts";
import {
  all,
  codeOf,
  countBy,
  demo,
  fileIds,
  near,
  physicsOf,
  tagOf,
  total,
} from "./demo_documents.ts";

/** Runs whose files are broken on purpose, by suffix. */
const BROKEN_FILES = ["dangling_file", "short_file", "short_binary"];

Deno.test("the text of each input file says what its document says, after conversion", () => {
  const checked: Record<string, number> = {};
  for (const d of all) {
    const physics = physicsOf(d);
    const text = physics && inputText(d);
    if (!text) continue;
    const code = codeOf(d);
    const values = readInput(code, text);
    const { eps, kyFactor, gradientFactor } = values;
    const surface = physics.flux_surface;
    near(values.q, Math.abs(surface.q), code);
    near(eps, surface.r_minor_norm, code);
    const main = physics.species.toSorted((a: Document, b: Document) =>
      b.density_norm - a.density_norm
    )[0];
    const gradients = values.RLT.map((v) =>
      v * gradientFactor
    );
    expect(gradients.some((v) =>
      Math.abs(v / main.temperature_log_gradient_norm - 1) < 1e-6
    )).toBe(true);
    const ky = storedKy(physics);
    if (ky !== null && surface.elongation === 1) {
      const p = plasma({ q: values.q, shear: 1, eps, RLTi: 1, RLn: 1 });
      expect(values.ky.some((k) =>
        Math.abs(k * kyFactor * wavenumberFactor(p) / ky - 1) < 2e-4
      )).toBe(true);
    }
    checked[code] = (checked[code] ?? 0) + 1;
  }
  for (const code of ["CGYRO", "GENE", "GS2", "GX", "TGLF"]) {
    expect(checked[code]).toBeGreaterThan(20);
  }
});

Deno.test("the XML of each document repeats its input file, value by value", () => {
  for (const d of all) {
    const physics = physicsOf(d);
    const text = physics && inputText(d);
    if (!text || physics.wavevector) continue;
    const said = new Set(
      text.toLowerCase().replaceAll(/['"\[\],]/g, " ").split(/[\s=]+/),
    );
    for (
      const [, name, value] of physics.code.parameters.matchAll(
        /<([\w]+)>([^<>\n]+)<\/\1>/g,
      )
    ) {
      expect(said).toContain(name.toLowerCase());
      expect(spellings(value).some((v) => v.every((word) => said.has(word))))
        .toBe(true);
    }
  }
});

Deno.test("every file is whole but for the ones that are broken on purpose", () => {
  const bad = all.flatMap((d) =>
    fileIds(d).filter((id) => !whole(demo, id)).map(() => tagOf(d).run_suffix)
  );
  expect(bad.sort()).toEqual(BROKEN_FILES.toSorted());
  expect(demo.bytes).toBeLessThan(80e6);
  const shared = countBy(all.flatMap(fileIds), (id) => id);
  expect(Math.max(...Object.values(shared))).toBeGreaterThan(3);
});

Deno.test("stored plots are PNG pictures of a readable size", () => {
  const plots = all.flatMap((d) => Object.values(d.Plots ?? {}) as string[]);
  expect(plots.length).toBeGreaterThan(15);
  for (const plot of plots) {
    const bytes = Uint8Array.from(atob(plot), (c) => c.charCodeAt(0));
    expect([...bytes.subarray(0, 8)]).toEqual([
      137,
      80,
      78,
      71,
      13,
      10,
      26,
      10,
    ]);
    expect(new DataView(bytes.buffer).getUint32(16)).toBe(640);
  }
});

/** The k_y of a linear document's first wavevector that is not 0. */
function storedKy(physics: Document): number | null {
  const waves: Document[] = physics.linear?.wavevector ?? physics.wavevector ??
    [];
  const ky = waves.map((w) =>
    w.binormal_wavevector_norm ?? w.binormal_component_norm
  ).find((v) => v !== 0);
  return ky === undefined ? null : Math.abs(ky);
}

function inputText(d: Document): string | null {
  const key = ["parameters", "input_cgyro", "input_tglf", "gs2_in", "gx_in"]
    .find((k) => d.Files[k]);
  const id = key && d.Files[key].toHexString();
  const parts = demo.chunks.filter((c) => c.files_id.toHexString() === id);
  if (parts.length === 0) return null;
  return new TextDecoder().decode((parts[0]!.data as Binary).buffer);
}

/** Reads a few values out of an input file's text, in the code's own units, with what turns them into stored ones. */
function readInput(code: string, text: string) {
  const number = (name: string) =>
    Number(text.match(new RegExp(`^\\s*${name} = (\\S+)`, "mi"))?.[1]);
  const list = (pattern: RegExp) =>
    [...text.matchAll(pattern)].flatMap((m) => m[1]!.split(",").map(Number));
  const R = {
    GENE: number("major_R"),
    CGYRO: number("RMAJ"),
    TGLF: number("RMAJ_LOC"),
    GS2: number("rmaj"),
    GX: number("Rmaj"),
  }[code]!;
  const r = {
    GENE: number("trpeps") * R,
    CGYRO: number("RMIN"),
    TGLF: number("RMIN_LOC"),
    GS2: number("rhoc"),
    GX: number("rhoc"),
  }[code]!;
  const gradients = {
    GENE: /^omt = (\S+)/gm,
    CGYRO: /^DLNTDR_\d = (\S+)/gm,
    TGLF: /^RLTS_\d = (\S+)/gm,
    GS2: /tprim = (\S+)/g,
    GX: /tprim = \[ (.*) \]/g,
  }[code]!;
  const ky = {
    GENE: [number("kymin")],
    CGYRO: [number("KY")],
    TGLF: [number("KY"), number("KY") / number("NKY")],
    GS2: [number("aky")],
    GX: [1 / number("y0")],
  }[code]!;
  const q = {
    GENE: number("q0"),
    CGYRO: number("Q"),
    TGLF: number("Q_LOC"),
    GS2: number("qinp"),
    GX: number("qinp"),
  }[code]!;
  return {
    q,
    eps: r / R,
    ky,
    kyFactor: code === "GS2" ? Math.SQRT1_2 : 1,
    RLT: list(gradients),
    gradientFactor: R,
  };
}

/** How an input file may spell a value of the XML, each as words. */
function spellings(value: string): string[][] {
  const short: Record<string, string> = { true: "t", false: "f" };
  const lower = value.toLowerCase();
  return [lower.split(" "), [short[lower] ?? lower], [`.${lower}.`]];
}

const rows = new Map(demo.files.map((f) => [f._id.toHexString(), f]));
const lengths = new Map<string, number[]>();
for (const { files_id, data } of demo.chunks) {
  const id = files_id.toHexString();
  lengths.set(id, [...lengths.get(id) ?? [], data.length()]);
}

function whole({ files }: Demo, id: string): boolean {
  const row = files.length > 0 ? rows.get(id) : undefined;
  if (!row) return false;
  const parts = lengths.get(id) ?? [];
  const length = row.length.toNumber();
  return parts.length === Math.ceil(length / CHUNK_BYTES) &&
    total(parts, (n) => n) === length;
}
