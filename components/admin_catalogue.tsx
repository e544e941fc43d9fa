import type { CatalogueView } from "../db/catalogue_view.ts";
import type { SyncPass, UnreadableDocument } from "../db/sync_passes.ts";
import { DataTable } from "./data_table.tsx";
import { count, duration, plural } from "./format.ts";
import { HiddenRuns } from "./run_visibility.tsx";
import { StateBadge } from "./states.tsx";
import { Ago, Bytes, None, When } from "./values.tsx";

/** What the catalogue holds, how it was last brought in step with the source, and what cannot be shown. */
export function AdminCataloguePage({ view }: { view: CatalogueView }) {
  return (
    <section>
      <h1>Catalogue</h1>
      <SyncForm pending={view.pending} />
      <h2>Runs</h2>
      <Counts view={view} />
      <h2 id="hidden">Hidden runs</h2>
      <HiddenRuns runs={view.hidden} />
      <h2>Passes of the sync</h2>
      {view.passes.length === 0
        ? <p class="empty">The source has not been read yet.</p>
        : <Passes view={view} />}
      <h2>Unreadable documents</h2>
      {view.unreadable.length === 0
        ? <p class="empty">Every document of the source is shown as a run.</p>
        : (
          <Unreadable
            documents={view.unreadable}
            total={view.unreadable_total}
          />
        )}
    </section>
  );
}

function SyncForm({ pending }: { pending: boolean }) {
  return (
    <form method="post" action="/admin/catalogue/sync">
      {pending && <p class="note">A sync waits or runs.</p>}
      <div class="actions">
        <button type="submit" name="pass" value="new">Look for new runs</button>
        <button type="submit" name="pass" value="full" class="secondary">
          Read every document again
        </button>
      </div>
    </form>
  );
}

function Counts({ view }: { view: CatalogueView }) {
  return (
    <DataTable
      label="Runs by collection"
      heads={[
        { label: "Collection" },
        { label: "Layout" },
        { label: "Runs", numeric: true },
        { label: "Files", numeric: true },
        { label: "Missing", numeric: true },
        { label: "Bytes", numeric: true },
      ]}
    >
      {view.counts.map((row) => (
        <tr>
          <td>{row.collection}</td>
          <td>{row.layout}</td>
          <td class="num">{count(row.runs)}</td>
          <td class="num">{count(row.files)}</td>
          <td class="num">{count(row.missing)}</td>
          <td class="num">
            <Bytes value={row.bytes} />
          </td>
        </tr>
      ))}
    </DataTable>
  );
}

function Passes({ view }: { view: CatalogueView }) {
  return (
    <DataTable
      label="Passes"
      heads={[
        { label: "Begun" },
        { label: "Kind" },
        { label: "State" },
        { label: "Took" },
        { label: "In the source", numeric: true },
        { label: "Added", numeric: true },
        { label: "Changed", numeric: true },
        { label: "Re-uploaded", numeric: true },
        { label: "Removed", numeric: true },
        { label: "Unreadable", numeric: true },
        { label: "Error" },
      ]}
    >
      {view.passes.map((pass) => <Pass pass={pass} />)}
    </DataTable>
  );
}

function Pass({ pass }: { pass: SyncPass }) {
  const { started_at, finished_at, error } = pass;
  const took = finished_at &&
    duration((finished_at.getTime() - started_at.getTime()) / 1000);
  const state = error ? "failed" : finished_at ? "finished" : "running";
  return (
    <tr>
      <td>
        <When at={started_at} />
      </td>
      <td>{pass.kind}</td>
      <td>
        <StateBadge state={state} />
      </td>
      <td>{took ?? <None />}</td>
      <td class="num">{count(pass.seen)}</td>
      <td class="num">{count(pass.added)}</td>
      <td class="num">{count(pass.changed)}</td>
      <td class="num">{count(pass.rehomed)}</td>
      <td class="num">{count(pass.removed)}</td>
      <td class="num">{count(pass.unreadable)}</td>
      <td>{error ?? <None />}</td>
    </tr>
  );
}

function Unreadable(
  { documents, total }: { documents: UnreadableDocument[]; total: number },
) {
  return (
    <>
      <p>
        {plural(total, "document")} of the source cannot be shown as a run.
        {total > documents.length &&
          ` The first ${count(documents.length)} are listed.`}
      </p>
      <DataTable
        label="Unreadable documents"
        heads={[{ label: "Document" }, { label: "Collection" }, {
          label: "Reason",
        }, { label: "Last seen" }]}
      >
        {documents.map((document) => (
          <tr>
            <td>
              <code>{document.source_id}</code>
            </td>
            <td>{document.collection}</td>
            <td>{document.reason}</td>
            <td>
              <Ago at={document.seen_at} />
            </td>
          </tr>
        ))}
      </DataTable>
    </>
  );
}
