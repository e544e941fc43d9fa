import type { Profile, Profiles } from "../../physics/plots/diagnostic.ts";
import type { DiagnosticMap } from "../../physics/plots/diagnostic_snapshots.ts";
import { largest } from "../../physics/plots/points.ts";
import { plural, significant } from "../format.ts";
import {
  COORDINATES,
  type Group,
  groupsOf,
  mapName,
  mapPanel,
  nameOf,
  panelOf,
  titleOf,
} from "./diagnostic_panels.ts";
import {
  type DiagnosticPlotName,
  GENE_GYRORADIUS,
  type NoPlot,
  type Plot,
  type PlotTable,
} from "./plot.ts";
import { LOOKS } from "./series.tsx";

/** Panels of profiles; a map comes beside them. */
const MAX_PANELS = 8;
const SUM_OF_SQUARES: Profile["by"] = "sum of squares over the others";
/** Quantities left out that a sentence names. */
const MAX_NAMED = 4;

/** What a stored diagnostic of GENE holds, along each of its grids; the reason where nothing of it can be drawn. */
export function diagnosticPlot(
  { key, name, found }: {
    key: string;
    name: DiagnosticPlotName;
    found: Profiles;
  },
): Plot | NoPlot {
  const title = diagnosticTitle(key);
  const { profiles, maps, left } = found;
  if (profiles.length === 0) {
    const why = left[0]
      ? `${left[0].name}: ${left[0].reason}`
      : "it holds grids and texts only";
    return { name, title, reason: `Nothing of it can be drawn: ${why}.` };
  }
  const groups = groupsOf(
    profiles.filter((p) => p.points.some((q) => q.y !== 0)),
  );
  if (groups.length === 0) {
    return { name, title, reason: "Everything in it is zero." };
  }
  const panels = groups.slice(0, MAX_PANELS).map((g) => panelOf(g, key));
  const map = maps.find((m) => m.values.flat().some((v) => v > 0));
  return {
    name,
    title,
    finding: finding(groups[0]!),
    note: noteOf(found, groups, map),
    panels: map ? [...panels, mapPanel(map)] : panels,
    table: tableOf(profiles, maps),
  };
}

/** How the numbers came about, and what is not drawn. */
function noteOf(
  found: Profiles,
  groups: Group[],
  map: DiagnosticMap | undefined,
): string {
  const { profiles, maps, averaged } = found;
  return [
    averaged
      ? `Means over ${plural(averaged.n, "time")} from ${
        significant(averaged.from)
      } to ${significant(averaged.to)} L_ref/c_ref, the last half.`
      : "",
    profiles.some((p) => p.by === "rms over the others")
      ? "Of arrays over several grids, the root mean square over the other grids."
      : "",
    maps.length > 0 || profiles.some((p) => p.by === SUM_OF_SQUARES)
      ? "Of snapshots, the squared magnitude averaged over z and time: by ky its sum over kx, by kx its sum over ky with ky > 0 twice, for −ky too."
      : "",
    map && maps.length > 1
      ? `The map is that of ${mapName(map)}; the CSV has all ${maps.length}.`
      : "",
    "In GENE's own units.",
    maps.length > 0 ||
      profiles.some((p) => p.along !== "z" && p.along !== "time")
      ? GENE_GYRORADIUS.words
      : "",
    leftOut(groups, found),
  ].filter(Boolean).join(" ");
}

/** One row for each place; of maps both places stand, kx before ky. */
function tableOf(profiles: Profile[], maps: DiagnosticMap[]): PlotTable {
  const lines = profiles.flatMap((p) =>
    p.points.map(({ x, y }) => [
      nameOf(p),
      COORDINATES[p.along].name,
      x,
      y,
      p.by,
    ])
  );
  const heads = ["quantity", "along", "place", "value", "how"];
  if (maps.length === 0) return { heads, rows: lines };
  const cells = maps.flatMap((map) =>
    map.kx.flatMap((kx, i) =>
      map.ky.map((ky, j) => [
        mapName(map),
        "kx and ky",
        kx,
        map.values[i]![j]!,
        "square",
        ky,
      ])
    )
  );
  return {
    heads: [...heads, "ky of the map"],
    rows: [...lines.map((row) => [...row, null]), ...cells],
  };
}

/** Title of the plot of a diagnostic. */
export function diagnosticTitle(key: string): string {
  return `Diagnostic: ${key.slice(0, 80)}`;
}

function finding(group: Group): string {
  const { along, profiles } = group;
  const peaks = profiles.map((p) => ({ p, top: largest(p.points)! }));
  const { p, top } = peaks.reduce((best, one) =>
    Math.abs(one.top.y) > Math.abs(best.top.y) ? one : best
  );
  return `${titleOf(group)}: ${nameOf(p)} is largest, ${
    significant(top.y)
  } at ${COORDINATES[along].name} = ${significant(top.x)}.`;
}

/** What the drawing leaves out, in words; "" for nothing. */
function leftOut(groups: Group[], { left, profiles }: Profiles): string {
  const drawn = groups.slice(0, MAX_PANELS).reduce(
    (sum, g) => sum + Math.min(g.profiles.length, LOOKS),
    0,
  );
  const named = left.slice(0, MAX_NAMED).map((l) => `${l.name} (${l.reason})`);
  const more = left.length > MAX_NAMED
    ? ` and ${left.length - MAX_NAMED} more`
    : "";
  return [
    drawn < profiles.length
      ? `${drawn} of ${profiles.length} profiles are drawn, those that are zero not among them; the CSV has all.`
      : "",
    named.length > 0 ? `Not drawn: ${named.join(", ")}${more}.` : "",
  ].filter(Boolean).join(" ");
}
