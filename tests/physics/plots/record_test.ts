import { expect } from "expect";
import { packed, type TimeRecord } from "../../../physics/plots/record.ts";
import type { Maybe } from "../../../physics/simulation.ts";

/** A record with one panel. */
function record(time: Maybe[], ...lines: Maybe[][]): TimeRecord {
  return {
    x: { label: "t", unit: "R0/v" },
    time,
    panels: [{
      key: "energy",
      title: "Heat flux",
      label: "Q",
      unit: "",
      log: false,
      series: lines.map((values, k) => ({ label: `line ${k}`, values })),
    }],
  };
}

/** Reads the bytes as the doc comment of packed() describes them. */
function read(bytes: Uint8Array) {
  const view = new DataView(bytes.buffer);
  const [lines, points, length] = [0, 4, 8].map((at) =>
    view.getUint32(at, true)
  ) as [number, number, number];
  const json = new TextDecoder().decode(bytes.subarray(12, 12 + length));
  const start = 12 + length;
  expect(start % 4).toBe(0);
  expect(bytes.length).toBe(start + 4 * points * (lines + 1));
  const rows = Array.from(
    { length: lines + 1 },
    (_, l) =>
      Array.from(
        { length: points },
        (_, k) => view.getFloat32(start + 4 * (l * points + k), true),
      ),
  );
  return { lines, points, header: JSON.parse(json), rows };
}

Deno.test("packed() writes times in order, lines behind one another, and NaN where there is no number", () => {
  const { lines, points, header, rows } = read(
    packed(record([2, 1, null, 4], [20, 10, 5, null], [0.5, NaN, 1])),
  );
  expect([lines, points]).toEqual([2, 3]);
  expect(rows).toEqual([[1, 2, 4], [10, 20, NaN], [NaN, 0.5, NaN]]);
  expect([header.stored, header.every]).toEqual([4, 1]);
  expect(header.panels[0].series).toEqual(["line 0", "line 1"]);
});

Deno.test("packed() keeps 100,000 points of one line in 800 kB, and thins evenly what is longer", () => {
  const n = 100_000;
  const time = Array.from({ length: n }, (_, k) => k);
  // Time and one line of four bytes each: 2 x 4 x 100,000 = 800,000 bytes behind the header.
  const one = packed(record(time, time));
  expect(read(one)).toMatchObject({ points: n, header: { every: 1 } });
  expect(one.length - 800_000).toBeLessThan(400);
  // Four numbers a point: 400,000 of them, one point in two.
  const three = read(packed(record(time, time, time, time)));
  expect(three.header).toMatchObject({ every: 2, stored: n });
  expect(three.points).toBe(n / 2);
  expect(three.rows[3]!.slice(0, 3)).toEqual([0, 2, 4]);
});

Deno.test("packed() writes an empty record, one point, and lines without any number", () => {
  expect(read(packed(record([]))).points).toBe(0);
  expect(read(packed(record([3], [-7]))).rows).toEqual([[3], [-7]]);
  expect(read(packed(record([1, 2], [null, null], []))).rows.slice(1))
    .toEqual([[NaN, NaN], [NaN, NaN]]);
});
