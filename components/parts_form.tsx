import type { Part } from "../db/parts.ts";
import type { PartSum, Preflight } from "../db/selection.ts";
import { bytes, plural } from "./format.ts";

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

/** What to include, with what each part weighs, and the button that starts. */
export function PartsForm(
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
