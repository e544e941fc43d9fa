import { type Column, GROUPS, PUBLIC_COLUMNS } from "../../physics/columns.ts";
import { SHOWN } from "../downloads.tsx";
import { JSON_TYPES, unitName } from "./columns.ts";

/** A JSON Schema (2020-12), the dialect of OpenAPI 3.1. */
type Schema = Record<string, unknown>;

const TEXT = { type: "string" };
const WHOLE = { type: "integer" };
const URL = { type: "string", format: "uri" };
const TIME = { type: "string", format: "date-time" };
const RUNS = list({ $ref: "#/components/schemas/Run" });
const LINKS = {
  type: "object",
  additionalProperties: { type: ["string", "null"], format: "uri" },
};

/** The bodies of answers by name. */
export function schemas(): Record<string, Schema> {
  return {
    Run: run(),
    RunPage: object({
      total: { ...WHOLE, description: "Runs that the search finds." },
      unreadable: {
        ...WHOLE,
        description: "Documents of the source that cannot be shown as a run.",
      },
      as_of: {
        ...orNull(TIME),
        description: "Everything older than this is in the catalogue.",
      },
      page: WHOLE,
      size: WHOLE,
      links: LINKS,
      runs: RUNS,
    }),
    RunAnswer: object({
      run: { $ref: "#/components/schemas/Run" },
      links: LINKS,
    }),
    Family: object({
      runs: RUNS,
      varies: {
        ...list(TEXT),
        description: "Columns in which the runs differ on purpose.",
      },
    }),
    Files: object({ files: list(file()) }),
    Download: download(),
    DownloadPage: object({
      page: WHOLE,
      links: LINKS,
      downloads: list({ $ref: "#/components/schemas/Download" }),
    }),
    Columns: object({ columns: list(columnEntry()) }),
    Anything: { type: "object" },
    Problem: problem(),
  };
}

/** All columns, none of them required: `cols` leaves some away. */
function run(): Schema {
  const properties = PUBLIC_COLUMNS.map((c) => [c.key, valueOf(c)]);
  return {
    type: "object",
    required: ["id"],
    properties: Object.fromEntries(properties),
  };
}

function valueOf(column: Column): Schema {
  const unit = unitName(column);
  const description = `${column.name}. ${column.meaning}${
    unit ? ` In ${unit}.` : ""
  }`;
  const schema = JSON_TYPES[column.kind];
  return { ...(column.key === "id" ? schema : orNull(schema)), description };
}

function file(): Schema {
  const states = [
    "unchecked",
    "ok",
    "dangling",
    "damaged",
    "inline",
    "not stored",
  ];
  return object({
    id: orNull(TEXT),
    key: { ...TEXT, description: "Its name in the document." },
    filename: orNull(TEXT),
    block: { ...TEXT, enum: ["Files", "Diagnostics"] },
    bytes: orNull(WHOLE),
    state: { ...TEXT, enum: states },
    note: { ...orNull(TEXT), description: "What stands in its place." },
    href: { ...orNull(URL), description: "Where its bytes are." },
  });
}

/** The contract's form of a download, and what the API adds. */
function download(): Schema {
  const types: Record<(typeof SHOWN)[number], Schema> = {
    id: { ...TEXT, format: "uuid" },
    state: TEXT,
    files_done: WHOLE,
    files_total: WHOLE,
    bytes_done: WHOLE,
    bytes_total: WHOLE,
    missing: {
      ...WHOLE,
      description: "Files that are dangling, short or damaged.",
    },
    reason: orNull(TEXT),
    position: orNull(WHOLE),
    size: { ...orNull(WHOLE), description: "Of the zip, in bytes." },
    sha256: { ...orNull(TEXT), description: "Of the zip, lower-case hex." },
    expires_at: orNull(TIME),
  };
  return object({ ...types, label: TEXT, created_at: TIME, links: LINKS });
}

function columnEntry(): Schema {
  return object({
    key: TEXT,
    name: TEXT,
    label: TEXT,
    meaning: TEXT,
    unit: {
      ...orNull(TEXT),
      description: "As stored; null: a bare number, or none at all.",
    },
    type: { ...TEXT, description: "Of its values, any of which may be null." },
    signed: { type: "boolean" },
    group: { ...TEXT, enum: Object.keys(GROUPS) },
    formula: orNull(TEXT),
  });
}

function problem(): Schema {
  return {
    ...object({ type: TEXT, title: TEXT, status: WHOLE, detail: TEXT }),
    description: "Problem details, RFC 9457.",
  };
}

function object(properties: Record<string, Schema>): Schema {
  return { type: "object", required: Object.keys(properties), properties };
}

function list(items: Schema): Schema {
  return { type: "array", items };
}

function orNull(schema: Schema): Schema {
  return { ...schema, type: [schema.type, "null"] };
}
