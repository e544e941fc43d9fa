import type { Room } from "../db/archive_limits.ts";
import type { Part } from "../db/parts.ts";
import type { MissingFile, PartSum, Preflight } from "../db/selection.ts";
import { bytes, count, plural } from "./format.ts";
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

/** Before the start: what the archive will hold, what is missing, and whether there is room. */
export function NewDownloadPage(
  { preflight, fields, parts, totals, room, problems }: {
    preflight: Preflight;
    fields: SelectionFields;
    parts: Part[];
    /** Of the chosen parts. */
    totals: { files: number; bytes: number; missing: number };
    room: Room;
    /** Why it cannot be started as it is. */
    problems: string[];
  },
) {
  return (
    <>
      <h1>New download</h1>
      {problems.length > 0 && <Problems problems={problems} />}
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
        summaries and plots add a little.
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
