import { expect } from "expect";
import fc from "fast-check";
import { Binary, Decimal128, Long, ObjectId } from "mongodb";
import { columnValues } from "../../../physics/columns.ts";
import { thinned } from "../../../physics/thin.ts";
import { strictJson } from "../../../db/source/json.ts";
import {
  type CollectionName,
  readSimulation,
} from "../../../db/source/simulation.ts";
import { hasSharedDocuments, sharedDocuments } from "./shared_documents.ts";
import { imasDocument } from "./make_document.ts";

/** What may stand where a document should have something else. */
const HOSTILE: unknown[] = [
  null,
  undefined,
  NaN,
  Infinity,
  -9e40,
  9e40,
  999999999,
  1e308,
  -1e308,
  "",
  "None",
  "9e40",
  "\0\ud800",
  true,
  [],
  {},
  [[]],
  [[[1, 2], [3]]],
  [null],
  { a: { b: [] } },
  Long.MAX_VALUE,
  Decimal128.fromString("NaN"),
  new ObjectId(),
  new Date(NaN),
  new Binary(new Uint8Array(3)),
];

Deno.test({
  name:
    "no value anywhere in a document breaks its reading or leaves a number that is none",
  ignore: !hasSharedDocuments(),
  fn: async () => {
    const documents = await everyKind();
    fc.assert(
      fc.property(
        fc.nat(),
        fc.array(fc.tuple(fc.nat(), fc.constantFrom(...HOSTILE)), {
          minLength: 1,
          maxLength: 6,
        }),
        (which, changes) => {
          const [collection, original] = documents[which % documents.length]!;
          const document = structuredClone(original);
          for (const [place, value] of changes) replace(document, place, value);
          const { simulation, unreadable } = readSimulation(
            document,
            collection,
          );
          if (unreadable !== undefined) {
            return expect(unreadable).not.toMatch("It cannot be read");
          }
          const columns = columnValues(simulation!);
          for (const value of [columns, thinned(simulation!)]) {
            expectSound(value);
          }
          for (const value of Object.values(columns)) {
            if (typeof value === "number") {
              expect(Math.abs(value)).toBeLessThan(9e39);
            }
          }
          JSON.stringify(strictJson(document));
        },
      ),
      { numRuns: 500 },
    );
  },
});

/** One document of each kind, without the classes of BSON that structuredClone does not know. */
async function everyKind(): Promise<
  [CollectionName, Record<string, unknown>][]
> {
  const linear = (await sharedDocuments("real", "LinearRuns")).filter((_, k) =>
    [0, 1, 2, 10, 11, 12].includes(k)
  );
  const nonlinear = await sharedDocuments("real", "NonlinRuns");
  const all: [CollectionName, Record<string, unknown>][] = [
    ["LinearRuns", imasDocument() as Record<string, unknown>],
    ...linear.map((
      d,
    ): [CollectionName, Record<string, unknown>] => ["LinearRuns", d]),
    ...nonlinear.map((
      d,
    ): [CollectionName, Record<string, unknown>] => ["NonlinRuns", d]),
  ];
  return all.map((
    [collection, d],
  ) => [collection, {
    ...JSON.parse(JSON.stringify({ ...d, Plots: null }), short),
    _id: String(d._id),
  }]);
}

/** Arrays of some length say as much as long ones, in less time. */
function short(_key: string, value: unknown): unknown {
  return Array.isArray(value) ? value.slice(0, 12) : value;
}

/** Puts a value at a place of the tree that depends on a number; places near the root and deep ones are both reached. */
function replace(
  document: Record<string, unknown>,
  place: number,
  value: unknown,
): void {
  let node: Record<string, unknown> = document;
  for (let left = place;; left = Math.floor(left / 7)) {
    const keys = Object.keys(node).filter((key) =>
      node !== document || key !== "_id"
    );
    if (keys.length === 0) return;
    const key = keys[left % keys.length]!;
    const child = node[key];
    const isLeaf = typeof child !== "object" || child === null || isBson(child);
    if (isLeaf || left < 7) {
      node[key] = isBson(value) ? value : structuredClone(value);
      return;
    }
    node = child as Record<string, unknown>;
  }
}

function isBson(value: unknown): boolean {
  return typeof value === "object" && value !== null &&
    ("_bsontype" in value || value instanceof Date);
}

function expectSound(value: unknown): void {
  if (typeof value === "number") {
    expect(Number.isFinite(value)).toBe(true);
  } else if (typeof value === "string") {
    expect(value.isWellFormed() && !value.includes("\0")).toBe(true);
  } else if (typeof value === "object" && value !== null) {
    Object.values(value).forEach(expectSound);
  }
}
