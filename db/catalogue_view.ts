import { EXTRACTOR_VERSION } from "../physics/columns.ts";
import { addJob } from "./queue.ts";
import { sql } from "./sql.ts";
import {
  listPasses,
  listUnreadable,
  type SyncPass,
  type UnreadableDocument,
} from "./sync_passes.ts";
import { type HiddenRun, listHiddenRuns } from "./visibility.ts";

const PASSES = 30;
const UNREADABLE = 500;

/** The catalogue as an admin sees it. */
export interface CatalogueView {
  /** Runs by collection and layout. */
  counts: {
    collection: string;
    layout: string;
    runs: number;
    files: number;
    missing: number;
    bytes: number;
  }[];
  hidden: HiddenRun[];
  passes: SyncPass[];
  unreadable: UnreadableDocument[];
  unreadable_total: number;
  /** Of this program; passes of another one are repeated in full. */
  extractor_version: string;
  /** A sync waits or runs. */
  pending: boolean;
}

/** Counts, the last passes and the documents that cannot be shown. */
export async function getCatalogueView(): Promise<CatalogueView> {
  const [counts, passes, unreadable, hidden, [rest]] = await Promise.all([
    sql<CatalogueView["counts"]>`
      select collection, layout, count(*)::int as runs, coalesce(sum(n_files), 0)::int as files,
        coalesce(sum(n_missing), 0)::int as missing, coalesce(sum("bytes"), 0)::bigint as bytes
      from runs group by 1, 2 order by 1, 2`,
    listPasses(PASSES),
    listUnreadable(UNREADABLE),
    listHiddenRuns(),
    sql<[{ unreadable_total: number; pending: boolean }]>`
      select (select count(*)::int from unreadable_documents) as unreadable_total,
        exists (select from graphile_worker.jobs where task_identifier = 'sync_catalogue' and (locked_at is not null or run_at <= now())) as pending`,
  ]);
  return {
    counts: [...counts],
    passes: [...passes],
    unreadable: [...unreadable],
    hidden: [...hidden],
    extractor_version: EXTRACTOR_VERSION,
    ...rest,
  };
}

/** Asks for a pass now: `new` compares ids, `full` reads every document again. */
export async function requestSync(pass: SyncPass["kind"]): Promise<void> {
  await addJob(sql, "sync_catalogue", { pass }, {
    key: `sync_catalogue:${pass}`,
  });
}
