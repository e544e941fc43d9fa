import type { Family } from "../../db/families/members.ts";
import type { RunRow } from "../../db/runs/list.ts";
import { column } from "../../physics/columns.ts";
import {
  envelope,
  type ScanLine,
  scanLines,
  type ScanPoint,
} from "../../physics/scan.ts";
import { overlay } from "../../physics/scan_overlay.ts";
import { drawnGamma, peakOf } from "../../physics/spectrum.ts";
import { plainSymbol } from "../../physics/symbol.ts";
import { axisLabel, memberPoints, seriesOf } from "../family_points.ts";
import { significant } from "../format.ts";
import { publishedFor } from "../scan_published.ts";
import { head, type Plot, type PlotCell, unitOf } from "./plot.ts";
import { LOOKS, type PlotSeries } from "./series.tsx";

/** A scan as it is drawn. */
export interface DrawnScan {
  /** The run by which addresses name it. */
  id: number;
  family: Family;
  points: ScanPoint[];
  lines: ScanLine[];
}

/** The points and lines of a scan. */
export function drawnScan(id: number, family: Family): DrawnScan {
  const points = family.members.flatMap((m) =>
    memberPoints(m).map((p): ScanPoint => ({ ...p, value: m.value! }))
  );
  return { id, family, points, lines: scanLines(points) };
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
export function scanPlot(scans: DrawnScan[], varied: string): Plot {
  const name = nameOf(varied);
  const drawn = scans.length > 1 ? overlaid(scans) : curvesOf(scans[0]!);
  const { curves, words } = drawn;
  const series = (y: (p: ScanPoint) => number | null): PlotSeries[] =>
    curves.map(({ label, points }, look) =>
      seriesOf({ look, label, points, line: points, x: (p) => p.value, y })
    );
  const shared = { xLabel: axisLabel(varied) };
  return {
    name: "scan",
    title: `Growth rate and frequency against ${name}`,
    finding: findingOf(scans, drawn, name),
    note:
      `${words} Frequencies above zero turn in the ion diamagnetic direction.`,
    panels: [
      {
        key: "gamma",
        title: `Growth rate against ${name}`,
        ...shared,
        yLabel: axisLabel("gamma"),
        series: series(drawnGamma),
        marks: publishedFor(varied, rowOf(scans[0]!)).map((
          { mode, source, value },
        ) => ({ x: value, label: `${mode}: ${source}` })),
      },
      {
        key: "omega",
        title: `Frequency against ${name}`,
        ...shared,
        yLabel: axisLabel("omega"),
        series: series((p) => p.omega),
      },
    ],
    table: tableOf(scans, name),
  };
}

function overlaid(scans: DrawnScan[]): { curves: Curve[]; words: string } {
  const { ky, lines } = overlay(scans);
  return {
    curves: scans.map((s, k) => ({ label: scanName(s), points: lines[k]! })),
    words: ky === null
      ? "The scans share no wavenumber: each is drawn by its largest growth rate over its own ones."
      : `Each scan at ky = ${
        significant(ky)
      } (within 2 %), of the wavenumbers that all have the one where the first scan grows most.`,
  };
}

function curvesOf(
  { points, lines }: DrawnScan,
): { curves: Curve[]; words: string } {
  return lines.length <= LOOKS
    ? {
      curves: lines.map((line) => ({
        label: labelOf(line),
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

function tableOf(scans: DrawnScan[], name: string): Plot["table"] {
  return {
    heads: [
      "scan",
      "code",
      "run",
      name,
      "ky ρref",
      "ky typed",
      head("γ", unitOf("rate")),
      head("ω", unitOf("rate")),
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

function labelOf({ ky, ky_input }: ScanLine): string {
  return `ky = ${significant(ky)}${
    ky_input === null ? "" : ` (typed: ${significant(ky_input)})`
  }`;
}

function rowOf({ family }: DrawnScan): RunRow {
  return family.members[0]!.row;
}

/** The varied column in plain characters. */
export function nameOf(varied: string): string {
  return plainSymbol(column(varied)!.symbol) || column(varied)!.label;
}
