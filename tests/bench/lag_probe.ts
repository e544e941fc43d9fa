/** The app with a measure of its event loop beside it: how late a timer of 5 ms comes, written to `LAG_FILE` as milliseconds, one a line. */
const EVERY_MS = 5;
const WRITE_MS = 500;

const path = Deno.env.get("LAG_FILE")!;
let late: number[] = [];
let last = performance.now();
setInterval(() => {
  const now = performance.now();
  late.push(Math.max(0, now - last - EVERY_MS));
  last = now;
}, EVERY_MS);
setInterval(() => {
  const lines = late.map((ms) => `${ms.toFixed(2)}\n`).join("");
  late = [];
  Deno.writeTextFile(path, lines, { append: true });
}, WRITE_MS);
await import("../../main.ts");
