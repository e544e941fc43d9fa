import type { StoredFile } from "../physics/simulation.ts";
import { DataTable } from "./data_table.tsx";
import { plural } from "./format.ts";
import { StateBadge } from "./states.tsx";
import { Bytes } from "./values.tsx";

/** States of a file in words. */
const STATES: Record<StoredFile["state"], string> = {
  ok: "complete",
  unchecked: "not looked at yet",
  dangling: "missing",
  damaged: "damaged",
  inline: "in the document",
  "not stored": "not stored",
};

/** What is stored with a run: each file with its size and a link, or the reason why there is none. */
export function RunFiles({ id, files }: { id: number; files: StoredFile[] }) {
  return (
    <section id="files">
      <h2>Files</h2>
      {files.length === 0
        ? <p class="muted">No files are stored with this run.</p>
        : (
          <DataTable
            label="Files"
            heads={[
              { label: plural(files.length, "file") },
              { label: "kind" },
              { label: "size", numeric: true },
              { label: "state" },
            ]}
            tall
          >
            {files.map((file) => <FileRow id={id} file={file} />)}
          </DataTable>
        )}
    </section>
  );
}

function FileRow({ id, file }: { id: number; file: StoredFile }) {
  const isThere = file.id !== null &&
    (file.state === "ok" || file.state === "unchecked");
  const name = file.filename || file.key;
  return (
    <tr>
      <th scope="row" class="mono" title={file.key}>
        {isThere
          ? <FileLinks href={`/runs/${id}/files/${file.id}`} file={file} />
          : name}
      </th>
      <td>{file.block === "Diagnostics" ? "diagnostic" : "file"}</td>
      <td class="num">
        <Bytes value={file.length} />
      </td>
      <td>
        <StateBadge state={file.state} label={STATES[file.state]} />{" "}
        <Note {...file} />
      </td>
    </tr>
  );
}

/** The file itself, and a look at it where it may be text: diagnostics are pickles. */
function FileLinks({ href, file }: { href: string; file: StoredFile }) {
  const name = file.filename || file.key;
  return (
    <>
      <a href={href} download>{name}</a>
      {file.block === "Files" && (
        <>
          {" "}
          <a class="preview" href={`${href}/preview`}>
            Preview <span class="visually-hidden">of {name}</span>
          </a>
        </>
      )}
    </>
  );
}

/** What is wrong with a file, or what stands in its place. */
function Note({ note, state }: StoredFile) {
  if (note === null || state === "inline") return null;
  return <>{state === "not stored" ? `the document says “${note}”` : note}</>;
}

/** The pictures that old uploads hold. */
export function RunPlots({ id, plots }: { id: number; plots: string[] }) {
  if (plots.length === 0) return null;
  return (
    <section id="stored-plots">
      <h2>Stored plots</h2>
      <p class="muted">
        Drawn by the uploader's tools when the run was uploaded.
      </p>
      <div class="split">
        {plots.map((name) => (
          <figure>
            <img
              src={`/runs/${id}/images/${encodeURIComponent(name)}`}
              alt={`Stored plot ${name}`}
              loading="lazy"
            />
            <figcaption>{name}</figcaption>
          </figure>
        ))}
      </div>
    </section>
  );
}
