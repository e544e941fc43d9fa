import type { Relative } from "../../db/families/relatives.ts";
import { fluxSpectra } from "../../physics/plots/flux_spectrum.ts";
import type { XY } from "../../physics/plots/points.ts";
import type { Nonlinear, Simulation } from "../../physics/simulation.ts";
import { lineOf } from "../../physics/spectrum.ts";
import type { UnitSystem } from "../../physics/units.ts";
import { memberPoints, word } from "../family_points.ts";
import { significant } from "../format.ts";
import { FLUX_FACTS, fluxUnit } from "../run_fluxes.tsx";
import {
  axis,
  GYRORADII,
  head,
  kyIn,
  type NoPlot,
  type Panel,
  plain,
  type Plot,
} from "./plot.ts";
import { lineSeries } from "./series_of.ts";

/** One line over k_y. */
interface Curve {
  label: string;
  /** A heat flux, or gamma/k_y^2. */
  kind: "flux" | "mixing length";
  points: XY[];
  peak: XY;
}

/** Title of the plot, also before it is drawn. */
export const QUASILINEAR_TITLE = "Quasilinear against nonlinear";

/** Unit of gamma/k_y^2. */
const MIXING_LENGTH = { stored: "v_{ref} ρ_{ref}^2/R_0", cs_a: "c_s ρ_s^2/a" };

/** Further runs that are drawn beside the run itself: the looks of a plot are eight. */
const MAX_FLUXES = 3;
const MAX_CODES = 4;

/**
 * Heat flux over k_y of a nonlinear or quasilinear run beside gamma/k_y^2 of linear runs and fluxes of others, all of the same physics and in `units`.
 *
 * Null without a flux spectrum; the reason where there is nothing to compare it with.
 */
export function quasilinearPlot(
  { sim, relatives, units = "stored" }: {
    sim: Simulation;
    relatives: Relative[];
    units?: UnitSystem;
  },
): Plot | NoPlot | null {
  const own = fluxCurve(`This run (${sim.tags.code ?? "?"})`, sim.nonlinear);
  const fluxes = relatives.filter((r) => r.nonlinear !== null).toSorted((
    a,
    b,
  ) => rank(a, sim) - rank(b, sim)).flatMap((r) =>
    fluxCurve(
      `Run ${r.row.id}, ${r.row.code ?? "?"} ${word(r.row, "kind") ?? ""}`,
      r.nonlinear,
    ) ?? []
  ).slice(0, MAX_FLUXES);
  const linear = linearCurves(relatives);
  if (own === null) return null;
  if (fluxes.length + linear.length === 0) {
    return {
      name: "quasilinear",
      title: QUASILINEAR_TITLE,
      reason:
        "No linear spectrum and no other flux spectrum of the same physics is in the catalogue.",
    };
  }
  const curves = [own, ...fluxes, ...linear];
  return {
    name: "quasilinear",
    title: QUASILINEAR_TITLE,
    finding: `${
      curves.map(({ label, kind, peak }) =>
        `${label}: ${kind === "flux" ? "heat flux" : "γ/ky²"} peaks at ${
          kyIn(units)
        } = ${significant(peak.x)}`
      ).join("; ")
    }.`,
    note:
      "Runs of the same physics (all parameters within 0.2 %, the wavenumber aside). γ/ky² is the mixing-length estimate of growing, plausible modes; it has no scale of its own.",
    panels: fluxes.length > 0
      ? [shapesPanel(curves, units), fluxesPanel([own, ...fluxes], units)]
      : [shapesPanel(curves, units)],
    table: tableOf(curves, units),
  };
}

function shapesPanel(curves: Curve[], units: UnitSystem): Panel {
  return {
    key: "shapes",
    title: "Shapes: each over its own maximum",
    xLabel: axis(`|k_y| ${GYRORADII[units].symbol}`),
    yLabel: axis('"over the maximum"'),
    series: curves.map(({ label, points, peak }, look) =>
      lineSeries({
        look,
        label,
        points: points.map((p) => ({ x: p.x, y: p.y / Math.abs(peak.y) })),
        x: "ky",
      })
    ),
  };
}

function fluxesPanel(fluxes: Curve[], units: UnitSystem): Panel {
  return {
    key: "fluxes",
    title: "Heat fluxes as they are",
    xLabel: axis(`|k_y| ${GYRORADII[units].symbol}`),
    yLabel: axis(FLUX_FACTS.energy[1], fluxUnit("energy", units)),
    series: fluxes.map(({ label, points }, look) =>
      lineSeries({ look, label, points, x: "ky" })
    ),
  };
}

function tableOf(curves: Curve[], units: UnitSystem): Plot["table"] {
  const unit = plain(fluxUnit("energy", units));
  return {
    heads: [
      "line",
      "quantity",
      `|ky| ${GYRORADII[units].plain}`,
      head("value", `${unit} or ${MIXING_LENGTH[units]}`),
      "over its maximum",
    ],
    rows: curves.flatMap(({ label, kind, points, peak }) =>
      points.map((p) => [
        label,
        kind === "flux" ? plain(FLUX_FACTS.energy[1]) : "γ/ky²",
        p.x,
        p.y,
        p.y / Math.abs(peak.y),
      ])
    ),
  };
}

/** The other kind of model first, then other codes. */
function rank({ row }: Relative, { tags }: Simulation): number {
  const isOwnKind = (row.kind === "quasilinear") === (tags.code === "TGLF");
  return (isOwnKind ? 2 : 0) + (row.code === tags.code ? 1 : 0);
}

function fluxCurve(
  label: string,
  nonlinear: Pick<Nonlinear, "ky" | "spectra"> | null,
): Curve | null {
  if (nonlinear === null) return null;
  const heat = fluxSpectra(nonlinear as Nonlinear).find((s) =>
    s.flux === "energy"
  );
  if (!heat || heat.peak.y === 0) return null;
  return { label, kind: "flux", points: heat.total, peak: heat.peak };
}

/** gamma/k_y^2 by code; a code with a single wavenumber has no shape. */
function linearCurves(relatives: Relative[]): Curve[] {
  const byCode = Map.groupBy(
    relatives.filter((r) => r.nonlinear === null),
    (r) => r.row.code ?? "?",
  );
  return [...byCode].flatMap(([code, members]): Curve[] => {
    const points = lineOf(members.flatMap(memberPoints), (p) => p.ky).filter((
      p,
    ) => p.state === "unstable" && p.gamma !== null && p.ky! > 0).map((p) => ({
      x: p.ky!,
      y: p.gamma! / p.ky! ** 2,
    }));
    if (points.length < 2) return [];
    const peak = points.reduce((best, p) => p.y > best.y ? p : best);
    const kind = "mixing length";
    return [{ label: `γ/ky², linear ${code}`, kind, points, peak }];
  }).toSorted((a, b) => b.points.length - a.points.length).slice(0, MAX_CODES);
}
