import type { Maybe } from "../simulation.ts";

/** What a script zooms into: every stored point of some lines over time. */
export interface TimeRecord {
  /** Plain symbol and unit of the time. */
  x: { label: string; unit: string };
  time: Maybe[];
  panels: RecordPanel[];
}

/** Lines that stand in one frame. */
export interface RecordPanel {
  /** Key of the drawn panel that shows the same. */
  key: string;
  title: string;
  /** Plain symbol of what stands upwards. */
  label: string;
  unit: string;
  /** Only what is positive is drawn, on a logarithmic axis. */
  log: boolean;
  series: { label: string; values: Maybe[] }[];
}

/** Numbers of one packed record: 800 kB. A document's arrays, at most 2 MB, hold fewer; only an old, long nrg file has more. */
const MAX_NUMBERS = 200_000;
const HEADER_BYTES = 12;

/**
 * A record as bytes, all little-endian:
 *
 * - Uint32: number of lines n (the time is not counted), number of points m, bytes of the JSON that follows;
 * - JSON in UTF-8, filled up with spaces to a multiple of 4: `x`, `stored` (points in the source), `every` (each how many of them is here)
 *   and `panels`, each with `key title label unit log` and its `series`, the names of its lines;
 * - Float32: the m times, ascending, then the m values of each line, panel by panel. NaN: no number at that time.
 */
export function packed({ x, time, panels }: TimeRecord): Uint8Array {
  const lines = panels.flatMap((p) => p.series.map((s) => s.values));
  const order = [...time.keys()].filter((k) => time[k] !== null).sort((a, b) =>
    time[a]! - time[b]!
  );
  const every = Math.max(
    1,
    Math.ceil(order.length * (lines.length + 1) / MAX_NUMBERS),
  );
  const kept = order.filter((_, k) => k % every === 0);
  const json = padded(JSON.stringify({
    x,
    stored: time.length,
    every,
    panels: panels.map((p) => ({
      ...p,
      series: p.series.map((s) => s.label),
    })),
  }));
  const start = HEADER_BYTES + json.length;
  const bytes = new Uint8Array(start + 4 * kept.length * (lines.length + 1));
  const view = new DataView(bytes.buffer);
  [lines.length, kept.length, json.length].forEach((n, k) =>
    view.setUint32(4 * k, n, true)
  );
  bytes.set(json, HEADER_BYTES);
  [time, ...lines].forEach((line, l) =>
    kept.forEach((k, at) =>
      view.setFloat32(
        start + 4 * (l * kept.length + at),
        line[k] ?? NaN,
        true,
      )
    )
  );
  return bytes;
}

/** UTF-8 of a multiple of four bytes, as numbers of four bytes follow. */
function padded(text: string): Uint8Array {
  const bytes = new TextEncoder().encode(text);
  const whole = new Uint8Array(Math.ceil(bytes.length / 4) * 4).fill(0x20);
  whole.set(bytes);
  return whole;
}
