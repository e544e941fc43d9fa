import type { RunRow } from "../../db/runs/list.ts";
import type { ScanPoint } from "../../physics/scan.ts";
import type { Maybe } from "../../physics/simulation.ts";
import type { UnitSystem } from "../../physics/units.ts";
import {
  factorOf,
  membersIn,
  type ShownUnits,
  unitsOfRuns,
} from "../shown_units.ts";
import type { DrawnScan } from "./scan.ts";

/** Scans in the units asked for, each run by its own a/R0; as stored where that of one is not known. */
export interface ShownScans extends ShownUnits {
  /** The scan of the page, then those over it. */
  scans: DrawnScan[];
}

/** Scans over `varied` in the units asked for. Lines stay those of the stored numbers: their k_y are told apart by digits. */
export function scansIn(
  asked: UnitSystem,
  scans: DrawnScan[],
  varied: string,
): ShownScans {
  const rows = scans.flatMap((s) => s.family.members.map((m) => m.row));
  const { units, words } = unitsOfRuns(asked, rows);
  return {
    units,
    words,
    scans: units === "stored" ? scans : scans.map((s) => inCsA(s, varied)),
  };
}

function inCsA(scan: DrawnScan, varied: string): DrawnScan {
  const { family } = scan;
  const rows = new Map(family.members.map(({ row }) => [row.id, row]));
  const first = family.members[0]!.row;
  const shown = new Map(
    scan.points.map((p) => [p, pointInCsA(p, rows.get(p.run)!, varied)]),
  );
  return {
    ...scan,
    family: { ...family, members: membersIn("cs_a", family.members, varied) },
    points: [...shown.values()],
    lines: scan.lines.map((line) => ({
      ...line,
      ky: times(line.ky, factorOf(first, "ky")),
      points: line.points.map((p) => shown.get(p)!),
    })),
    published: scan.published.map((line) => ({
      ...line,
      value: line.value * factorOf(first, varied),
    })),
  };
}

function pointInCsA(p: ScanPoint, row: RunRow, varied: string): ScanPoint {
  return {
    ...p,
    ky: times(p.ky, factorOf(row, "ky")),
    gamma: times(p.gamma, factorOf(row, "gamma")),
    omega: times(p.omega, factorOf(row, "omega")),
    value: p.value * factorOf(row, varied),
  };
}

function times(value: Maybe, factor: number): Maybe {
  return value === null ? null : value * factor;
}
