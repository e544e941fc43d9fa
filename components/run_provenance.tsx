import type { Run } from "../db/runs/run.ts";
import { COLUMNS } from "../physics/columns.ts";
import type { Simulation } from "../physics/simulation.ts";
import { ColumnFacts, Fact } from "./run_facts.tsx";
import { Ago } from "./values.tsx";

const CONFIDENCE = [
  "output was produced",
  "looked at and plausible",
  "derived from a better checked run",
  "convergence tested",
];
const DOI = /^(?:doi:\s*|https?:\/\/(?:dx\.)?doi\.org\/)?(10\.\d{4,9}\/\S+)$/i;

/** Who made a run, with what, and where the rest of it is. */
export function RunProvenance(
  { run, isAdmin }: { run: Run; isAdmin: boolean },
) {
  const { row, detail, folder_path, synced_at } = run;
  const keys = COLUMNS.filter((c) => c.group === "provenance" && c.public)
    .map((c) => c.key).filter((key) => !key.startsWith("confidence"));
  return (
    <section id="provenance">
      <h2>Provenance</h2>
      <dl class="facts">
        <ColumnFacts
          row={row}
          keys={[
            "source_id",
            "code",
            "kind",
            "collection",
            "layout",
            ...keys,
            "keywords",
            "comments",
          ]}
        />
        <Fact name="Confidence">{confidence(run)}</Fact>
        <Fact name="Folder">
          {isAdmin ? folder_path : String(row.folder ?? "")}
        </Fact>
        <Fact name="Suffix">{String(row.suffix ?? "")}</Fact>
        <ColumnFacts row={row} keys={["uploaded_at", "updated_at"]} />
        <Making sim={detail} isAdmin={isAdmin} />
        <Fact name="Last read by the catalogue">
          <Ago at={synced_at} />
        </Fact>
      </dl>
    </section>
  );
}

/** How the run and its document came to be. */
function Making({ sim, isAdmin }: { sim: Simulation; isAdmin: boolean }) {
  const { tags, converter } = sim;
  return (
    <>
      <Fact name="Executed">{tags.executed_at}</Fact>
      <Fact name="Git hash of the code">{tags.git_hash}</Fact>
      <Fact name="Converter">
        {[converter.name, converter.version].filter(Boolean).join(" ")}
      </Fact>
      <Fact name="Commit of the converter">{converter.commit}</Fact>
      <Fact name="Converted">{converter.created_at}</Fact>
      <Fact name="Restarted from">{restart(tags.restart)}</Fact>
      <Fact name="Linked to">
        {tags.linked_to === null ? null : <RunLink id={tags.linked_to} />}
      </Fact>
      <Fact name="Complete output">
        {isAdmin ? tags.archive_location : lastPart(tags.archive_location)}
      </Fact>
      <Fact name="Publications">{publications(tags.publications)}</Fact>
    </>
  );
}

function confidence({ row }: Run): string | null {
  if (typeof row.confidence === "number") {
    return `${row.confidence} of 3: ${
      CONFIDENCE[row.confidence] ?? "unknown level"
    }`;
  }
  if (row.confidence_raw === null) return null;
  const scale = row.confidence_scale === "1-10"
    ? "on the older scale from 1 to 10"
    : "on no known scale";
  return `${row.confidence_raw}, ${scale}`;
}

function restart(restart: Run["detail"]["tags"]["restart"]) {
  if (restart === null) return null;
  const { from, timestep } = restart;
  if (from === null && timestep === null) return null;
  return (
    <>
      {from !== null && <RunLink id={from} />}
      {timestep !== null && ` at time step ${timestep}`}
    </>
  );
}

/** A link where the text is a MongoDB id, which leads to the run if the catalogue has it. */
function RunLink({ id }: { id: string }) {
  return /^[0-9a-f]{24}$/.test(id)
    ? <a href={`/runs/${id}`} class="mono">{id}</a>
    : <>{id}</>;
}

/** Only what is a DOI or an http address becomes a link: anything else could be a script. */
function publications(list: string[]) {
  if (list.length === 0) return null;
  return list.map((text, k) => (
    <>
      {k > 0 && "; "}
      <Publication text={text} />
    </>
  ));
}

function Publication({ text }: { text: string }) {
  const doi = DOI.exec(text.trim())?.[1];
  const href = doi ? `https://doi.org/${doi}` : text.trim();
  return /^https?:\/\//i.test(href)
    ? <a href={href} rel="noreferrer">{text}</a>
    : <>{text}</>;
}

/** Paths name people. */
function lastPart(path: string | null): string | null {
  if (path === null || !path.includes("/")) return path;
  return `…/${path.split("/").filter(Boolean).slice(-2).join("/")}`;
}
