import { Buffer } from "node:buffer";
import { promisify } from "node:util";
import { gunzip, gzip } from "node:zlib";
import type { PlannedRun } from "./plan.ts";

/** Some planned runs as JSON, gzipped: those of 100,000 files take some 3 MB. */
export async function packRuns(runs: PlannedRun[]): Promise<Uint8Array> {
  return await promisify(gzip)(Buffer.from(JSON.stringify(runs)));
}

/** The planned runs that {@linkcode packRuns} was given. */
export async function unpackRuns<Run extends PlannedRun>(
  packed: Uint8Array,
): Promise<Run[]> {
  return JSON.parse((await promisify(gunzip)(packed)).toString());
}
