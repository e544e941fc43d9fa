import { z } from "zod";
import { INPUT_KEY, type Part, Parts } from "./parts.ts";
import { parseQueryString, type RunFilter } from "./runs/query.ts";
import { type Fragment, where } from "./runs/where.ts";
import { sql } from "./sql.ts";

/** Rows of missing files that a pre-flight lists; the count is exact. */
const LISTED_MISSING = 100;
const MAX_QUERY_LENGTH = 8000;
/** Runs that a form can name; a search names as many as there are. */
const MAX_NAMED_RUNS = 10_000;

/** The runs that a download is asked for: picked ones, or all of a search. */
export type Selection = { runs: number[] } | {
  /** The query string of /runs. */
  query: string;
  filter: RunFilter;
};

const RunId = z.string().regex(/^\d{1,15}$/, "must be a run's number")
  .transform(Number);

/** `run=` (repeatable) or `query=`, and `parts=`: the same for the pre-flight and for the request. */
export const DownloadOrder = z.object({
  run: z.union([RunId.transform((id) => [id]), z.array(RunId)]).refine(
    (ids) => ids.length <= MAX_NAMED_RUNS,
    `at most ${MAX_NAMED_RUNS} runs can be named, more by query`,
  ).optional(),
  query: z.string().max(MAX_QUERY_LENGTH).optional(),
  parts: Parts,
}).transform(({ run, query, parts }, ctx) => {
  const selection = toSelection(run, query);
  if (typeof selection !== "string") return { selection, parts };
  ctx.addIssue({
    code: "custom",
    path: [query === undefined ? "run" : "query"],
    message: selection,
  });
  return z.NEVER;
});
export type DownloadOrder = z.infer<typeof DownloadOrder>;

function toSelection(
  run: number[] | undefined,
  query: string | undefined,
): Selection | string {
  if (run && query !== undefined) return "either run or query may be given";
  if (run) return { runs: [...new Set(run)] };
  if (query === undefined) return "choose runs, or give the query of a search";
  const parsed = parseQueryString(query);
  if (parsed.success && parsed.data.like) {
    return "like depends on what the catalogue holds: choose runs instead";
  }
  if (parsed.success) return { query, filter: parsed.data };
  return parsed.error.issues.map((i) =>
    i.code === "unrecognized_keys"
      ? `${i.keys.join(", ")} is unknown`
      : `${i.path.join(".")} ${i.message}`
  ).join("; ");
}

/** Files of one part: those there are, and what is named but not whole. */
export interface PartSum {
  part: "inputs" | "files" | "diagnostics";
  files: number;
  bytes: number;
  missing: number;
}

/** A file that the source names but does not hold whole. */
export interface MissingFile {
  run_id: number;
  run: string;
  key: string;
  state: "dangling" | "damaged";
}

/** What an archive of a selection would hold, by the catalogue. */
export interface Preflight {
  runs: number;
  /** Each file once: `files` here without the input files. */
  parts: PartSum[];
  missing: MissingFile[];
  /** The run's name, when it is one. */
  name: string | null;
  /** Picked ids that are not in the catalogue. */
  unknown: number[];
}

/** Looks at the runs of a selection. Reads the catalogue only, so it answers while the source is away. */
export async function getPreflight(selection: Selection): Promise<Preflight> {
  const chosen = selectionWhere(selection);
  const [[counted], parts, missing] = await Promise.all([
    sql<[{ runs: number; name: string | null; ids: number[] | null }]>`
      select count(*)::int as runs, min(${runName}) as name,
        ${"runs" in selection ? sql`array_agg(id)` : sql`null`} as ids
      from runs where ${chosen}`,
    sql<PartSum[]>`
      select ${partOf} as part,
        (count(*) filter (where file->>'state' = 'ok'))::int as files,
        coalesce(sum((file->>'length')::bigint) filter (where file->>'state' = 'ok'), 0)::bigint as bytes,
        (count(*) filter (where file->>'state' in ('dangling', 'damaged')))::int as missing
      from runs cross join jsonb_array_elements(detail->'files') as f(file)
      where ${chosen} group by 1`,
    sql<MissingFile[]>`
      select id as run_id, ${runName} as run, file->>'key' as key, file->>'state' as state
      from runs cross join jsonb_array_elements(detail->'files') as f(file)
      where ${chosen} and n_missing > 0 and file->>'state' in ('dangling', 'damaged')
      order by id limit ${LISTED_MISSING}`,
  ]);
  const known = new Set((counted.ids ?? []).map(Number));
  return {
    runs: counted.runs,
    name: counted.runs === 1 ? counted.name : null,
    parts: [...parts],
    missing: [...missing],
    unknown: "runs" in selection
      ? selection.runs.filter((id) => !known.has(id))
      : [],
  };
}

/** Files, bytes and missing files of the chosen parts. */
export function chosenTotals(
  preflight: Preflight,
  parts: readonly Part[],
): { files: number; bytes: number; missing: number } {
  const chosen = preflight.parts.filter(({ part }) =>
    parts.includes(part) || (part === "inputs" && parts.includes("files"))
  );
  const sum = (of: (p: PartSum) => number) =>
    chosen.reduce((total, p) => total + of(p), 0);
  return {
    files: sum((p) => p.files),
    bytes: sum((p) => p.bytes),
    missing: sum((p) => p.missing),
  };
}

/** The condition on `runs` that a selection stands for; hidden runs are never in it. */
export function selectionWhere(selection: Selection): Fragment {
  return "filter" in selection
    ? where(selection.filter)
    : sql`id = any(${selection.runs}::bigint[]) and hidden_at is null`;
}

/** Last folder and suffix: what people call a run. */
const runName = sql`
  regexp_replace(folder_path, '^.*/(?=[^/])', '') || case when run_suffix ~ '^([_.-]|$)' then '' else '_' end || run_suffix`;

/** The part that a file, an element `file` of `detail->'files'`, is counted to. */
export const partOf = sql`
  case when file->>'block' = 'Diagnostics' then 'diagnostics'
    when file->>'key' ~* ${INPUT_KEY} then 'inputs' else 'files' end`;
