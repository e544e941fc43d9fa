import type { Member } from "../../db/families/members.ts";
import { furtherModes } from "../../physics/plots/modes.ts";
import type { Simulation } from "../../physics/simulation.ts";
import type { UnitSystem } from "../../physics/units.ts";
import {
  drawnGamma,
  lineOf,
  peakOf,
  type Point,
  reversals,
} from "../../physics/spectrum.ts";
import { axisLabel, memberPoints, seriesOf } from "../family_points.ts";
import { plural, significant } from "../format.ts";
import {
  GYRORADII,
  head,
  kyIn,
  type Panel,
  type Plot,
  type PlotCell,
  rateUnit,
  unitOf,
} from "./plot.ts";
import type { PlotSeries } from "./series.tsx";

/** More markers than this are a cloud; then only the line is drawn. */
const MAX_MARKERS = 300;

/** Growth rate and frequency over k_y: the run among those of its spectrum, and its own slower modes; all are in `units`. */
export function spectrumPlot(
  { id, sim, spectrum, units = "stored" }: {
    id: number;
    sim: Simulation;
    spectrum: Member[];
    units?: UnitSystem;
  },
): Plot | null {
  if (sim.wavevectors.length === 0) return null;
  const points = spectrum.flatMap(memberPoints).filter((p) =>
    p.ky !== null && (p.gamma !== null || p.state === "stable")
  );
  if (points.length === 0) return null;
  const line = lineOf(points, (p) => p.ky);
  const further = furtherModes(sim);
  const panel = (
    key: "gamma" | "omega",
    title: string,
    y: (p: Point) => number | null,
  ): Panel => ({
    key,
    title,
    xLabel: axisLabel("ky", units),
    yLabel: axisLabel(key, units),
    series: [
      ...familySeries({ id, points, line, y }),
      ...furtherSeries(further, key, units),
    ],
  });
  return {
    name: "spectrum",
    title: "Growth rate and frequency over wavenumber",
    finding: finding(line, points, units),
    note: `${
      plural(spectrum.length, "run")
    } of the same code and physics. Frequencies above zero turn in the ion diamagnetic direction.`,
    panels: [
      panel("gamma", "Growth rate", drawnGamma),
      panel("omega", "Frequency", (p) => p.omega),
    ],
    table: tableOf({ id, points, further }, units),
  };
}

function tableOf(
  { id, points, further }: {
    id: number;
    points: Point[];
    further: ReturnType<typeof furtherModes>;
  },
  units: UnitSystem,
): Plot["table"] {
  return {
    heads: [
      "run",
      "mode",
      `ky ${GYRORADII[units].plain}`,
      head("γ", unitOf("rate", units)),
      head("ω", unitOf("rate", units)),
      "state",
    ],
    rows: [
      ...points.toSorted((a, b) => a.ky! - b.ky!).map((
        p,
      ): PlotCell[] => [p.run, 1, p.ky, p.gamma, p.omega, p.state]),
      ...further.map((
        m,
      ): PlotCell[] => [id, m.rank, m.ky, m.gamma, m.omega, "slower mode"]),
    ],
  };
}

/** The spectrum as a line, and on it the run itself in a look of its own. */
function familySeries(
  { id, points, line, y }: {
    id: number;
    points: Point[];
    line: Point[];
    y: (p: Point) => number | null;
  },
): PlotSeries[] {
  const x = (p: Point) => p.ky;
  const own = points.filter((p) => p.run === id);
  const others = points.filter((p) => p.run !== id);
  const shared = { line: line, x, y };
  const spectrum = seriesOf({
    ...shared,
    look: 0,
    label: "spectrum",
    points: others.length > MAX_MARKERS ? [] : others,
  });
  const run = seriesOf({
    ...shared,
    look: 1,
    label: "this run",
    points: own,
    line: others.length === 0 ? line : [],
  });
  return others.length === 0 ? [run] : [spectrum, run];
}

function furtherSeries(
  modes: ReturnType<typeof furtherModes>,
  key: "gamma" | "omega",
  units: UnitSystem,
): PlotSeries[] {
  const points = modes.flatMap((m) => {
    const y = m[key];
    const title = `Mode ${m.rank} of this run: ${significant(y)} at ${
      kyIn(units)
    } = ${significant(m.ky)}`;
    return y === null ? [] : [{ x: m.ky, y, mark: "filled" as const, title }];
  });
  if (points.length === 0 || points.length > MAX_MARKERS) return [];
  return [{ look: 3, label: "its slower modes", points, line: [] }];
}

function finding(
  line: Point[],
  points: Point[],
  units: UnitSystem,
): string {
  const peak = peakOf(points);
  if (peak === null) {
    return points.some((p) => p.state === "implausible")
      ? "No mode grows but implausible ones, faster than any drift wave."
      : "No mode grows.";
  }
  const [turn] = reversals(line);
  const turning = turn
    ? `; the mode changes direction between ${kyIn(units)} = ${
      significant(turn[0].ky)
    } and ${significant(turn[1].ky)}`
    : "";
  const where = line.length < 2
    ? `The growth rate is ${significant(peak.gamma)} ${rateUnit(units)} at ${
      kyIn(units)
    } = ${significant(peak.ky)}, the only wavenumber`
    : `The growth rate peaks at ${significant(peak.gamma)} ${
      rateUnit(units)
    }, ${kyIn(units)} = ${significant(peak.ky)}`;
  return `${where}${turning}.`;
}
