import { createHash } from "node:crypto";
import {
  COLUMNS,
  columnValues,
  EXTRACTOR_VERSION,
} from "../physics/columns.ts";
import type { Simulation } from "../physics/simulation.ts";
import { thinned } from "../physics/thin.ts";
import type { DocumentId } from "./source/documents.ts";
import { inputNumbers } from "./run_inputs.ts";
import { type Sql, sql } from "./sql.ts";

/** What writing a batch did. */
export interface Written {
  added: number;
  changed: number;
  rehomed: number;
}

const STORED = COLUMNS.filter((c) => c.stored).map((c) => c.key);
const BASE = [
  "source_id",
  "folder_path",
  "run_suffix",
  "detail",
  "inputs",
  "row_hash",
];

/**
 * Writes runs into the catalogue: new ones are added, under the number of a vanished run of the same natural key if there is one;
 * known ones are changed only when their content differs. One transaction.
 */
export async function writeRuns(simulations: Simulation[]): Promise<Written> {
  const all = simulations.map(catalogueRow);
  const rows = await differing(all);
  return await sql.begin(async (tx) => {
    const read = all.map((r) => r.source_id);
    await tx`delete from unreadable_documents where source_id = any(${read})`;
    if (rows.length === 0) return { added: 0, changed: 0, rehomed: 0 };
    const rehomed = await rehome(tx, rows);
    const inputs = await inputNumbers(tx, rows.map((r) => r.detail.input));
    const full = rows.map((row, n) => ({ ...row, inputs: inputs[n]! }));
    const written = await tx<{ source_id: string; is_new: boolean }[]>`
      insert into runs (${tx([...BASE, ...STORED])})
      select ${
      tx([...BASE, ...STORED])
    } from jsonb_populate_recordset(null::runs, ${tx.json(full as never)})
      on conflict (source_id) do update set ${
      assignments(tx)
    }, synced_at = now()
      where runs.row_hash <> excluded.row_hash
      returning source_id, xmax = 0 as is_new`;
    const added = written.filter((w) => w.is_new).map((w) => w.source_id);
    await hideCopies(tx, [...added, ...rehomed]);
    return {
      added: added.length,
      changed: written.length - added.length - rehomed.length,
      rehomed: rehomed.length,
    };
  });
}

/** Most rows of a full pass are what the catalogue holds already: their hashes spare sending them. */
async function differing(rows: CatalogueRow[]): Promise<CatalogueRow[]> {
  const held = await sql<{ source_id: string; row_hash: string }[]>`
    select source_id, row_hash from runs where source_id = any(${
    rows.map((r) => r.source_id)
  })`;
  const hashes = new Map(held.map((r) => [r.source_id, r.row_hash]));
  return rows.filter((r) => hashes.get(r.source_id) !== r.row_hash);
}

function assignments(tx: Sql) {
  return [...BASE, ...STORED].filter((c) => c !== "source_id").map((c, k) =>
    tx`${k === 0 ? tx`` : tx`, `}${tx(c)} = excluded.${tx(c)}`
  );
}

interface CatalogueRow {
  source_id: string;
  collection: string;
  folder_path: string;
  run_suffix: string;
  row_hash: string;
  detail: Simulation;
  [column: string]: unknown;
}

/** Columns, and what the plots of the run need, with a hash over both. */
function catalogueRow(sim: Simulation): CatalogueRow {
  const columns = columnValues(sim);
  const detail = thinned(sim);
  const row_hash = createHash("sha256").update(EXTRACTOR_VERSION).update(
    JSON.stringify([columns, detail]),
  ).digest("hex").slice(0, 32);
  const { id, folder_path, suffix, collection } = sim.source;
  return {
    ...columns,
    source_id: id,
    collection,
    folder_path,
    run_suffix: suffix,
    detail,
    row_hash,
  };
}

/**
 * Gives new documents the numbers of vanished runs with their natural key, so that addresses survive a new upload, and with them what an
 * admin decided about their visibility.
 */
async function rehome(tx: Sql, rows: CatalogueRow[]): Promise<string[]> {
  const keys = rows.map((
    { source_id, collection, folder_path, run_suffix },
  ) => ({ source_id, collection, folder_path, run_suffix }));
  const revived = await tx<{ source_id: string }[]>`
    with wanted as (
      select *, row_number() over (partition by collection, folder_path, run_suffix order by source_id) as nth
      from jsonb_to_recordset(${
    tx.json(keys)
  }) as w(source_id text, collection text, folder_path text, run_suffix text)
      where folder_path <> '' and not exists (select from runs where runs.source_id = w.source_id)
    ), vanished as (
      select *, row_number() over (partition by collection, folder_path, run_suffix order by vanished_at desc, id) as nth
      from vanished_runs
    ), matched as (
      delete from vanished_runs using vanished v join wanted w using (collection, folder_path, run_suffix, nth)
      where vanished_runs.id = v.id
      returning v.id, w.source_id, w.folder_path, w.run_suffix, v.hidden_at, v.hidden_by, v.hidden_reason
    )
    insert into runs (id, source_id, folder_path, run_suffix, detail, row_hash, hidden_at, hidden_by, hidden_reason)
    overriding system value
    select id, source_id, folder_path, run_suffix, '{}', '', hidden_at, hidden_by, hidden_reason from matched
    returning source_id`;
  return revived.map((r) => r.source_id);
}

/** Hides new documents of a run that is hidden: an upload beside the old one, or of one of several with the same natural key. */
async function hideCopies(tx: Sql, source_ids: string[]): Promise<void> {
  await tx`
    update runs set hidden_at = h.hidden_at, hidden_by = h.hidden_by, hidden_reason = h.hidden_reason
    from (
      select collection, folder_path, run_suffix, hidden_at, hidden_by, hidden_reason from runs where hidden_at is not null
      union all
      select collection, folder_path, run_suffix, hidden_at, hidden_by, hidden_reason from vanished_runs where hidden_at is not null
    ) h
    where runs.source_id = any(${source_ids}) and runs.hidden_at is null and runs.folder_path <> ''
      and (runs.collection, runs.folder_path, runs.run_suffix) = (h.collection, h.folder_path, h.run_suffix)`;
}

/**
 * Takes runs out of the catalogue whose documents are no longer in the source, keeping their numbers for a new upload.
 *
 * @param living every id of the source
 * @returns how many were taken out
 */
export async function buryVanished(living: DocumentId[]): Promise<number> {
  const ids = living.map((d) => d.id);
  return await sql.begin(async (tx) => {
    await tx`create temporary table living (source_id text primary key) on commit drop`;
    await tx`insert into living select distinct unnest(${ids}::text[])`;
    const gone = await bury(
      tx,
      tx`not exists (select from living where living.source_id = runs.source_id)`,
    );
    await tx`delete from unreadable_documents u where not exists (select from living where living.source_id = u.source_id)`;
    return gone;
  });
}

/** Names documents that cannot be shown, each with its reason; one that was a run until now leaves the catalogue. */
export async function writeUnreadable(
  documents: { source_id: string; collection: string; reason: string }[],
): Promise<void> {
  if (documents.length === 0) return;
  await sql.begin(async (tx) => {
    await tx`
      insert into unreadable_documents ${
      tx(documents, "source_id", "collection", "reason")
    }
      on conflict (source_id) do update set reason = excluded.reason, collection = excluded.collection, seen_at = now()`;
    await bury(tx, tx`source_id in ${tx(documents.map((d) => d.source_id))}`);
  });
}

/** Moves runs to where their numbers wait. @returns how many */
async function bury(tx: Sql, which: ReturnType<Sql>): Promise<number> {
  const gone = await tx`
    with gone as (
      delete from runs where ${which}
      returning id, coalesce(collection, '') as collection, folder_path, run_suffix, hidden_at, hidden_by, hidden_reason
    )
    insert into vanished_runs (id, collection, folder_path, run_suffix, hidden_at, hidden_by, hidden_reason)
    select * from gone returning 1`;
  return gone.length;
}

/** Ids of all documents that the catalogue knows, shown or unreadable. */
export async function knownDocuments(): Promise<Set<string>> {
  const rows = await sql<
    { source_id: string }[]
  >`select source_id from runs union all select source_id from unreadable_documents`;
  return new Set(rows.map((r) => r.source_id));
}
