import { asNumber } from "./input.ts";
import type { InputParameters } from "./simulation.ts";

/** Longest name and longest value that can be searched, in characters. */
const MAX_NAME = 100;
const MAX_VALUE = 200;
const TRUE = /^\.?(true|t)\.?$/;
const FALSE = /^\.?(false|f)\.?$/;
const REPETITION = /\[\d+\]$/;

/** What is asked of one parameter of an input file. */
export interface InputCondition {
  /** As it was written: `hyp_z>0`, `SAT_RULE:2`, `geometry.magn_geometry:"miller"`. */
  text: string;
  /** In lower case; with or without its namelist. */
  name: string;
  operator: "<" | ">" | ":";
  /** A number is compared as a number, whatever its notation; a word without regard to case. */
  value: number | string;
}

/** Reads `NAME<VALUE`, `NAME>VALUE` or `NAME:VALUE`; a word in quotes is never taken for a number. @returns in words what is wrong otherwise */
export function parseInputCondition(text: string): InputCondition | string {
  const [, name = "", operator = "", written = ""] =
    /^([^<>:]*)([<>:])(.*)$/s.exec(text)?.map((part) => part.trim()) ?? [];
  if (operator === "") {
    return "must be a name, one of <, > and :, and a value, such as hyp_z>0";
  }
  if (name === "" || written === "") {
    return `must have a name before and a value behind ${operator}`;
  }
  if (name.length > MAX_NAME || written.length > MAX_VALUE + 2) {
    return `must have at most ${MAX_NAME} characters before and ${MAX_VALUE} behind ${operator}`;
  }
  const value = valueOf(written);
  if (operator !== ":" && typeof value !== "number") {
    return `compares with ${written}, which is no number`;
  }
  return {
    text: `${name}${operator}${written}`,
    name: name.toLowerCase(),
    operator: operator as InputCondition["operator"],
    value,
  };
}

/** The condition that a parameter has this value, as {@linkcode parseInputCondition} reads it; null when it cannot be asked for. */
export function inputEquals(
  name: string,
  value: InputParameters[string],
): string | null {
  const text = typeof value === "string" && asNumber(value) === null
    ? `${name}:"${value}"`
    : `${name}:${value}`;
  const read = parseInputCondition(text);
  const isSame = typeof read !== "string" &&
    read.name === name.trim().toLowerCase();
  return isSame && indexed(name, value) ? text : null;
}

/** A parameter and its value as the index holds them. */
export interface IndexedInput {
  name: string;
  word: string;
  number: number | null;
}

/** A parameter for the index; null for names and values longer than a condition can be. */
export function indexed(
  name: string,
  value: InputParameters[string],
): IndexedInput | null {
  const pair = { name: name.trim().toLowerCase(), word: wordOf(String(value)) };
  if (pair.name.length > MAX_NAME || pair.word.length > MAX_VALUE) return null;
  return {
    ...pair,
    number: typeof value === "boolean" ? null : asNumber(value),
  };
}

/** Every way to write a parameter's name: with and without its namelist, with and without the number of its repetition. */
export function aliasesOf(name: string): string[] {
  const last = name.slice(name.lastIndexOf(".") + 1);
  const names = [name, last];
  return [
    ...new Set([...names, ...names.map((n) => n.replace(REPETITION, ""))]),
  ];
}

function valueOf(written: string): number | string {
  const quoted = /^(["'])(.*)\1$/s.exec(written);
  if (quoted) return wordOf(quoted[2]!);
  return asNumber(written) ?? wordOf(written);
}

/** Fortran's and YAML's ways to write yes and no are the same. */
function wordOf(written: string): string {
  const word = written.trim().toLowerCase();
  return TRUE.test(word) ? "true" : FALSE.test(word) ? "false" : word;
}
