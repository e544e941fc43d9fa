import { sql } from "../sql.ts";
import type { Cell, RunRow } from "./list.ts";

/** Columns that a scan may vary, the likeliest first. */
const VARIED = [
  "ky",
  "RLTi",
  "RLTe",
  "RLne",
  "beta_e",
  "q",
  "s_hat",
  "nu_ee",
  "Ti_Te",
  "Z_eff",
  "kappa",
  "delta",
  "r_over_R",
  "gamma_E",
] as const;
const SHOWN = [
  "gamma",
  "omega",
  "Q_i",
  "Q_e",
  "stability",
  "n_ky",
  "a_over_R",
] as const;
/** Rows of the table, around the run itself. */
const WINDOW = 21;
const MAX_READ = 2000;
/** Values that differ by less are the same number, converted twice. */
const SAME = 1e-6;

/** The runs that were uploaded beside a run, along what they vary. */
export interface Siblings {
  /** The column that is varied first; null when nothing tells them apart. */
  varied: string | null;
  /** Around the run, itself included, by the varied column. */
  runs: RunRow[];
  total: number;
  previous: RunRow | null;
  next: RunRow | null;
}

/** What a run has in common with those beside it. */
interface Place {
  code: string | null;
  kind: string | null;
  folder_path: string;
}

/**
 * Runs of the same code and kind in the same folder or, where every run has a folder of its own, in the folder above it.
 *
 * Null when there is no other, and when the run is unknown or hidden.
 */
export async function listSiblings(id: number): Promise<Siblings | null> {
  const [place] = await sql<[Place?]>`
    select code, kind, folder_path from runs where id = ${id} and hidden_at is null`;
  if (!place) return null;
  const near = await beside(place);
  const rows = near.length > 1 ? near : await below(place);
  if (rows.length < 2) return null;
  const varied = variedOf(rows);
  const sorted = varied === null
    ? rows
    : rows.toSorted((a, b) =>
      rank(a[varied]!) - rank(b[varied]!) || a.id - b.id
    );
  const at = sorted.findIndex((r) => r.id === id);
  const from = Math.max(
    0,
    Math.min(at - (WINDOW - 1) / 2, sorted.length - WINDOW),
  );
  return {
    varied,
    runs: sorted.slice(from, from + WINDOW),
    total: sorted.length,
    previous: sorted[at - 1] ?? null,
    next: sorted[at + 1] ?? null,
  };
}

function beside(place: Place): Promise<RunRow[]> {
  return sql<RunRow[]>`${
    sameKind(place)
  } and folder_path = ${place.folder_path} order by id limit ${MAX_READ}`;
}

/** Runs one level below the folder above that are alone in theirs: a folder of several is a scan by itself. */
async function below(place: Place): Promise<RunRow[]> {
  const parent = place.folder_path.replace(/\/[^/]*\/?$/, "");
  if (parent === "") return [];
  return await sql<RunRow[]>`
    select * from (
      ${sameKind(place)} and starts_with(folder_path, ${`${parent}/`})
        and strpos(trim(trailing '/' from substr(folder_path, ${
    parent.length + 2
  })), '/') = 0
    ) one_down where of_folder = 1 order by id limit ${MAX_READ}`;
}

function sameKind({ code, kind }: Place) {
  return sql`
    select ${
    sql(["id", ...VARIED, ...SHOWN])
  }, count(*) over (partition by folder_path) as of_folder from runs
    where hidden_at is null and code is not distinct from ${code} and kind = ${kind}`;
}

/** The k_y of a document with many is only that of its largest growth rate: it follows from the others. */
function variedOf(rows: RunRow[]): string | null {
  const isSpectrum = rows.some((r) => Number(r.n_ky) > 1);
  return VARIED.filter((key) => key !== "ky" || !isSpectrum).find((key) =>
    differs(rows.map((r) => r[key]!))
  ) ?? null;
}

function differs(values: Cell[]): boolean {
  const numbers = values.filter((v) => typeof v === "number");
  if (numbers.length < 2) return false;
  const [low, high] = [Math.min(...numbers), Math.max(...numbers)];
  return high - low > SAME * Math.max(Math.abs(low), Math.abs(high));
}

/** Runs without a value come last. */
function rank(value: Cell): number {
  return typeof value === "number" ? value : Number.MAX_VALUE;
}
