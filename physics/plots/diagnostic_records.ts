/** Times that something is averaged over. */
export interface Window {
  from: number;
  to: number;
  n: number;
}

/** Records of the last half of the times; all of them where no times fit, and then no window. */
export function lastHalf<T>(
  rows: T[],
  times: number[] | undefined,
): { rows: T[]; window: Window | null } {
  if (!times || times.length !== rows.length) return { rows, window: null };
  const [from, to] = [(times[0]! + times.at(-1)!) / 2, times.at(-1)!];
  const kept = rows.filter((_, k) => times[k]! >= from);
  return kept.length < 2
    ? { rows: kept.length === 0 ? rows : kept, window: null }
    : { rows: kept, window: { from, to, n: kept.length } };
}

/** The mean at each place over lines of one length. */
export function meanOf(rows: number[][]): number[] {
  return rows[0]!.map((_, k) =>
    rows.reduce((sum, row) => sum + row[k]!, 0) / rows.length
  );
}
