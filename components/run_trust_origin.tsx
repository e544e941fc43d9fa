import type { Child } from "hono/jsx";
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

/** Where a run came from: versions, what it was restarted from, where its complete output and papers are. */
export function originFindings(run: Run): Finding[] {
  return [origin(run), chain(run), elsewhere(run)];
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

function chain({ detail: { tags } }: Run): Finding {
  const { restart, linked_to } = tags;
  const from = restart?.from ?? null;
  return {
    name: "Restart and links",
    tone: "idle",
    state: from || linked_to ? "linked" : "none",
    text: !from && !linked_to
      ? "It names no run that it was restarted from or belongs to."
      : (
        <>
          {from && (
            <>
              Restarted from <Linked to={from} />.{" "}
            </>
          )}
          {linked_to && (
            <>
              Linked to <Linked to={linked_to} />.
            </>
          )}
        </>
      ),
  };
}

function Linked({ to }: { to: string }) {
  return /^[0-9a-f]{24}$/.test(to)
    ? <a class="mono" href={`/runs/${to}`}>{to}</a>
    : <>{to}</>;
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
