import type { Document } from "mongodb";
import { buildCase } from "./build.ts";
import type { Case } from "./case.ts";
import { brokenCases } from "./cases/broken.ts";
import { deviceCases } from "./cases/devices.ts";
import { driveCases } from "./cases/drives.ts";
import { nonlinearCases } from "./cases/nonlinear.ts";
import { oldCases } from "./cases/old.ts";
import { referenceCases } from "./cases/reference.ts";
import { Shelf } from "./shelf.ts";

/** The demo database, ready to be inserted. */
export interface Demo {
  linear: Document[];
  nonlinear: Document[];
  /** `fs.files` and `fs.chunks`. */
  files: Document[];
  chunks: Document[];
  /** Sum of the files' lengths. */
  bytes: number;
}

/** Every folder of the demo. */
export function demoCases(): Case[] {
  return [
    ...referenceCases(),
    ...driveCases(),
    ...deviceCases(),
    ...nonlinearCases(),
    ...oldCases(),
    ...brokenCases(),
  ];
}

/**
 * Makes some 400 simulation documents in both layouts and of all five codes,
 * with their GridFS files: the same bytes and ids every time. The numbers come
 * from closed formulas; each document says that it is an analytic demo.
 */
export function makeDemo(): Demo {
  const shelf = new Shelf();
  const linear: Document[] = [], nonlinear: Document[] = [];
  for (const c of demoCases()) {
    const target = c.kind === "linear" || c.misfiled ? linear : nonlinear;
    target.push(...buildCase(c, shelf));
  }
  const { files, chunks, bytes } = shelf;
  return { linear, nonlinear, files, chunks, bytes };
}
