import type { Maybe, Simulation, Surface } from "../simulation.ts";
import type { XY } from "./points.ts";

/** The cross-section of a flux surface; lengths in R0, the surface's own centre at R = 1, Z = 0. */
export interface SurfaceShape {
  /** R and Z, closed. */
  outline: XY[];
  /** The circle of the same r. */
  circle: XY[];
  /** Which formula the outline is from. */
  formula: "angle harmonics" | "distance series" | "Miller";
  /** Highest point's height over half the width: the elongation that is seen. */
  elongation: number;
  /** How far the highest point lies towards the axis, in half widths: the triangularity that is seen. */
  triangularity: number;
}

const POINTS = 181;
/** Documents have at most eight. */
const MAX_COEFFICIENTS = 100;
/** The series' mean may differ by this much from r/R0 before it is no distance in R0. */
const DISTANCE_TOLERANCE = 0.3;

/**
 * The shape of the surface, or why it cannot be told.
 *
 * Current layout: R = 1 + r cos(theta + sum c_n cos(n theta) + s_n sin(n theta)), Z = kappa r sin(theta) (schema.md 4.3).
 * Old layout: the distance from the centre is sum c_n cos(n theta) + s_n sin(n theta) (schema.md 5). Without coefficients: Miller's
 * formula from elongation and triangularity.
 */
export function surfaceShape(sim: Simulation): SurfaceShape | string {
  const s = sim.surface;
  const r = s.r_over_R;
  if (r === null || r <= 0) return "The document has no minor radius.";
  if (Math.max(s.shape_c.length, s.shape_s.length) > MAX_COEFFICIENTS) {
    return `The document has more than ${MAX_COEFFICIENTS} shape coefficients: they are no series of harmonics.`;
  }
  const shape = sim.source.layout === "gkdb"
    ? distanceSeries(s, r) ?? miller(s, r)
    : angleHarmonics(s, r) ?? miller(s, r);
  if (shape === null) {
    return "The document has neither shape coefficients nor elongation and triangularity, so the shape of its surface is not known.";
  }
  return shape.outline.every((p) => p.x > 0)
    ? shape
    : "The shape coefficients give a surface that reaches the axis of the torus, so they cannot be right.";
}

function angleHarmonics(s: Surface, r: number): SurfaceShape | null {
  const { kappa } = s;
  const [c, sine] = [whole(s.shape_c), whole(s.shape_s)];
  if (kappa === null || c === null || sine === null) return null;
  return shapeOf("angle harmonics", r, (theta) => ({
    x: 1 + r * Math.cos(theta + series(c, sine, theta)),
    y: kappa * r * Math.sin(theta),
  }));
}

function distanceSeries(s: Surface, r: number): SurfaceShape | null {
  const [c, sine] = [whole(s.shape_c), whole(s.shape_s)];
  if (c === null || sine === null) return null;
  if (Math.abs(c[0]! - r) > DISTANCE_TOLERANCE * r) return null;
  // The angle of this layout runs clockwise from the outer midplane.
  return shapeOf("distance series", r, (theta) => {
    const distance = series(c, sine, theta);
    return {
      x: 1 + distance * Math.cos(theta),
      y: -distance * Math.sin(theta),
    };
  });
}

function miller(s: Surface, r: number): SurfaceShape | null {
  const { kappa, delta } = s;
  if (kappa === null || delta === null || Math.abs(delta) > 1) return null;
  const zeta = s.zeta ?? 0;
  return shapeOf("Miller", r, (theta) => ({
    x: 1 + r * Math.cos(theta + Math.asin(delta) * Math.sin(theta)),
    y: kappa * r * Math.sin(theta + zeta * Math.sin(2 * theta)),
  }));
}

function series(c: number[], s: number[], theta: number): number {
  let sum = 0;
  for (const [n, value] of c.entries()) sum += value * Math.cos(n * theta);
  for (const [n, value] of s.entries()) sum += value * Math.sin(n * theta);
  return sum;
}

/** All coefficients, or null when one is missing or there is none. */
function whole(values: Maybe[]): number[] | null {
  const numbers = values.filter((v) => v !== null);
  return numbers.length === values.length && numbers.length > 0
    ? numbers
    : null;
}

function shapeOf(
  formula: SurfaceShape["formula"],
  r: number,
  at: (theta: number) => XY,
): SurfaceShape {
  const angles = Array.from(
    { length: POINTS },
    (_, k) => 2 * Math.PI * k / (POINTS - 1),
  );
  const outline = angles.map(at);
  const [inner, outer] = [
    Math.min(...outline.map((p) => p.x)),
    Math.max(...outline.map((p) => p.x)),
  ];
  const top = outline.reduce((best, p) => p.y > best.y ? p : best);
  const bottom = outline.reduce((best, p) => p.y < best.y ? p : best);
  const halfWidth = (outer - inner) / 2;
  return {
    outline,
    circle: angles.map((a) => ({
      x: 1 + r * Math.cos(a),
      y: r * Math.sin(a),
    })),
    formula,
    elongation: (top.y - bottom.y) / 2 / halfWidth,
    triangularity: ((inner + outer) / 2 - top.x) / halfWidth,
  };
}
