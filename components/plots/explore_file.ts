import type { Density, Exploration, Points } from "../../db/explore.ts";
import { column } from "../../physics/columns.ts";
import { UNITS } from "../../physics/units.ts";
import { densityFinding, pointsFinding, titleOf } from "../explore.tsx";
import { cloudSvg } from "./cloud.tsx";
import { cellEdges, drawnDensity, drawnPoints } from "./cloud_marks.tsx";
import { head, type PlotTable } from "./plot.ts";

/** A cloud of runs as a file: its numbers, and how it is drawn. */
export interface ExploreFile {
  table: PlotTable;
  svg(): string;
}

const NOTE = "As stored in the catalogue; one point for each run.";

/** Runs one by one. `about` says which. */
export function pointsFile(
  view: Exploration,
  points: Points,
  about: string,
): ExploreFile {
  const { x, y, colour, symbol } = view;
  return {
    table: {
      heads: [
        "run",
        headOf(x),
        headOf(y),
        ...(colour ? [headOf(colour)] : []),
        ...(symbol ? [headOf(symbol)] : []),
      ],
      rows: points.ids.map((id, k) => [
        id,
        points.x[k]!,
        points.y[k]!,
        ...(colour ? [points.colour[k]!] : []),
        ...(symbol ? [points.symbol[k]!] : []),
      ]),
    },
    svg: () =>
      cloudSvg({
        view,
        drawing: drawnPoints(view, points),
        title: titleOf(view),
        finding: pointsFinding(points),
        note: NOTE,
        about,
      }),
  };
}

/** Numbers of runs in cells; only cells that hold any. */
export function densityFile(
  view: Exploration,
  { density, grid, about }: {
    density: Density;
    grid: { across: number; up: number };
    about: string;
  },
): ExploreFile {
  const edge = cellEdges(view, density, grid);
  return {
    table: {
      heads: [
        ...["from", "to"].map((end) => `${headOf(view.x)} ${end}`),
        ...["from", "to"].map((end) => `${headOf(view.y)} ${end}`),
        "runs",
      ],
      rows: density.cells.map(({ column, row, runs }) => [
        edge.x(column),
        edge.x(column + 1),
        edge.y(row),
        edge.y(row + 1),
        runs,
      ]),
    },
    svg: () =>
      cloudSvg({
        view,
        drawing: drawnDensity(view, density, grid),
        title: titleOf(view),
        finding: densityFinding(density, grid),
        note: NOTE,
        about,
      }),
  };
}

function headOf(key: string): string {
  return head(key, UNITS[column(key)!.unit].stored);
}
