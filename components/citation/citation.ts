import type { CitedRun } from "../../db/cited.ts";
import type { RunRow } from "../../db/runs/list.ts";
import { significant } from "../format.ts";
import { runSubject } from "../run_words.ts";

/** What every form of a citation says. */
export interface Citation {
  /** Short and unique: `mgkdb-run-12`. */
  key: string;
  title: string;
  /** Log-in names of the uploaders as stored, each once; empty where none is stored. */
  creators: string[];
  uploaded: Date | null;
  updated: Date | null;
  url: string;
  /** Ids of the documents, 24 hex digits each. */
  mongoIds: string[];
  dois: string[];
  /** Publications that are web addresses without a DOI. */
  links: string[];
  keywords: string[];
}

/** Who keeps the runs. */
export const PUBLISHER = "MGKDB";
/** Stands for a creator that nobody stored (DataCite, appendix 3). */
export const UNKNOWN_CREATOR = "(:unkn)";
const DOI =
  /^(?:doi:\s*|https?:\/\/(?:dx\.)?doi\.org\/)?(10\.\d{4,9}\/[^\s"<>]+)$/i;
const LINK = /^https?:\/\/[^\s"<>]+$/i;

/** A run's citation. `base` is the site's address without a slash at its end. */
export function citationOfRun(run: CitedRun, base: string): Citation {
  const { id } = run.row;
  return {
    ...shared([run]),
    key: `mgkdb-run-${id}`,
    title: `MGKDB run ${id}: ${subject(run.row)}`,
    url: `${base}/runs/${id}`,
  };
}

/** The citation of a scan of which all runs are given; `name` says what is varied, `path` is its page. */
export function citationOfScan(
  runs: CitedRun[],
  { id, name, path, base }: {
    id: number;
    name: string;
    path: string;
    base: string;
  },
): Citation {
  const code = runs[0]?.row.code ?? "gyrokinetic";
  return {
    ...shared(runs),
    key: `mgkdb-scan-${id}`,
    title: `MGKDB scan of ${name}: ${runs.length} ${code} runs`,
    url: base + path,
  };
}

function shared(runs: CitedRun[]): Omit<Citation, "key" | "title" | "url"> {
  const words = runs.flatMap((r) => r.publications).map((p) => p.trim());
  const dois = words.map((w) => DOI.exec(w)?.[1] ?? null);
  return {
    creators: each(runs.map((r) => text(r.row.user))),
    uploaded: latest(runs, "uploaded_at"),
    updated: latest(runs, "updated_at"),
    mongoIds: each(runs.map((r) => text(r.row.source_id))),
    dois: each(dois),
    links: each(words.filter((w, k) => dois[k] === null && LINK.test(w))),
    keywords: each(
      runs.flatMap(({ row }) =>
        Array.isArray(row.keywords) ? row.keywords : []
      ),
    ),
  };
}

/** `linear GENE run, ion-scale, at ky rho_ref = 0.3, q = 1.4 (scan/run1 _0001)`. */
function subject(row: RunRow): string {
  const first = runSubject(row);
  const numbers = [["ky rho_ref", row.ky], ["q", row.q], ["s-hat", row.s_hat]]
    .filter((pair): pair is [string, number] => typeof pair[1] === "number")
    .map(([name, value]) => `${name} = ${significant(value)}`);
  const name = [row.folder, row.suffix].filter(Boolean).join(" ");
  return [
    [first.charAt(0).toLowerCase() + first.slice(1), ...numbers].join(", "),
    name === "" ? "" : ` (${name})`,
  ].join("");
}

function latest(runs: CitedRun[], key: string): Date | null {
  const times = runs.map((r) => r.row[key]).filter((t) => t instanceof Date);
  return times.length === 0
    ? null
    : new Date(Math.max(...times.map((t) => t.getTime())));
}

function each(words: (string | null)[]): string[] {
  return [...new Set(words.filter((w) => w !== null && w !== ""))] as string[];
}

function text(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}

/** One line without control characters, for forms that end a field at a line's end. */
export function oneLine(words: string): string {
  return words.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ").trim();
}
