import type { Child } from "hono/jsx";
import type { BackLinks, LinkedRun, NamingRuns } from "../db/runs/links.ts";
import type { Run } from "../db/runs/run.ts";
import { plural } from "./format.ts";
import type { Tone } from "./states.tsx";

/** One thing that was looked at. */
export interface Finding {
  name: string;
  tone: Tone;
  state: string;
  text: Child;
}

/** Both ways along restarts and links; `named` are those of the catalogue that the run names. */
export interface RunLinks extends BackLinks {
  named: LinkedRun[];
}

/** Where a run came from and what came of it: versions, restarts and links both ways, where its complete output and papers are. */
export function originFindings(run: Run, links: RunLinks): Finding[] {
  return [origin(run), chain(run, links), elsewhere(run)];
}

function origin({ detail: { converter, tags } }: Run): Finding {
  const made = [converter.name, converter.version].filter(Boolean).join(" ");
  const known = [
    made && `converter ${made}`,
    converter.commit && `its commit ${converter.commit}`,
    tags.git_hash && `${tags.code ?? "code"} at ${tags.git_hash}`,
  ].filter(Boolean);
  return {
    name: "Versions",
    tone: "idle",
    state: known.length === 0 ? "unknown" : "known",
    text: known.length === 0
      ? "The document names neither converter nor version of the code."
      : `${known.join(", ")}.`,
  };
}

/** What the run names, and what names it. */
function chain({ detail: { tags } }: Run, links: RunLinks): Finding {
  const { named, restarts, linked } = links;
  const { restart, linked_to } = tags;
  const from = restart?.from ?? null;
  const isAlone = !from && !linked_to && restarts.total + linked.total === 0;
  return {
    name: "Restart and links",
    tone: "idle",
    state: isAlone ? "none" : "linked",
    text: isAlone
      ? "It names no run that it was restarted from or belongs to, and no run names it."
      : (
        <>
          {from && (
            <>
              Restarted from <Named id={from} named={named} />.{" "}
            </>
          )}
          {linked_to && (
            <>
              Linked to <Named id={linked_to} named={named} />.{" "}
            </>
          )}
          <Back {...restarts} was="was" were="were" what="restarted from it" />
          <Back {...linked} was="is" were="are" what="linked to it" />
        </>
      ),
  };
}

/** A run by the id that a document names; one that was taken down looks like one that never was. */
function Named({ id, named }: { id: string; named: LinkedRun[] }) {
  const run = named.find((r) => r.source_id === id);
  if (run) return <RunLink run={run} />;
  return (
    <>
      <span class="mono">{id}</span>, which is not in the catalogue
    </>
  );
}

/** Runs that name this one; nothing when there are none. */
function Back(
  { runs, total, was, were, what }: NamingRuns & {
    was: string;
    were: string;
    what: string;
  },
) {
  if (total === 0) return null;
  const more = total - runs.length;
  return (
    <>
      {plural(total, "run")} {total === 1 ? was : were} {what}:{" "}
      {runs.map((run, k) => (
        <>
          {k > 0 && ", "}
          <RunLink run={run} />
        </>
      ))}
      {more > 0 && ` and ${more} more`}.{" "}
    </>
  );
}

function RunLink({ run: { id, code, folder, suffix } }: { run: LinkedRun }) {
  const where = [code, folder, suffix].filter(Boolean).join(" ");
  return <a href={`/runs/${id}`} title={where}>run {id}</a>;
}

function elsewhere({ detail: { tags } }: Run): Finding {
  const n = tags.publications.length;
  return {
    name: "Complete output and papers",
    tone: "idle",
    state: tags.archive_location || n > 0 ? "named" : "none",
    text: (
      <>
        {tags.archive_location
          ? "The place of the complete output is stored"
          : "No place of the complete output is stored"}; {n === 0
          ? "no publication is named"
          : `${plural(n, "publication")} named`}:{" "}
        <a href="#provenance">provenance</a>.
      </>
    ),
  };
}
