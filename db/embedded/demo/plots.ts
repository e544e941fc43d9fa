import { glyph } from "./font.ts";
import { type Bitmap, encodePng, type Palette } from "./png.ts";

/** A line to draw, in the units of the axes. */
export interface Line {
  x: number[];
  y: number[];
  label: string;
}

export interface PlotOptions {
  title: string;
  x: string;
  y: string;
  lines: Line[];
}

const WIDTH = 640, HEIGHT = 420;
const LEFT = 78, RIGHT = 16, TOP = 52, BOTTOM = 52;
const GREY = 2, INK = 1;
const PALETTE: Palette = [
  [255, 255, 255],
  [30, 30, 30],
  [205, 205, 205],
  [31, 90, 170],
  [200, 70, 30],
  [40, 130, 70],
];

/** A line plot with axes, ticks, labels and a key, as base64 PNG. */
export function linePlot({ title, x, y, lines }: PlotOptions): string {
  const bitmap: Bitmap = {
    width: WIDTH,
    height: HEIGHT,
    pixels: new Uint8Array(WIDTH * HEIGHT),
  };
  const across = axis(lines.flatMap((l) => l.x), LEFT, WIDTH - RIGHT);
  const up = axis([0, ...lines.flatMap((l) => l.y)], HEIGHT - BOTTOM, TOP);
  for (const tick of across.ticks) {
    stroke(
      bitmap,
      [across.at(tick), TOP, across.at(tick), HEIGHT - BOTTOM],
      GREY,
    );
    write(bitmap, across.name(tick), across.at(tick), HEIGHT - BOTTOM + 8, {
      align: 0.5,
    });
  }
  for (const tick of up.ticks) {
    stroke(bitmap, [LEFT, up.at(tick), WIDTH - RIGHT, up.at(tick)], GREY);
    write(bitmap, up.name(tick), LEFT - 8, up.at(tick) - 3, { align: 1 });
  }
  frame(bitmap);
  lines.forEach((line, i) => draw(bitmap, line, across.at, up.at, 3 + i % 3));
  lines.forEach((line, i) =>
    write(bitmap, line.label, WIDTH - RIGHT - 10, TOP + 8 + 14 * i, {
      align: 1,
      colour: 3 + i % 3,
    })
  );
  write(bitmap, title, LEFT, 12, { scale: 2 });
  write(bitmap, x, (LEFT + WIDTH - RIGHT) / 2, HEIGHT - 24, {
    align: 0.5,
    scale: 2,
  });
  write(bitmap, y, LEFT, TOP - 14, {});
  return btoa(String.fromCharCode(...encodePng(bitmap, PALETTE)));
}

/** Round ticks over the data's range and the map to pixels. */
function axis(values: number[], from: number, to: number) {
  const low = Math.min(...values), high = Math.max(...values, low + 1e-12);
  const rough = (high - low) / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].find((m) => m * power >= rough)! * power;
  const start = Math.floor(low / step), end = Math.ceil(high / step);
  const ticks = Array.from(
    { length: end - start + 1 },
    (_, i) => (start + i) * step,
  );
  const digits = Math.max(0, -Math.floor(Math.log10(step)));
  const at = (v: number) =>
    Math.round(
      from + (v - start * step) / ((end - start) * step) * (to - from),
    );
  return { ticks, at, name: (v: number) => v.toFixed(Math.min(digits, 6)) };
}

function frame(bitmap: Bitmap): void {
  const [right, bottom] = [WIDTH - RIGHT, HEIGHT - BOTTOM];
  for (
    const edge of [[LEFT, TOP, right, TOP], [LEFT, bottom, right, bottom], [
      LEFT,
      TOP,
      LEFT,
      bottom,
    ], [right, TOP, right, bottom]]
  ) {
    stroke(bitmap, edge as Segment, INK);
  }
}

function draw(
  bitmap: Bitmap,
  { x, y }: Line,
  across: (v: number) => number,
  up: (v: number) => number,
  colour: number,
): void {
  for (let i = 1; i < x.length; i++) {
    const segment: Segment = [
      across(x[i - 1]!),
      up(y[i - 1]!),
      across(x[i]!),
      up(y[i]!),
    ];
    stroke(bitmap, segment, colour);
    stroke(
      bitmap,
      [segment[0], segment[1] + 1, segment[2], segment[3] + 1],
      colour,
    );
  }
}

type Segment = [x0: number, y0: number, x1: number, y1: number];

/** Bresenham's line. */
function stroke(
  bitmap: Bitmap,
  [x0, y0, x1, y1]: Segment,
  colour: number,
): void {
  const steps = Math.max(Math.abs(x1 - x0), Math.abs(y1 - y0), 1);
  for (let i = 0; i <= steps; i++) {
    dot(
      bitmap,
      Math.round(x0 + (x1 - x0) * i / steps),
      Math.round(y0 + (y1 - y0) * i / steps),
      colour,
    );
  }
}

function dot(
  { width, height, pixels }: Bitmap,
  x: number,
  y: number,
  colour: number,
): void {
  if (x >= 0 && y >= 0 && x < width && y < height) {
    pixels[y * width + x] = colour;
  }
}

/** Text from its upper left corner; `align` moves it left by that share of its width. */
function write(
  bitmap: Bitmap,
  text: string,
  x: number,
  y: number,
  { align = 0, scale = 1, colour = INK }: {
    align?: number;
    scale?: number;
    colour?: number;
  },
): void {
  const start = Math.round(x - align * 6 * scale * text.length);
  [...text].forEach((character, n) => {
    glyph(character).forEach((row, dy) => {
      for (let bit = 0; bit < 5; bit++) {
        if (!(row & (16 >> bit))) continue;
        for (let i = 0; i < scale * scale; i++) {
          const px = start + (6 * n + bit) * scale + i % scale;
          dot(bitmap, px, y + dy * scale + Math.floor(i / scale), colour);
        }
      }
    });
  });
}
