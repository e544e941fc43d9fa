const DIGITS = 4;

/** Every stored point of a plot, arranged as in physics/plots/record.ts. */
export async function fetchRecord(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address}: ${response.status}`);
  return unpacked(await response.arrayBuffer());
}

/** The record of some bytes; a line is an array of numbers, null where there is none. */
function unpacked(buffer) {
  const [lines, points, length] = new Uint32Array(buffer, 0, 3);
  const header = JSON.parse(
    new TextDecoder().decode(new Uint8Array(buffer, 12, length)),
  );
  const line = (k) =>
    new Float32Array(buffer, 12 + length + 4 * k * points, points);
  const all = Array.from({ length: lines }, (_, k) => line(k + 1));
  let first = 0;
  const panels = header.panels.map((panel) => {
    const last = first + panel.series.length;
    const data = all.slice(first, last).map((values) => gapped(values, panel));
    first = last;
    return { ...panel, data };
  });
  return { ...header, points, time: line(0), panels };
}

/** As a typed array where every number can be drawn, which is the quickest. */
function gapped(values, { log }) {
  const isDrawn = (v) => Number.isFinite(v) && (!log || v > 0);
  return values.every(isDrawn)
    ? values
    : Array.from(values, (v) => isDrawn(v) ? v : null);
}

/** How many of the stored points there are. */
export function about({ points, stored, every }) {
  const n = points.toLocaleString("en-GB");
  return every > 1
    ? `${n} points: one in ${every} of ${stored.toLocaleString("en-GB")}.`
    : `All ${n} points.`;
}

/** Mean and standard deviation of each line over a stretch of the time, in words. */
export function means({ x, time, panels }, from, to) {
  const seen = [...time.keys()].filter((k) => time[k] >= from && time[k] <= to);
  const sentences = panels.map(({ title, unit, series, data }) => {
    const words = series.map((name, k) => {
      const { mean, deviation, n } = moments(data[k], seen);
      return n === 0
        ? `${name} no number`
        : `${name} ${round(mean)} ± ${round(deviation)}`;
    });
    return `${title}${unit && ` (${unit})`}: ${words.join(", ")}.`;
  });
  return `Mean ± standard deviation of ${
    seen.length.toLocaleString("en-GB")
  } points over ${x.label} = ${round(from)} to ${round(to)} ${x.unit}. ${
    sentences.join(" ")
  }`;
}

function moments(values, seen) {
  const held = seen.map((k) => values[k]).filter((v) => v !== null);
  const n = held.length;
  const mean = held.reduce((sum, v) => sum + v, 0) / n;
  const square = held.reduce((sum, v) => sum + (v - mean) ** 2, 0) / n;
  return { n, mean, deviation: Math.sqrt(square) };
}

/** A number as it stands in fields and sentences. */
export function round(value) {
  return String(Number(value.toPrecision(DIGITS)));
}
