import { expect } from "expect";
import { columnValues } from "../../physics/columns.ts";
import {
  type CollectionName,
  readSimulation,
} from "../../db/source/simulation.ts";

const RELATIVE = 1e-9;

/** The catalogue row of a document. */
export function columnsOf(
  document: Record<string, unknown>,
  collection: CollectionName,
): Record<string, unknown> {
  const reading = readSimulation(document, collection);
  expect(reading.unreadable).toBeUndefined();
  return columnValues(reading.simulation!);
}

/** Compares some columns, numbers to nine digits. */
export function expectColumns(
  row: Record<string, unknown>,
  wanted: Record<string, unknown>,
): void {
  for (const [key, want] of Object.entries(wanted)) {
    const got = row[key];
    const isClose = typeof want === "number" && typeof got === "number" &&
      Math.abs(got - want) <= RELATIVE * Math.abs(want);
    if (!isClose) expect({ [key]: got }).toEqual({ [key]: want });
  }
}
