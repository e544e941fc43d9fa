import type { Family } from "../../db/families/members.ts";
import type { RunRow } from "../../db/runs/list.ts";
import { column } from "../../physics/columns.ts";
import {
  envelope,
  type ScanLine,
  scanLines,
  type ScanPoint,
} from "../../physics/scan.ts";
import type { PublishedLine } from "../../physics/published.ts";
import { overlay } from "../../physics/scan_overlay.ts";
import { drawnGamma, peakOf } from "../../physics/spectrum.ts";
import { plainSymbol } from "../../physics/symbol.ts";
import type { UnitSystem } from "../../physics/units.ts";
import { axisLabel, memberPoints, seriesOf } from "../family_points.ts";
import { significant } from "../format.ts";
import { publishedFor } from "../scan_published.ts";
import { symbolIn } from "../run_value.tsx";
import {
  GYRORADII,
  head,
  kyIn,
  type Plot,
  type PlotCell,
  unitOf,
} from "./plot.ts";
import type { ShownScans } from "./scan_units.ts";
import { LOOKS, type PlotSeries } from "./series.tsx";

/** A scan as it is drawn. */
export interface DrawnScan {
  /** The run by which addresses name it. */
  id: number;
  family: Family;
  points: ScanPoint[];
  lines: ScanLine[];
  /** What the literature expects for the threshold of its first run. */
  published: PublishedLine[];
}

/** The points and lines of a scan over `varied`, as stored. */
export function drawnScan(
  id: number,
  family: Family,
  varied: string,
): DrawnScan {
  const points = family.members.flatMap((m) =>
    memberPoints(m).map((p): ScanPoint => ({ ...p, value: m.value! }))
  );
  return {
    id,
    family,
    points,
    lines: scanLines(points),
    published: publishedFor(varied, family.members[0]!.row),
  };
}

/** How a scan among several is called. */
export function scanName({ id, family }: DrawnScan): string {
  const { code } = family.members[0]!.row;
  return `Scan of run ${id}, ${code ?? "unknown code"}`;
}

interface Curve {
  label: string;
  points: ScanPoint[];
}

/** Growth rate and frequency against the varied parameter: of one scan a line for each k_y, of several a line for each. */
export function scanPlot(
  { scans, units, words: unitWords }: ShownScans,
  varied: string,
): Plot {
  const name = nameOf(varied, units);
  const drawn = scans.length > 1
    ? overlaid(scans, units)
    : curvesOf(scans[0]!, units);
  const { curves, words } = drawn;
  const series = (y: (p: ScanPoint) => number | null): PlotSeries[] =>
    curves.map(({ label, points }, look) =>
      seriesOf({ look, label, points, line: points, x: (p) => p.value, y })
    );
  const panel = (key: "gamma" | "omega", title: string) => ({
    key,
    title: `${title} against ${name}`,
    xLabel: axisLabel(varied, units),
    yLabel: axisLabel(key, units),
  });
  return {
    name: "scan",
    title: `Growth rate and frequency against ${name}`,
    finding: findingOf(scans, drawn, name),
    note:
      `${words} Frequencies above zero turn in the ion diamagnetic direction. ${unitWords}`
        .trim(),
    panels: [
      {
        ...panel("gamma", "Growth rate"),
        series: series(drawnGamma),
        marks: scans[0]!.published.map((
          { mode, source, value },
        ) => ({ x: value, label: `${mode}: ${source}` })),
      },
      { ...panel("omega", "Frequency"), series: series((p) => p.omega) },
    ],
    table: tableOf(scans, varied, units),
  };
}

function overlaid(
  scans: DrawnScan[],
  units: UnitSystem,
): { curves: Curve[]; words: string } {
  const { ky, lines } = overlay(scans);
  return {
    curves: scans.map((s, k) => ({ label: scanName(s), points: lines[k]! })),
    words: ky === null
      ? "The scans share no wavenumber: each is drawn by its largest growth rate over its own ones."
      : `Each scan at ${kyIn(units)} = ${
        significant(ky)
      } (within 2 %), of the wavenumbers that all have the one where the first scan grows most.`,
  };
}

function curvesOf(
  { points, lines }: DrawnScan,
  units: UnitSystem,
): { curves: Curve[]; words: string } {
  return lines.length <= LOOKS
    ? {
      curves: lines.map((line) => ({
        label: labelOf(line, units),
        points: line.points,
      })),
      words: "One line for each wavenumber.",
    }
    : {
      curves: [{ label: "largest growth rate", points: envelope(points) }],
      words: `Largest growth rate over ${lines.length} wavenumbers.`,
    };
}

/** Of several scans what is drawn of them, of one all of its points. */
function findingOf(
  scans: DrawnScan[],
  { curves }: { curves: Curve[] },
  name: string,
): string {
  return scans.map((scan, k) => {
    const several = scans.length > 1;
    const drawn = several ? curves[k]!.points : scan.points;
    const peak = peakOf(drawn) as ScanPoint | null;
    const words = peak
      ? `largest growth rate ${significant(peak.gamma)} at ${name} = ${
        significant(peak.value)
      }.`
      : "no run grows.";
    return several
      ? `${scanName(scan)}: ${words}`
      : words[0]!.toUpperCase() + words.slice(1);
  }).join(" ");
}

function tableOf(
  scans: DrawnScan[],
  varied: string,
  units: UnitSystem,
): Plot["table"] {
  return {
    heads: [
      "scan",
      "code",
      "run",
      variedHead(varied, units),
      `ky ${GYRORADII[units].plain}`,
      "ky typed",
      head("γ", unitOf("rate", units)),
      head("ω", unitOf("rate", units)),
      "state",
      "mode",
    ],
    rows: scans.flatMap((scan) =>
      scan.points.toSorted((a, b) =>
        (a.ky ?? 0) - (b.ky ?? 0) || a.value - b.value
      ).map((p): PlotCell[] => [
        scan.id,
        String(rowOf(scan).code ?? ""),
        p.run,
        p.value,
        p.ky,
        p.ky_input,
        p.gamma,
        p.omega,
        p.state,
        p.mode ?? "",
      ])
    ),
  };
}

function labelOf({ ky, ky_input }: ScanLine, units: UnitSystem): string {
  return `${kyIn(units)} = ${significant(ky)}${
    ky_input === null ? "" : ` (typed: ${significant(ky_input)})`
  }`;
}

function rowOf({ family }: DrawnScan): RunRow {
  return family.members[0]!.row;
}

/** The varied column in plain characters. */
export function nameOf(varied: string, units: UnitSystem): string {
  return plainSymbol(symbolIn(units, column(varied)!)) ||
    column(varied)!.label;
}

/** The varied column with its unit, as a table's head shows it. */
export function variedHead(varied: string, units: UnitSystem): string {
  return head(nameOf(varied, units), unitOf(column(varied)!.unit, units));
}
