import type { RunRow } from "../db/runs/list.ts";
import { type PublishedLine, publishedLines } from "../physics/published.ts";
import { num } from "./family_points.ts";

/** What the literature expects for the threshold of a scan, for the plasma of one of its runs. */
export function publishedFor(varied: string, row: RunRow): PublishedLine[] {
  return publishedLines(varied, {
    q: num(row, "q"),
    s_hat: num(row, "s_hat"),
    r_over_R: num(row, "r_over_R"),
    Ti_Te: num(row, "Ti_Te"),
    RLne: num(row, "RLne"),
    RLni: num(row, "RLni"),
    nu_ee: num(row, "nu_ee"),
    Z_eff: num(row, "Z_eff"),
  });
}
