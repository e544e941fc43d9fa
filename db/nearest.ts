import { RESOLUTION, S_ALPHA } from "../physics/families.ts";
import {
  type Compared,
  COMPARED_WORDS,
  DISTANCE_STEP,
  fromScale,
  isSAlpha,
  LARGEST,
  MISSING,
  type Scale,
  SCALES,
  standIn,
  toScale,
  valueOf,
} from "../physics/distance.ts";
import { columnsOf, type ListOptions, type RunRow } from "./runs/list.ts";
import { nearInMemory } from "./runs/memory_near.ts";
import { catalogueSize } from "./runs/sample.ts";
import type { Fragment } from "./runs/where.ts";
import { sql } from "./sql.ts";

/** Up to so many runs all are compared. */
const SMALL = 5_000;
/** From so many runs on, wide boxes take too long and few near runs are enough. */
const LARGE = 100_000;
/** Boxes around the wanted physics, in units of the distance, tried one after the other until one holds enough runs. */
const RADII = [0.5, 1.5, 2.4, 4];
/** Boxes up to here leave out runs that lack a number, which count {@linkcode MISSING} for it, so that the index runs_alike serves them. */
const NARROW = 2.4;
const ENOUGH = 10;
const ENOUGH_OF_MANY = 3;
/** Columns of the index runs_alike (db/indexes.sql) that are cut into cells of size 1 in the distance. */
const CELLS = ["q", "s_hat", "r_over_R", "RLTi"];
const ROUNDING = 1e-9;
/** Equal physics, equal code: then the run with the same grid and typed k_y comes first. */
const TIE_COLUMNS = ["ky_input", ...RESOLUTION];

/** A run and how far its physics is from what was asked for. */
export interface Near {
  id: number;
  distance: number;
}

/** What is compared with: columns by public name, among them those of {@linkcode SCALES}. */
export interface NearestOptions {
  /** At most so many. Default 100. */
  limit?: number;
  /** A run that is left out: the one that is compared with. */
  except?: number;
}

/**
 * The runs nearest in physics, nearest first by the distance of physics/distance.ts. Equal distances: the same code first, then the same
 * grid, then the smaller number.
 *
 * Any run within a radius lies in the box of that radius, so the list is complete up to the radius of the first box with enough runs, or to {@linkcode MISSING};
 * beyond it goes on with what else the box holds. Runs in memory (db/runs/memory_near.ts), small catalogues, and inputs that hardly anything is near to, are compared with all runs.
 */
export async function nearestRuns(
  target: Compared,
  { limit = 100, except }: NearestOptions = {},
): Promise<Near[]> {
  // One more: the run that is left out.
  const among = await nearInMemory(target, limit + 1);
  if (among) {
    const some = sql`and id = any(${among}::bigint[])`;
    return await inBox(target, { box: some, limit, except });
  }
  const { radii, enough } = searchOf(await catalogueSize());
  for (const radius of radii) {
    const box = boxOf(target, radius);
    const near = await inBox(target, { box, limit, except });
    if (near.length >= Math.min(limit, enough)) return near;
  }
  return await inBox(target, { box: sql``, limit, except });
}

function searchOf(runs: number): { radii: number[]; enough: number } {
  if (runs <= SMALL) return { radii: [], enough: 0 };
  return runs <= LARGE
    ? { radii: RADII, enough: ENOUGH }
    : { radii: RADII.filter((r) => r <= NARROW), enough: ENOUGH_OF_MANY };
}

/** The nearest runs with their columns, in the same order. */
export async function listNearest(
  target: Compared,
  { columns, wholeFolders, ...options }: NearestOptions & ListOptions = {},
): Promise<(RunRow & Near)[]> {
  const near = await nearestRuns(target, options);
  const rows = await sql<RunRow[]>`
    select ${columnsOf({ columns, wholeFolders })} from runs
    where id = any(${near.map((n) => n.id)}::bigint[]) and hidden_at is null`;
  const byId = new Map(rows.map((row) => [row.id, row]));
  return near.flatMap(({ id, distance }) => {
    const row = byId.get(id);
    return row ? [{ ...row, distance }] : [];
  });
}

/** The numbers and words of a run that the distance looks at; null when it is unknown or hidden. */
export async function getPhysics(id: number): Promise<Compared | null> {
  const keys = [
    ...SCALES.map((s) => s.key),
    ...COMPARED_WORDS,
    ...TIE_COLUMNS,
    "code",
    "geometry",
  ];
  const [row] = await sql<[Compared?]>`
    select ${columns(keys)} from runs where id = ${id} and hidden_at is null`;
  return row ?? null;
}

async function inBox(
  target: Compared,
  { box, limit, except }: NearestOptions & { box: Fragment },
): Promise<Near[]> {
  const others = except === undefined ? sql`` : sql`and id <> ${except}`;
  return await sql<Near[]>`
    select id, distance from (
      select id, code, ${columns(TIE_COLUMNS)}, sqrt(${
    square(target)
  }) as distance
      from runs where hidden_at is null ${others} ${box} offset 0
    ) near
    order by round(distance / ${DISTANCE_STEP}::float8), ${
    ties(target)
  }, distance, id
    limit ${limit ?? 100}`;
}

function columns(keys: string[]): Fragment {
  return keys.map((key) => sql`${sql(key)}`).reduce((a, b) => sql`${a}, ${b}`);
}

/** In every column the run is no further away than the radius; one that lacks the number is {@linkcode MISSING} away. */
function boxOf(target: Compared, radius: number): Fragment {
  const sides = SCALES.flatMap((scale) => {
    const value = valueOf(target, scale.key);
    if (target[scale.key] === undefined || value === null) return [];
    const place = toScale(value, scale);
    const [low, high] = [place - radius, place + radius].map((p) =>
      fromScale(p, scale)
    );
    const name = sql`${sql(scale.key)}`;
    const side = sql`${name} between ${low!}::float8 and ${high!}::float8`;
    const absent = standIn(scale.key);
    const mayLack = absent === null
      ? radius > NARROW
      : absent >= low! && absent <= high!;
    if (mayLack) return [sql`(${side} or ${name} is null)`];
    return CELLS.includes(scale.key)
      ? [side, inCells(scale, [place - radius, place + radius])]
      : [side];
  });
  return sides.reduce((all, side) => sql`${all} and ${side}`, sql``);
}

/** In one of the cells of the index runs_alike that lie between two places: a b-tree finds equal cells of several columns at once, but the range of one only. */
function inCells(scale: Scale, [low, high]: [number, number]): Fragment {
  // Postgres may round the edge of a cell the other way.
  const [first, last] = [
    Math.floor(low - ROUNDING),
    Math.floor(high + ROUNDING),
  ];
  const cells = Array.from({ length: last - first + 1 }, (_, n) => first + n);
  return sql`floor(${
    placeOf(sql`${sql(scale.key)}`, scale)
  }) = any(${cells}::float8[])`;
}

/** {@linkcode toScale} in SQL. */
function placeOf(value: Fragment, { floor, step }: Scale): Fragment {
  return sql`asinh(greatest(${-LARGEST}::float8, least(${value}, ${LARGEST}::float8)) / ${floor}::float8) / ${step}::float8`;
}

/** The square of the distance. */
function square(target: Compared): Fragment {
  const parts = [
    ...SCALES.map((scale) => partOf(target, scale)),
    ...COMPARED_WORDS.filter((key) => target[key] !== undefined).map((key) =>
      sql`(${sql(key)} is distinct from ${word(target, key)}::text)::int`
    ),
    sql`((coalesce(geometry, '') = ${S_ALPHA}) <> ${isSAlpha(target)})::int`,
  ];
  return parts.reduce((a, b) => sql`${a} + ${b}`);
}

function partOf(target: Compared, scale: Scale): Fragment {
  if (target[scale.key] === undefined) return sql`0`;
  const value = valueOf(target, scale.key);
  const name = sql`coalesce(${sql(scale.key)}, ${standIn(scale.key)}::float8)`;
  const missing = MISSING ** 2;
  if (value === null) {
    return sql`case when ${name} is null then 0 else ${missing}::float8 end`;
  }
  return sql`case when ${name} is null then ${missing}::float8 else (${
    placeOf(name, scale)
  } - ${toScale(value, scale)}::float8) ^ 2 end`;
}

function ties(target: Compared): Fragment {
  const differing = TIE_COLUMNS.map((key) =>
    sql`(${sql(key)} is distinct from ${
      typeof target[key] === "number" ? target[key] : null
    }::float8)::int`
  ).reduce((a, b) => sql`${a} + ${b}`);
  return sql`(code is distinct from ${
    word(target, "code")
  }::text), ${differing}`;
}

function word(target: Compared, key: string): string | null {
  const value = target[key];
  return typeof value === "string" ? value : null;
}
