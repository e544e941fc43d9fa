import type { Maybe } from "./simulation.ts";

/** Heat fluxes that are compared. */
export const HEAT_FLUXES = { Q_i: "ions", Q_e: "electrons" } as const;
export type HeatFlux = keyof typeof HEAT_FLUXES;

/** A nonlinear or quasilinear run of a case that has both. */
export interface FluxRun {
  id: number;
  case_id: number;
  kind: "nonlinear" | "quasilinear";
  code: string | null;
  saturated: string | null;
  /** Saturation rule of the quasilinear model, as the input has it. */
  rule: string | null;
  Q_i: Maybe;
  Q_e: Maybe;
  /** What the ratio is plotted against. */
  x: Maybe;
  /** The search finds it; the others of its case are there to compare it with. */
  found: boolean;
}

/** A quasilinear flux over the nonlinear one of the same physics. */
export interface FluxPair {
  nonlinear: FluxRun;
  quasilinear: FluxRun;
  ratio: number;
  /** The nonlinear flux stands still; the others are drawn but do not count. */
  settled: boolean;
}

/** Why runs of a case make no pair, in words that follow a number of pairs. */
export type SkipReason =
  | "the nonlinear run stores no flux"
  | "the nonlinear flux is zero or inward"
  | "the quasilinear run stores no flux"
  | "the quasilinear flux is zero or inward"
  | "a case has more pairs than are drawn";

/** Runs of each kind that a case contributes at most, the newest of those that were found first: a well-known one may have hundreds. */
export const MAX_OF_CASE = 10;

/** The pairs in which at least one run was found, and how many there are not and why. */
export function fluxPairs(
  runs: FluxRun[],
  flux: HeatFlux,
): { pairs: FluxPair[]; skipped: Map<SkipReason, number> } {
  const pairs: FluxPair[] = [];
  const skipped = new Map<SkipReason, number>();
  const skip = (reason: SkipReason, n = 1) =>
    skipped.set(reason, (skipped.get(reason) ?? 0) + n);
  for (const members of Map.groupBy(runs, (r) => r.case_id).values()) {
    const newest = members.toSorted((a, b) =>
      Number(b.found) - Number(a.found) || b.id - a.id
    );
    const of = (kind: FluxRun["kind"]) => newest.filter((r) => r.kind === kind);
    const [all, models] = [of("nonlinear"), of("quasilinear")];
    const drawn = all.slice(0, MAX_OF_CASE);
    const kept = models.slice(0, MAX_OF_CASE);
    const over = pairsOf(all, models) - pairsOf(drawn, kept);
    if (over > 0) skip("a case has more pairs than are drawn", over);
    for (const nonlinear of drawn) {
      for (const quasilinear of kept) {
        if (!nonlinear.found && !quasilinear.found) continue;
        const reason = faultOf(nonlinear[flux], quasilinear[flux]);
        if (reason !== null) skip(reason);
        else {
          const ratio = quasilinear[flux]! / nonlinear[flux]!;
          const settled = nonlinear.saturated === "yes";
          pairs.push({ nonlinear, quasilinear, ratio, settled });
        }
      }
    }
  }
  return { pairs, skipped };
}

/** How many pairs have a run that was found. */
function pairsOf(nonlinear: FluxRun[], models: FluxRun[]): number {
  const others = (runs: FluxRun[]) => runs.filter((r) => !r.found).length;
  return nonlinear.length * models.length - others(nonlinear) * others(models);
}

function faultOf(nonlinear: Maybe, model: Maybe): SkipReason | null {
  if (nonlinear === null) return "the nonlinear run stores no flux";
  if (model === null) return "the quasilinear run stores no flux";
  if (nonlinear <= 0) return "the nonlinear flux is zero or inward";
  if (model <= 0) return "the quasilinear flux is zero or inward";
  return null;
}

/** How well a model meets the nonlinear flux, over cases: each counts once, however often it was run. */
export interface Agreement {
  cases: number;
  pairs: number;
  /** Median over the cases of the median ratio of each, both in the logarithm. */
  median: number;
  /** Half of the cases lie between; the extremes below {@linkcode FEW_CASES}. */
  low: number;
  high: number;
}

/** Below so many cases quartiles say nothing. */
export const FEW_CASES = 8;

/** The agreement of settled pairs; null when there is none. */
export function agreement(pairs: FluxPair[]): Agreement | null {
  const settled = pairs.filter((p) => p.settled);
  if (settled.length === 0) return null;
  const cases = [
    ...Map.groupBy(settled, (p) => p.nonlinear.case_id).values(),
  ].map((of) => quantile(of.map((p) => Math.log(p.ratio)), 0.5));
  const [from, to] = cases.length < FEW_CASES ? [0, 1] : [0.25, 0.75];
  return {
    cases: cases.length,
    pairs: settled.length,
    median: Math.exp(quantile(cases, 0.5)),
    low: Math.exp(quantile(cases, from!)),
    high: Math.exp(quantile(cases, to!)),
  };
}

/** By linear interpolation between the ranks. */
function quantile(values: number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const rank = share * (sorted.length - 1);
  const [below, above] = [
    sorted[Math.floor(rank)]!,
    sorted[Math.ceil(rank)]!,
  ];
  return below + (above - below) * (rank - Math.floor(rank));
}
