import type { Case, CaseRun } from "../case.ts";
import { plasma } from "../plasma.ts";
import { GA_STD } from "./plasmas.ts";

/** Runs that are wrong on purpose, each in its own way, as real databases hold them. */
export function brokenCases(): Case[] {
  const base = plasma(GA_STD);
  const run = (
    suffix: string,
    comments: string,
    rest: Partial<CaseRun>,
  ): CaseRun => ({ suffix, plasma: base, ky: [0.3], comments, ...rest });
  return [{
    code: "CGYRO",
    kind: "linear",
    name: "broken_cgyro",
    user: "demo_broken",
    uploaded: "2026-04-20T12:00:00Z",
    keywords: "broken on purpose",
    comments: "broken on purpose",
    confidence: 0,
    runs: [
      run("dangling_file", "one file id has no file", { damage: "dangling" }),
      run("short_file", "the input file lacks its last chunk", {
        damage: "short",
      }),
      run("no_physics", "no gyrokinetics block", { damage: "no_physics" }),
      run("no_key", "no folder and suffix", { damage: "no_key" }),
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
