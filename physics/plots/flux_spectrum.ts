import type { Flux, Nonlinear } from "../simulation.ts";
import {
  addRows,
  isRounding,
  largest,
  placed,
  speciesRows,
  type XY,
} from "./points.ts";

/** A time-averaged flux over |k_y|. */
export interface FluxSpectrum {
  flux: Flux;
  /** By species, in stored order, summed over the fields, ascending in |k_y|. */
  species: XY[][];
  total: XY[];
  /** Where the total is largest in magnitude. */
  peak: XY;
  /** |total| at the largest |k_y| over that of the peak: 0..1. */
  tail: number;
  /** The peak is at the smallest |k_y| other than 0. */
  first: boolean;
}

/** Heat and particle flux over |k_y|; empty where no spectrum of two points is stored. */
export function fluxSpectra(n: Nonlinear | null): FluxSpectrum[] {
  if (n === null) return [];
  return (["energy", "particles"] as const).flatMap((flux) => {
    const rows = speciesRows(n.spectra, flux);
    const ky = n.ky.map((k) => k === null ? null : Math.abs(k));
    const sorted = (points: XY[]) => points.toSorted((a, b) => a.x - b.x);
    const total = sorted(placed(ky, addRows(rows)));
    const peak = largest(total);
    if (total.length < 2 || peak === null) return [];
    const heat = speciesRows(n.spectra, "energy").flat();
    if (flux === "particles" && isRounding(rows.flat(), heat)) return [];
    return [{
      flux,
      species: rows.map((row) => sorted(placed(ky, row))),
      total,
      peak,
      tail: peak.y === 0 ? 0 : Math.abs(total.at(-1)!.y / peak.y),
      first: peak === total.find((p) => p.x > 0),
    }];
  });
}
