import { findFamilies } from "../db/families/find.ts";

/** Finds spectra, scans and twins anew after the catalogue changed. */
export async function findFamiliesOfRuns(): Promise<void> {
  await findFamilies();
}
