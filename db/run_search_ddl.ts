import { FACET_COLUMNS } from "./runs/searchable.ts";
import type { Sql } from "./sql.ts";

/** What free text looks through; the folder without what names people's machines. */
const SEARCHED_TEXT = [
  "code",
  "user",
  "device",
  "scenario",
  "platform",
  "workflow",
  "comments",
  "folder",
  "suffix",
  "source_id",
];

/** Columns that Postgres works out from those of the catalogue, for searching only. */
const GENERATED = [
  { name: "search_text", type: "text", expression: searchText() },
  { name: "facet_set", type: "bigint", expression: facetSet() },
];

/** Adds the columns that make searches quick, and makes them anew when what they are worked out from has changed. */
export async function addSearchColumns(tx: Sql): Promise<void> {
  // A trusted extension: the owner of a database may add it.
  await tx`create extension if not exists pg_trgm`;
  // Postgres takes array_to_string for changeable, which it is not for texts.
  await tx`create or replace function joined_words(words text[]) returns text language sql immutable parallel safe as
    $$ select array_to_string(words, ' ') $$`;
  for (const { name, type, expression } of GENERATED) {
    const [held] = await tx<[{ expression: string | null }?]>`
      select col_description(attrelid, attnum) as expression from pg_attribute
      where attrelid = 'runs'::regclass and attname = ${name} and not attisdropped`;
    if (held?.expression === expression) continue;
    await tx.unsafe(`
      alter table runs drop column if exists ${name};
      alter table runs add column ${name} ${type} generated always as (${expression}) stored;
      comment on column runs.${name} is '${expression.replaceAll("'", "''")}'`);
  }
}

/** All words of a run in lower case, so that a substring of any is found by one trigram index. */
function searchText(): string {
  const texts = SEARCHED_TEXT.map((key) => `coalesce("${key}", '')`);
  return `lower(${texts.join(" || ' ' || ")} || ' ' || joined_words(keywords))`;
}

/** A number for the values of all facets together (facet_sets.ts), small enough to be exact in JavaScript. */
function facetSet(): string {
  const keys = FACET_COLUMNS.map((c) => `"${c.key}"`).join(", ");
  return `hash_record_extended(row(${keys}), 0) & ${Number.MAX_SAFE_INTEGER}`;
}
