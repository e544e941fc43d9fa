import { z } from "zod";
import type { Tags } from "../../physics/simulation.ts";
import { hexId, part, real, record, text, Words, words } from "./values.ts";

/** From this upload on confidence is 0..3; before it was 1..10 with -1 for "not given" (schema.md 3.1). */
const NEW_SCALE_FROM = Date.UTC(2025, 7, 13);
/** Longest tag; comments may be longer. */
const MAX_TAG = 300;
/** The natural key is indexed, so its two parts together stay below what an index row holds. The end of a path says most. */
const MAX_FOLDER = 500;
const MAX_SUFFIX = 100;
const MAX_KEYWORDS = 100;
const MAX_KEYWORD_LENGTH = 200;

const Unknown = z.unknown();
const Tag = z.unknown().transform((value) =>
  words(value)?.slice(0, MAX_TAG).toWellFormed() ?? null
);
const Database = part({
  user: Tag,
  run_collection_name: Unknown,
  run_suffix: Unknown,
  keywords: Unknown,
  confidence: Unknown,
  comments: Words,
  last_updated: Unknown,
  linkedObjectID: Unknown,
  archiveLocation: Words,
  IsRestart: Unknown,
});
const Code = part({
  sim_type: Tag,
  simulation_type: Tag,
  git_hash: Tag,
  platform: Tag,
  execution_date: Tag,
  workflow_type: Tag,
});
const Scenario = part({
  "Name of actual of hypothetical experiment": Tag,
  scenario_runid: Tag,
});

/** Folder and suffix: the key that survives a new upload. Null when the document has no folder. */
export function naturalKey(
  metadata: unknown,
): { folder_path: string; suffix: string } | null {
  const stored = Database.parse(nested(metadata, "DBtag"));
  const folder = text(stored.run_collection_name);
  if (folder === null || folder === "") return null;
  const suffix = text(stored.run_suffix) ?? "";
  return {
    folder_path: folder.slice(-MAX_FOLDER).toWellFormed(),
    suffix: suffix.slice(0, MAX_SUFFIX).toWellFormed(),
  };
}

/**
 * The tags of a document, from today's nested `Metadata` and from the flat one of 2020 to 2024.
 *
 * @param code_name what the physics content calls its code, for documents whose tags do not say
 */
export function readTags(
  metadata: unknown,
  uploaded_at: Date,
  code_name: string | null,
): Tags {
  const db = Database.parse(nested(metadata, "DBtag"));
  const code = Code.parse(nested(metadata, "CodeTag"));
  const scenario = Scenario.parse(nested(metadata, "ScenarioTag"));
  return {
    code: (code.sim_type ?? code.simulation_type ?? code_name)?.toUpperCase() ??
      null,
    user: db.user,
    device: scenario["Name of actual of hypothetical experiment"],
    scenario: scenario.scenario_runid,
    platform: code.platform,
    workflow: code.workflow_type,
    keywords: readKeywords(db.keywords),
    comments: db.comments,
    ...readConfidence(db.confidence, uploaded_at),
    updated_at: readStamp(db.last_updated),
    executed_at: code.execution_date,
    git_hash: code.git_hash,
    archive_location: db.archiveLocation,
    linked_to: hexId(db.linkedObjectID),
    restart: readRestart(db.IsRestart),
    publications: readPublications(metadata),
  };
}

/** The named tag group, or all of the metadata where it is still flat. */
function nested(metadata: unknown, group: string): unknown {
  const all = record(metadata);
  return all[group] ?? all;
}

/** A list or a text separated by commas or `#`; lower case, each once. */
export function readKeywords(value: unknown): string[] {
  const given = Array.isArray(value) ? value : [value];
  const all = given.flatMap((v) => (text(v) ?? "").split(/[,#]/)).map(keyword);
  return [...new Set(all.filter((k) => !/^(-|none|null|)$/.test(k)))].slice(
    0,
    MAX_KEYWORDS,
  );
}

function keyword(given: string): string {
  return given.trim().toLowerCase().slice(0, MAX_KEYWORD_LENGTH).toWellFormed();
}

/** Confidence with the scale it is on; a level only on today's. */
export function readConfidence(
  value: unknown,
  uploaded_at: Date,
): Pick<Tags, "confidence_raw" | "confidence_scale" | "confidence_level"> {
  const raw = words(value);
  const given = real(
    typeof value === "string" && value.trim() !== "" ? Number(value) : value,
  );
  if (given === null || given < 0 || given > 10) {
    return {
      confidence_raw: raw,
      confidence_scale: "unset",
      confidence_level: null,
    };
  }
  if (uploaded_at.getTime() >= NEW_SCALE_FROM && given <= 3) {
    return {
      confidence_raw: raw,
      confidence_scale: "0-3",
      confidence_level: Number.isInteger(given) ? given : null,
    };
  }
  return {
    confidence_raw: raw,
    confidence_scale: given >= 1 ? "1-10" : "unset",
    confidence_level: null,
  };
}

/** `yyMMdd-HHmmss` of the uploader's clock as ISO, or null. */
export function readStamp(value: unknown): string | null {
  const m = /^(\d\d)(\d\d)(\d\d)-(\d\d)(\d\d)(\d\d)$/.exec(
    text(value)?.trim() ?? "",
  );
  if (!m) return null;
  const [year, month, day, hour, minute, second] = m.slice(1).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const moment = new Date(
    Date.UTC(2000 + year, month - 1, day, hour, minute, second),
  );
  const isReal = moment.getUTCMonth() === month - 1 &&
    moment.getUTCDate() === day && hour < 24 && minute < 60 && second < 60;
  return isReal ? moment.toISOString() : null;
}

function readRestart(value: unknown): Tags["restart"] {
  const { restart, Timestep, InitObjectId } = record(value);
  return restart === true
    ? { from: hexId(InitObjectId), timestep: real(Timestep) }
    : null;
}

/** DOIs; for a time publications were a list of small records. */
function readPublications(metadata: unknown): string[] {
  const stored = record(metadata).Publications;
  const dois = Array.isArray(stored)
    ? stored.flatMap((p) => [words(record(p).doi) ?? words(record(p).title)])
    : record(stored).doi;
  const all = Array.isArray(dois) ? dois : [dois];
  return all.map(words).filter((d) => d !== null);
}
