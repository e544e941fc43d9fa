import type { Case, CaseRun } from "../case.ts";
import { plasma } from "../plasma.ts";
import { GA_STD } from "./plasmas.ts";
import { KY_BOX } from "./scan.ts";

/** Runs that are wrong on purpose, each in its own way, as real databases hold them. */
export function brokenCases(): Case[] {
  const base = plasma(GA_STD);
  const run = (
    suffix: string,
    comments: string,
    rest: Partial<CaseRun>,
  ): CaseRun => ({ suffix, plasma: base, ky: [0.3], comments, ...rest });
  const common = {
    code: "CGYRO" as const,
    user: "demo_broken",
    keywords: "broken on purpose",
    comments: "broken on purpose",
    confidence: 0,
  };
  return [{
    ...common,
    kind: "nonlinear",
    name: "broken_cgyro_nl",
    uploaded: "2026-04-21T12:00:00Z",
    runs: [
      run("short_binary", "the large file lacks its last chunk", {
        ky: KY_BOX,
        large: true,
        damage: "short",
      }),
    ],
  }, {
    ...common,
    kind: "linear",
    name: "broken_cgyro",
    uploaded: "2026-04-20T12:00:00Z",
    runs: [
      run("dangling_file", "one file id has no file", { damage: "dangling" }),
      run("short_file", "the last file lacks its only chunk", {
        damage: "short",
      }),
      run("no_physics", "no gyrokinetics block", { damage: "no_physics" }),
      run("no_key", "no folder and suffix", { damage: "no_key" }),
      run("nothing", "neither folder nor physics: unreadable", {
        damage: "unreadable",
      }),
      run("nan_tolerance", "two time points only", {
        override: { tolerance: NaN },
      }),
      run("unconverged", "stopped in mid growth", {
        override: { gamma: -12.9, tolerance: 0.87 },
      }),
      run("slow", "near marginality, still settling", {
        override: { tolerance: 0.34 },
      }),
    ],
  }];
}
