import type { Plasma } from "../plasma.ts";

/** A number is written as a float, a bigint as an integer. */
export type Value = number | bigint | string | boolean;

/** One namelist group or TOML table; `name` is empty for a flat input file. */
export interface Section {
  name: string;
  entries: [key: string, value: Value | Value[]][];
}

/** An input file: its text, the converter's XML of it, and the old converter's flat object. */
export interface Deck {
  filename: string;
  text: string;
  xml: string;
  sections: Section[];
}

/** What an input file is written from. Wavenumbers are the code's own k_y rho_s. */
export interface InputOptions {
  plasma: Plasma;
  /** One for a linear run; the grid for nonlinear runs and TGLF spectra. */
  ky: number[];
  kind: "linear" | "nonlinear" | "quasilinear";
  resolution: Resolution;
  /** GENE only: the circular model geometry. */
  sAlpha?: boolean;
  /** Simulated time in a/c_s. */
  maxTime: number;
}

export interface Resolution {
  nx: number;
  nz: number;
  nv: number;
  nw: number;
}

/** A float as Python prints it, so that 1 becomes 1.0. */
export function float(value: number): string {
  return Number.isInteger(value) && Math.abs(value) < 1e16
    ? value.toFixed(1)
    : String(value);
}

/** A float as Fortran prints it: a capital E and two digits of exponent. */
export function exponent(value: number, digits = 4): string {
  return value.toExponential(digits).toUpperCase()
    .replace(/E([+-])(\d)$/, "E$10$2");
}

/** The converter's rendering: nested elements, text values, lists repeat their element. */
export function toXml(sections: Section[]): string {
  const body = sections.map(({ name, entries }) => {
    const inner = entries.flatMap(([key, value]) =>
      [value].flat().map((v) => `<${key}>${xmlValue(v)}</${key}>`)
    ).join("");
    return name === "" ? inner : `<${name}>${inner}</${name}>`;
  });
  return `<?xml version="1.0" encoding="utf-8"?>\n<root>${
    body.join("")
  }</root>`;
}

function xmlValue(value: Value): string {
  if (typeof value === "number") return float(value);
  return String(value).replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}

/** Fortran namelists; `logical` spells true and false in the code's way. */
export function toNamelist(
  sections: Section[],
  { indent, logical }: { indent: string; logical: [yes: string, no: string] },
): string {
  const groups = sections.map(({ name, entries }) => {
    const lines = entries.map(([key, value]) =>
      `${indent}${key} = ${
        [value].flat().map((v) => fortranValue(v, logical)).join(" ")
      }`
    );
    return `&${name}\n${lines.join("\n")}\n/\n`;
  });
  return groups.join("\n");
}

function fortranValue(value: Value, [yes, no]: [string, string]): string {
  if (typeof value === "string") return `'${value}'`;
  if (typeof value === "boolean") return value ? yes : no;
  return typeof value === "number" ? float(value) : String(value);
}

/** `KEY = value` lines. */
export function toLines(sections: Section[]): string {
  const lines = sections.flatMap(({ entries }) =>
    entries.map(([key, value]) => `${key} = ${lineValue(value as Value)}`)
  );
  return lines.join("\n") + "\n";
}

function lineValue(value: Value): string {
  if (typeof value === "boolean") return value ? "T" : "F";
  return typeof value === "number" ? float(value) : String(value);
}
