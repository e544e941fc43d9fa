import type { Room } from "../db/archive_limits.ts";
import type { BuildEstimate } from "../db/build_estimate.ts";
import type { Fit } from "../db/fitting.ts";
import type { Part } from "../db/parts.ts";
import type { MissingFile, PartSum, Preflight } from "../db/selection.ts";
import { bytes, count, duration, plural } from "./format.ts";
import { Bytes } from "./values.tsx";

/** What the boxes say. The sums of `files` and `inputs` come from the catalogue. */
const PART_WORDS: [Part, string, string][] = [
  [
    "inputs",
    "Input files",
    "What the code was started with: parameters, input.cgyro, input.tglf, input.gacode and their generated forms, gs2.in, gx.in.",
  ],
  [
    "files",
    "All files",
    "Every file that was uploaded with a run, input files included.",
  ],
  [
    "diagnostics",
    "Diagnostics",
    "GENE only: the stored pickle of each diagnostic, and beside it what could be read from it as plain data. Opening a pickle can run code.",
  ],
  ["plots", "Plots", "Stored PNG pictures of runs from before September 2024."],
  ["summary", "Summary", "The whole simulation document of each run as JSON."],
];

/** What is asked for, as hidden fields of the form. */
export type SelectionFields = { name: "run" | "query"; value: string }[];

/** A smaller choice that fits; without an address when it names too many runs. */
export type Offer = Fit & { href: string | null };

/** Before the start: what the archive will hold, what is missing, and whether there is room. */
export function NewDownloadPage(
  { preflight, fields, parts, totals, room, problems, estimate, built, offers }:
    {
      preflight: Preflight;
      fields: SelectionFields;
      parts: Part[];
      /** Of the chosen parts. */
      totals: { files: number; bytes: number; missing: number };
      room: Room;
      /** Why it cannot be started as it is. */
      problems: string[];
      estimate: BuildEstimate;
      /** Somebody has asked for the same before. */
      built: "ready" | "building" | null;
      offers: Offer[];
    },
) {
  return (
    <>
      <h1>New download</h1>
      {problems.length > 0 && <Problems problems={problems} />}
      {offers.length > 0 && (
        <Offers offers={offers} asked={parts} runs={preflight.runs} />
      )}
      <dl class="tiles">
        <div>
          <dt>Runs</dt>
          <dd>{count(preflight.runs)}</dd>
        </div>
        <div>
          <dt>Files</dt>
          <dd>{count(totals.files)}</dd>
        </div>
        <div>
          <dt>Size</dt>
          <dd>
            <Bytes value={totals.bytes} />
          </dd>
        </div>
        <div>
          <dt>Missing</dt>
          <dd>{count(totals.missing)}</dd>
        </div>
      </dl>
      <p>
        Exactly {count(totals.bytes)}{" "}
        bytes of files, by the last look at the source; names, checksums,
        summaries and plots add a little. <Time {...{ estimate, built }} />
      </p>
      <PartsForm {...{ preflight, fields, parts }} />
      <RoomWords room={room} />
      {preflight.missing.length > 0 && (
        <Missing files={preflight.missing} total={totals.missing} />
      )}
    </>
  );
}

function Problems({ problems }: { problems: string[] }) {
  return (
    <div
      class="error-summary"
      role="alert"
      tabindex={-1}
      autofocus
      id="err-sum"
    >
      {problems.map((problem) => <p>{problem}</p>)}
    </div>
  );
}

/** What there would be room for, each with the address of its own pre-flight. */
function Offers(
  { offers, asked, runs }: { offers: Offer[]; asked: Part[]; runs: number },
) {
  return (
    <section id="offers">
      <h2>What would fit</h2>
      <ul>
        {offers.map((offer) => (
          <li>
            {offer.href
              ? <a href={offer.href}>{offerWords(offer, asked, runs)}</a>
              : offerWords(offer, asked, runs)}: {bytes(offer.bytes)}
            {!offer.href && "; narrow the search to get them"}
          </li>
        ))}
      </ul>
    </section>
  );
}

function offerWords({ first, parts }: Offer, asked: Part[], runs: number) {
  if (first) return `The first ${count(first.count)} of ${plural(runs, "run")}`;
  const left = asked.filter((part) => !parts.includes(part)).map((part) =>
    part === "files" ? "files other than input files" : part
  );
  return `All runs without ${left.join(" and ")}`;
}

/** How long it will take, by what others took lately. */
function Time(
  { estimate: { seconds, ahead }, built }: {
    estimate: BuildEstimate;
    built: "ready" | "building" | null;
  },
) {
  if (built === "ready") {
    return <>The same archive was built lately: it can be had at once.</>;
  }
  if (built === "building") {
    return <>The same archive is being built already: you will share it.</>;
  }
  const queue = ahead === 0
    ? "No archive is ahead of it."
    : `${plural(ahead, "archive")} ${ahead === 1 ? "is" : "are"} ahead of it.`;
  if (seconds === null) return <>{queue}</>;
  return (
    <>
      Building it takes about{" "}
      {duration(Math.max(seconds, 1))}, by the archives of the last days.{" "}
      {queue}
    </>
  );
}

function PartsForm(
  { preflight, fields, parts }: {
    preflight: Preflight;
    fields: SelectionFields;
    parts: Part[];
  },
) {
  return (
    <form method="post" action="/downloads">
      {fields.map(({ name, value }) => (
        <input type="hidden" name={name} value={value} />
      ))}
      <fieldset>
        <legend>What to include</legend>
        {PART_WORDS.map(([part, label, hint]) => (
          <div class="field">
            <label for={`parts-${part}`}>
              <input
                type="checkbox"
                id={`parts-${part}`}
                name="parts"
                value={part}
                checked={parts.includes(part)}
                aria-describedby={`parts-${part}-hint`}
              />
              {label} {partWords(preflight.parts, part)}
            </label>
            <p class="hint" id={`parts-${part}-hint`}>{hint}</p>
          </div>
        ))}
      </fieldset>
      <div class="actions">
        <button type="submit">Start download</button>
        <button
          type="submit"
          class="secondary"
          formmethod="get"
          formaction="/downloads/new"
        >
          Count again
        </button>
      </div>
    </form>
  );
}

/** `(12 files, 3.4 MB)`; nothing for parts that the catalogue does not count. */
function partWords(sums: PartSum[], part: Part): string {
  const own = sums.filter((s) =>
    s.part === part || (part === "files" && s.part === "inputs")
  );
  if (part === "plots" || part === "summary") return "";
  const files = own.reduce((n, s) => n + s.files, 0);
  const size = own.reduce((n, s) => n + s.bytes, 0);
  return `(${plural(files, "file")}, ${bytes(size)})`;
}

function RoomWords({ room }: { room: Room }) {
  return (
    <p class="muted">
      One archive may have {bytes(room.max)}. Your finished archives take{" "}
      {bytes(room.used)} of {bytes(room.quota)}; the volume has room for{" "}
      {bytes(room.free)}.
    </p>
  );
}

function Missing(
  { files, total }: { files: MissingFile[]; total: number },
) {
  return (
    <details open>
      <summary>
        {plural(total, "file")} missing or damaged in the source
      </summary>
      <p>
        The rest can be had: the archive is then marked partial, and its
        MANIFEST.tsv names each of these with the reason.
      </p>
      <div class="scroll" tabindex={0} role="region" aria-label="Missing files">
        <table class="dense">
          <thead>
            <tr>
              <th scope="col">Run</th>
              <th scope="col">File</th>
              <th scope="col">State</th>
            </tr>
          </thead>
          <tbody>
            {files.map(({ run_id, run, key, state }) => (
              <tr>
                <td>
                  <a href={`/runs/${run_id}`}>{run}</a>
                </td>
                <td>{key}</td>
                <td>{state}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
