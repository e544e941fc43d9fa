import { getSpectrum, type Member } from "./members.ts";

/** Columns that the points of a plot are made from. */
const POINT_COLUMNS = [
  "code",
  "ky",
  "ky_input",
  "gamma",
  "omega",
  "stability",
  "convergence",
  "implausible",
  "mode",
  "a_over_R",
];

/** Runs of the same code and physics as a run, with what a plot of them needs and no more; empty when the run is unknown or hidden. */
export async function listSpectrumPoints(id: number): Promise<Member[]> {
  const family = await getSpectrum(id, { columns: POINT_COLUMNS });
  return family?.members ?? [];
}
