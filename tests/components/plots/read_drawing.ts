/** Reads plots off their SVG, as an eye with a ruler does: what stands where, by the labels of the axes alone. Shares no line with the drawing. */
import { expect } from "expect";

/** A place in pixels, or in the units of the axes. */
export type Place = [number, number];

/** One frame of a drawing. */
export interface Frame {
  title: string;
  x: Axis;
  y: Axis;
  series: { line: Place[]; markers: Place[]; bars: Bar[] }[];
  /** Left and right edge of the shaded stretch. */
  band: [number, number] | null;
  /** Places of vertical lines with words, and of horizontal ones. */
  marks: number[];
  levels: number[];
}

/** Values along pixels, from the labels. */
export interface Axis {
  isLog: boolean;
  /** Rightwards and upwards are forwards; null for names. */
  grows: "forwards" | "backwards" | null;
  /** Pixel of a value. */
  at(value: number): number;
  value(pixel: number): number;
}

interface Bar {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** Pixels by which a place may be off: both are rounded to tenths, and so are the ticks. */
const SLACK = 0.16;
const NUMBER = String.raw`(-?[\d.]+(?:e-?\d+)?)`;

/** The frames of a page or file, in their order. */
export function framesOf(html: string): Frame[] {
  const svgs = html.match(/<svg[^>]*viewBox="0 0 480 320".*?<\/svg>/gs) ?? [];
  return svgs.map(frameOf);
}

function frameOf(svg: string): Frame {
  const own = svg.split(/(?=<g class="s s\d)/);
  const published = [
    ...own[0]!.matchAll(/<line class="published"[^>]*>/g),
  ].map((m) => m[0]);
  const vertical = published.filter((l) =>
    attribute(l, "x1") === attribute(l, "x2")
  );
  const band = /<rect class="band"[^>]*>/.exec(svg)?.[0];
  const axes = axesOf(svg);
  // Larger values stand further right and further up.
  expect([axes.x.grows, axes.y.grows]).not.toContain("backwards");
  return {
    title: /<title[^>]*>(.*?)<\/title>/s.exec(svg)?.[1] ?? "",
    ...axes,
    series: own.slice(1).map(seriesOf),
    band: band
      ? [attribute(band, "x"), attribute(band, "x") + attribute(band, "width")]
      : null,
    marks: vertical.map((l) => attribute(l, "x1")),
    levels: published.filter((l) => !vertical.includes(l)).map((l) =>
      attribute(l, "y1")
    ),
  };
}

/** The axes of a drawing, by its ticks. */
export function axesOf(svg: string): { x: Axis; y: Axis } {
  const powers = [
    ...svg.matchAll(
      /<text x="([\d.]+)" y="([\d.]+)"[^>]*><tspan[^>]*>× 10<\/tspan><tspan[^>]*>([−\d]+)</g,
    ),
  ].map(([, x, y, power]) => ({ x: Number(x), y: Number(y), power: power! }));
  const factor = (isX: boolean) =>
    10 **
      numberOf(
        powers.find((p) => (p.y > 272) === isX)?.power ?? "0",
      );
  const ticks = (pattern: RegExp, unit: number) =>
    [...svg.matchAll(pattern)].map(([, at, label]) => ({
      pixel: Number(at),
      value: numberOf(label!) * unit,
    }));
  return {
    x: axisOf(
      ticks(
        /<line class="axis" x1="([\d.]+)"[^>]*>(?:<\/line>)?<text[^>]*>([^<]*)<\/text>/g,
        factor(true),
      ),
      1,
    ),
    y: axisOf(
      ticks(
        /<line class="gridline"[^>]*y1="([\d.]+)"[^>]*>(?:<\/line>)?<text[^>]*>([^<]*)<\/text>/g,
        factor(false),
      ),
      -1,
    ),
  };
}

/** A straight line through all ticks, or one through their logarithms where they stand so. */
function axisOf(
  ticks: { pixel: number; value: number }[],
  forwards: number,
): Axis {
  for (const isLog of [false, true]) {
    const to = (v: number) => isLog ? Math.log(v) : v;
    if (isLog && ticks.some((t) => t.value <= 0)) continue;
    const [first, last] = [ticks[0]!, ticks.at(-1)!];
    const slope = (last.pixel - first.pixel) /
      (to(last.value) - to(first.value));
    const at = (v: number) => first.pixel + slope * (to(v) - to(first.value));
    if (ticks.every((t) => Math.abs(at(t.value) - t.pixel) <= SLACK)) {
      const value = (pixel: number) => {
        const v = to(first.value) + (pixel - first.pixel) / slope;
        return isLog ? Math.exp(v) : v;
      };
      const grows = slope * forwards > 0 ? "forwards" : "backwards";
      return { isLog, grows, at, value };
    }
  }
  // Names along the axis: places are none.
  return { isLog: false, grows: null, at: () => NaN, value: () => NaN };
}

function seriesOf(group: string): Frame["series"][number] {
  const d = /<path class="line" d="([^"]*)"/.exec(group)?.[1] ?? "";
  const marker = new RegExp(
    `<g transform="translate\\(${NUMBER},${NUMBER}\\)"`,
    "g",
  );
  return {
    line: placesOf(d),
    markers: [...group.matchAll(marker)].map(([, x, y]) => [
      Number(x),
      Number(y),
    ]),
    bars: [...group.matchAll(/<rect class="bar-shape"[^>]*>/g)].map(([r]) => {
      const [x, y] = [attribute(r, "x"), attribute(r, "y")];
      return {
        left: x,
        right: x + attribute(r, "width"),
        top: y,
        bottom: y + attribute(r, "height"),
      };
    }),
  };
}

/** The corners of a path of straight pieces. */
export function placesOf(d: string): Place[] {
  return [...d.matchAll(new RegExp(`${NUMBER},${NUMBER}`, "g"))].map((
    [, x, y],
  ) => [Number(x), Number(y)]);
}

function attribute(element: string, name: string): number {
  return Number(new RegExp(` ${name}="${NUMBER}"`).exec(element)![1]);
}

const SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/** A label as a number: `−0.5`, `10⁻⁶`. */
export function numberOf(label: string): number {
  const power = /^10([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)$/.exec(label)?.[1];
  if (power) {
    const digits = [...power.replace("⁻", "")].map((c) =>
      SUPERSCRIPTS.indexOf(c)
    ).join("");
    return 10 ** (power.startsWith("⁻") ? -Number(digits) : Number(digits));
  }
  return Number(label.replace("−", "-").replaceAll(",", ""));
}

/** Expects places to stand where the labels of the axes say that these values are, in this order. */
export function expectPlaces(
  places: Place[],
  values: Place[],
  { x, y }: Pick<Frame, "x" | "y">,
): void {
  expect(places.length).toBe(values.length);
  const off = places.flatMap(([px, py], k) => {
    const [vx, vy] = values[k]!;
    const by = [px - x.at(vx), py - y.at(vy)];
    return by.every((d) => Math.abs(d) <= SLACK)
      ? []
      : [`${vx}, ${vy} stands ${by} beside its place`];
  });
  expect(off).toEqual([]);
}

/** Expects a pixel to be that of a value. */
export function expectAt(pixel: number, value: number, axis: Axis): void {
  expect(Math.abs(pixel - axis.at(value))).toBeLessThanOrEqual(SLACK);
}
