import { getCatalogueState } from "./runs/state.ts";
import { sql } from "./sql.ts";

/** How long an answer is kept: the front page needs no fresher one, and costs Postgres nothing when it is popular. */
const KEEP_MS = 5_000;

/** Runs of one code, by kind. */
export interface CodeCounts {
  /** Null: the document names none. */
  code: string | null;
  linear: number;
  nonlinear: number;
  quasilinear: number;
  total: number;
}

/** How much the catalogue holds. */
export interface CatalogueCounts {
  total: number;
  /** Largest first. */
  codes: CodeCounts[];
  devices: number;
  /** Start of the last good pass of the sync; null before the first. */
  as_of: Date | null;
}

/** A run as the front page names it. */
export interface NewRun {
  id: number;
  code: string | null;
  kind: string | null;
  folder: string | null;
  suffix: string | null;
  uploaded_at: Date | null;
}

let kept: { until: number; counts: Promise<CatalogueCounts> } | null = null;

/** Counts of the runs that are not hidden; at most {@linkcode KEEP_MS} old. */
export function getCatalogueCounts(
  now: number = Date.now(),
): Promise<CatalogueCounts> {
  if (!kept || now >= kept.until) {
    const counts = readCounts();
    kept = { until: now + KEEP_MS, counts };
    // A failure is not kept: the next request asks again.
    counts.catch(() => kept = null);
  }
  return kept.counts;
}

/** The runs that were uploaded last. */
export function listNewestRuns(limit: number): Promise<NewRun[]> {
  return sql<NewRun[]>`
    select id, code, kind, folder, suffix, uploaded_at from runs
    where hidden_at is null order by uploaded_at desc nulls last, id desc limit ${limit}`;
}

async function readCounts(): Promise<CatalogueCounts> {
  const [codes, [row], { as_of }] = await Promise.all([
    sql<CodeCounts[]>`
      select code,
        (count(*) filter (where kind = 'linear'))::int as linear,
        (count(*) filter (where kind = 'nonlinear'))::int as nonlinear,
        (count(*) filter (where kind = 'quasilinear'))::int as quasilinear,
        count(*)::int as total
      from runs where hidden_at is null group by code order by total desc, code`,
    sql<[{ devices: number }]>`
      select count(distinct device)::int as devices from runs where hidden_at is null`,
    getCatalogueState(),
  ]);
  const total = codes.reduce((sum, c) => sum + c.total, 0);
  return { total, codes, ...row, as_of };
}
