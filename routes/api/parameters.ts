import { z } from "zod";
import {
  Collapse,
  Has,
  Id,
  Kind,
  LikeRun,
  PAGE_SIZES,
  Text,
  Tick,
  Units,
  Whole,
  Word,
  YesNo,
} from "../../db/runs/query_fields.ts";
import {
  FACET_COLUMNS,
  facetParameter,
  FLAG_COLUMNS,
  RANGE_COLUMNS,
} from "../../db/runs/searchable.ts";
import { type Column, PUBLIC_COLUMNS } from "../../physics/columns.ts";
import { isSwitched } from "../../physics/units.ts";
import { HistoryQuery } from "../downloads.tsx";
import { Scan } from "../scans.tsx";
import { unitName } from "./columns.ts";

// As numbers: the patterns by which the search reads them would make programs send text.
const BOUND = { type: "number" };
const WHOLE = { type: "integer", minimum: 1 };

/** A parameter as OpenAPI has it. */
export interface Parameter {
  name: string;
  in: "query" | "path";
  required?: true;
  description: string;
  schema: unknown;
  style?: "form";
  explode?: boolean;
}

/** The parameters of a search: those of every column that can be searched, and the others. */
export function searchParameters(): Parameter[] {
  const keys = PUBLIC_COLUMNS.map((c) => c.key);
  return [
    one("text", Text, "Words that must all be found in a run's texts."),
    one("id", Id, "The run's number, its MongoDB id or the beginning of one."),
    ...FACET_COLUMNS.map(facetOf),
    ...RANGE_COLUMNS.flatMap(rangeOf),
    ...FLAG_COLUMNS.map((c) => one(c.key, YesNo, words(c))),
    several(
      "input",
      z.string(),
      "NAME<op>VALUE, a condition on any parameter of the input file; <op> is <, > or :. All must hold.",
    ),
    several("has", Has, "What the run must have; all must hold."),
    one("like", LikeRun, "Only runs of like physics, the nearest first."),
    {
      ...query("sort", "A column to sort by, - before it for descending."),
      schema: { type: "string", enum: keys.flatMap((k) => [k, `-${k}`]) },
    },
    { ...query("page", "The number of a page, from 1."), schema: WHOLE },
    {
      ...query("size", "Runs on a page."),
      schema: { type: "integer", enum: PAGE_SIZES, default: PAGE_SIZES[0] },
    },
    {
      ...query("cols", "Columns that are wanted; all unless given."),
      schema: { type: "array", items: { type: "string", enum: keys } },
      style: "form",
      explode: false,
    },
    one("units", Units, "Of pages; numbers here are always as stored."),
    one("collapse", Collapse, "One run for each spectrum, the most unstable."),
  ];
}

/** The parameters of a scan. */
export function scanParameters(): Parameter[] {
  const { varied, with: others } = Scan.shape;
  return [
    one(
      "varied",
      varied,
      "The scanned column; that with the most values unless given.",
    ),
    one(
      "with",
      others,
      "Runs of other scans of the same column, whose runs are wanted as well.",
    ),
  ];
}

/** The parameters of a list of downloads. */
export function historyParameters(): Parameter[] {
  const { page } = HistoryQuery.shape;
  return [
    {
      ...query("page", "The number of a page, from 1."),
      schema: schemaOf(page, "output"),
    },
  ];
}

/** The parameter of a path by its name. */
export function pathParameter(name: string, description: string): Parameter {
  const schema = { type: "string" };
  return { name, in: "path", required: true, description, schema };
}

function facetOf(column: Column): Parameter {
  const schema = column.key === "kind"
    ? Kind
    : column.kind === "int"
    ? Whole
    : Word;
  return several(
    facetParameter(column.key),
    schema,
    `${words(column)} Any of the values.`,
  );
}

function rangeOf(column: Column): Parameter[] {
  const { key, signed, unit } = column;
  const bounds = [
    { ...query(`${key}_min`, `At least. ${words(column)}`), schema: BOUND },
    { ...query(`${key}_max`, `At most. ${words(column)}`), schema: BOUND },
    one(`${key}_any`, Tick, `Also runs without a value of ${key}.`),
  ];
  if (signed) {
    bounds.push(one(`${key}_abs`, Tick, `The bounds are for |${key}|.`));
  }
  if (isSwitched(unit)) {
    bounds.push(one(`${key}_cs_a`, Tick, "The bounds are in c_s and a."));
  }
  return bounds;
}

function words(column: Column): string {
  const unit = unitName(column);
  return `${column.name}${unit ? `, in ${unit}` : ""}.`;
}

function query(name: string, description: string) {
  return { name, in: "query" as const, description };
}

function one(name: string, schema: z.ZodType, description: string): Parameter {
  return { ...query(name, description), schema: schemaOf(schema) };
}

/** May be given more than once. */
function several(
  name: string,
  schema: z.ZodType,
  description: string,
): Parameter {
  const items = schemaOf(schema);
  return {
    ...query(name, description),
    schema: { type: "array", items },
    style: "form",
    explode: true,
  };
}

/** What may be sent, as JSON Schema. */
function schemaOf(schema: z.ZodType, io: "input" | "output" = "input") {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, {
    io,
    unrepresentable: "any",
  });
  return rest;
}
