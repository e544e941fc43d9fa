import type { BenchSet, Way } from "./sets.ts";

/** What one contender needed for one set. */
export interface Measured {
  set: string;
  way: Way;
  seconds: number;
  cpu_s: number;
  rss_mb: number;
  missing: number;
}

/** What the archive must reach, as ratios of other ways' seconds to ours. */
const WAYS: [Way, string][] = [
  ["ours", "archive with SHA-256"],
  ["read", "our reader alone"],
  ["one_step", "Python, one step, no hashes"],
  ["one_step_sha", "Python, one step, SHA-256"],
  ["two_steps", "Python, two steps"],
];

/** All measures as a table in Markdown: rates, memory, and how many times faster than each of the others. */
export function table(sets: BenchSet[], measured: Measured[]): string {
  const head = [
    "| set | way | seconds | MB/s | files/s | CPU s | peak MB | ours is |",
    "|---|---|---:|---:|---:|---:|---:|---:|",
  ];
  const rows = sets.flatMap((set) => rowsOf(set, measured));
  return [...head, ...rows].join("\n");
}

function rowsOf(set: BenchSet, measured: Measured[]): string[] {
  const lengths = set.runs.flat();
  const megabytes = lengths.reduce((sum, length) => sum + length, 0) / 1e6;
  const found = (way: Way) =>
    measured.find((m) => m.set === set.key && m.way === way);
  const ours = found("ours");
  return WAYS.flatMap(([way, words]) => {
    const m = found(way);
    if (!m) return [];
    const cells = [
      way === "ours" ? set.title : "",
      words,
      m.seconds.toFixed(2),
      Math.round(megabytes / m.seconds),
      Math.round(lengths.length / m.seconds),
      m.cpu_s.toFixed(1),
      m.rss_mb,
      ours && way !== "ours"
        ? `${(m.seconds / ours.seconds).toFixed(2)} x`
        : "",
    ];
    return [`| ${cells.join(" | ")} |`];
  });
}
