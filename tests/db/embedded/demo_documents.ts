/** The demo's documents and what its tests read out of them. */
import type { Document } from "mongodb";
import { makeDemo } from "../../../db/embedded/demo/make.ts";

export const demo = makeDemo();
/** Linear and nonlinear documents together. */
export const all: Document[] = [...demo.linear, ...demo.nonlinear];

/** A number, or lists of them of any depth. */
export type Nested = number | Nested[];

export function codeOf(d: Document): string {
  return d.Metadata?.CodeTag.sim_type ?? d.Meta.simulation_type;
}

/** User, folder, comments and so on, in either envelope. */
export function tagOf(d: Document): Document {
  return d.Metadata?.DBtag ?? d.Meta;
}

export function physicsOf(d: Document): Document | undefined {
  return d.gyrokineticsIMAS ?? d.gyrokinetics;
}

/** The physics of every document that has any. */
export function withPhysics(): { physics: Document; code: string }[] {
  return all.flatMap((d) => {
    const physics = physicsOf(d);
    return physics ? [{ physics, code: codeOf(d) }] : [];
  });
}

/** Ids of the files and diagnostics a document lists. */
export function fileIds(d: Document): string[] {
  const values = [
    ...Object.values(d.Files),
    ...Object.values(d.Diagnostics),
  ] as Document[];
  return values.filter((v) => v?._bsontype === "ObjectId").map((v) =>
    v.toHexString()
  );
}

export function total<T>(
  items: T[],
  value: (item: T, i: number) => number,
): number {
  return items.reduce((sum, item, i) => sum + value(item, i), 0);
}

export function deepSum(value: Nested): number {
  return Array.isArray(value) ? total(value, deepSum) : value;
}

export function countBy<T>(
  items: T[],
  key: (item: T) => string,
): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const item of items) counts[key(item)] = (counts[key(item)] ?? 0) + 1;
  return counts;
}

/** Fails unless two numbers agree to 1e-9, naming what differs. */
export function near(got: number, want: number, label: string): void {
  if (!(Math.abs(got - want) <= 1e-9 * Math.abs(want))) {
    throw new Error(`${label}: ${got}, expected ${want}`);
  }
}
