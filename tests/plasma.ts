import type { RunValues } from "./make_run.ts";

/** Physics of the Cyclone base case but for the ion gradient: runs that share it are of one family, whatever else they are. */
export const PLASMA: RunValues = {
  fields: "phi",
  adiabatic: "none",
  q: 1.4,
  s_hat: 0.8,
  r_over_R: 0.18,
  Ti_Te: 1,
  RLTe: 6.9,
  RLne: 2.2,
  nu_ee: 0.2,
};
