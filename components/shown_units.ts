import type { Member } from "../db/families/members.ts";
import type { RunRow } from "../db/runs/list.ts";
import { column } from "../physics/columns.ts";
import type { Simulation } from "../physics/simulation.ts";
import { simulationInCsA, wavevectorInCsA } from "../physics/sound_units.ts";
import { toShown, type UnitSystem } from "../physics/units.ts";
import { significant } from "./format.ts";

/** a/R0 that differ by less are one: codes print them with few digits. */
const SAME_A = 1e-3;
/** Runs without a/R0 that are named; the others are only counted. */
const MAX_NAMED = 5;

/** Which units a page or plot is in, and what there is to say of them. */
export interface ShownUnits {
  /** `stored`, though others were asked for, where a/R0 of a run is not known. */
  units: UnitSystem;
  /** "" in stored units that were asked for. */
  words: string;
}

/** The units of a single run. */
export function unitsOfRun(asked: UnitSystem, row: RunRow): ShownUnits {
  if (asked === "stored") return { units: "stored", words: "" };
  const a = aOf(row);
  return a === null
    ? {
      units: "stored",
      words:
        "a/R0 of this run is not known from its input, so everything stays in stored units.",
    }
    : {
      units: "cs_a",
      words: `In c_s, a and ρ_s, with a/R0 = ${
        significant(a)
      } of the input. Momentum fluxes and lengths of the flux surface stay as stored.`,
    };
}

/** The units of several runs: one without a/R0 keeps all as stored, since no axis may mix units. */
export function unitsOfRuns(asked: UnitSystem, rows: RunRow[]): ShownUnits {
  if (asked === "stored" || rows.length === 0) {
    return { units: "stored", words: "" };
  }
  const unknown = [
    ...new Set(rows.filter((r) => aOf(r) === null).map((r) => r.id)),
  ];
  if (unknown.length > 0) return { units: "stored", words: lacking(unknown) };
  const all = rows.map((r) => aOf(r)!);
  const low = all.reduce((a, b) => Math.min(a, b));
  const high = all.reduce((a, b) => Math.max(a, b));
  return {
    units: "cs_a",
    words: high - low <= SAME_A * high
      ? `In c_s, a and ρ_s, with a/R0 = ${significant(high)} of the input.`
      : `In c_s, a and ρ_s; a/R0 differs between the runs, from ${
        significant(low)
      } to ${significant(high)}: each is converted by its own.`,
  };
}

/** A run's reading in units that {@linkcode unitsOfRun} chose. */
export function simulationIn(
  units: UnitSystem,
  sim: Simulation,
  row: RunRow,
): Simulation {
  return units === "cs_a" ? simulationInCsA(sim, aOf(row)!) : sim;
}

/** A row in units that {@linkcode unitsOfRun} or {@linkcode unitsOfRuns} chose; a/R0 itself stays. */
export function rowIn(units: UnitSystem, row: RunRow): RunRow {
  if (units === "stored") return row;
  const values = Object.entries(row).map(([key, value]) => [
    key,
    typeof value === "number" ? value * factorOf(row, key) : value,
  ]);
  return Object.fromEntries(values) as RunRow;
}

/** Runs of a family in units that {@linkcode unitsOfRuns} chose. `varied`: the column whose value each has. */
export function membersIn<M extends Member>(
  units: UnitSystem,
  members: M[],
  varied: string | null = null,
): M[] {
  if (units === "stored") return members;
  return members.map((m) => ({
    ...m,
    row: rowIn(units, m.row),
    wavevectors: m.wavevectors?.map((w) => wavevectorInCsA(w, aOf(m.row)!)) ??
      null,
    value: m.value === null || varied === null
      ? m.value
      : m.value * factorOf(m.row, varied),
  }));
}

/** From a run's stored number of a column to that in c_s and a. */
export function factorOf(row: RunRow, key: string): number {
  return toShown(column(key)?.unit ?? "none", aOf(row)!).factor;
}

/** a/R0 of a run; null where it is not known. */
export function aOf({ a_over_R }: RunRow): number | null {
  return typeof a_over_R === "number" && a_over_R > 0 ? a_over_R : null;
}

function lacking(ids: number[]): string {
  const more = ids.length - MAX_NAMED;
  const named = ids.slice(0, MAX_NAMED).join(", ");
  return `a/R0 of run${ids.length === 1 ? "" : "s"} ${named}${
    more > 0 ? ` and ${more} more` : ""
  } is not known from the input, so all stays in stored units.`;
}

/** An address in units; the default is left out, other parameters stay. */
export function inUnits(units: UnitSystem, address: string): string {
  if (units === "stored") return address;
  const [path, anchor] = address.split("#") as [string, string?];
  const query = `${path}${path.includes("?") ? "&" : "?"}units=${units}`;
  return anchor === undefined ? query : `${query}#${anchor}`;
}
