import type { Document } from "mongodb";
import type { RunParts } from "./folder_files.ts";
import type { IdMint } from "./ids.ts";
import { inGyroBohm, inSoundUnits } from "./inputs/units.ts";
import { pickle, type Plain } from "./pickle.ts";
import { kinetic } from "./plasma.ts";
import type { Shelf } from "./shelf.ts";

/** Since then `omega` is a pickle of its own; before, an object inside the document. */
const OMEGA_AS_FILE_SINCE = Date.UTC(2025, 5, 2);

/** `Diagnostics`: for GENE runs `omega` or `Flux Spectra`, for every other code nothing. */
export function diagnostics(
  parts: RunParts,
  shelf: Shelf,
  mint: IdMint,
): Document {
  const { upload, nonlinear } = parts;
  if (upload.code !== "GENE") return {};
  if (nonlinear) {
    return {
      "Flux Spectra": store(
        "Flux Spectra",
        fluxSpectra(parts),
        parts,
        shelf,
        mint,
      ),
    };
  }
  const omega = omegaOf(parts);
  const inline = upload.uploaded.getTime() < OMEGA_AS_FILE_SINCE;
  return { omega: inline ? omega : store("omega", omega, parts, shelf, mint) };
}

/** k_y, growth rate and frequency in GENE's own units. */
function omegaOf({ run, wavevectors }: RunParts): { [key: string]: number } {
  const { kyInput, modes } = wavevectors[0]!;
  const { gamma, omega } = modes[0]!;
  const rounded = (v: number) => Number(inSoundUnits(run.plasma, v).toFixed(4));
  return { ky: kyInput, gamma: rounded(gamma), omega: rounded(omega) };
}

/** Time-averaged heat and particle flux per k_y, in GENE's units, one entry per species. */
function fluxSpectra({ run, nonlinear }: RunParts): Plain {
  const { plasma, ky } = run;
  const spectrum = (
    records: { spectrum: number[] }[],
    from: number,
    to: number,
  ) =>
    ky.map((_, i) =>
      inGyroBohm(
        plasma,
        records.slice(from, to).reduce((a, r) => a + r.spectrum[i]!, 0),
      )
    );
  const perSpecies = kinetic(plasma).map((s, i): [string, Plain] => {
    const { energy, particles } = nonlinear!.species[i]!;
    return [s.name, {
      Qes: { ky: [spectrum(energy, 0, 1)] },
      Qem: { ky: [spectrum(energy, 1, 3)] },
      Ges: { ky: [spectrum(particles, 0, 1)] },
      Gem: { ky: [spectrum(particles, 1, 3)] },
    }];
  });
  return {
    kygrid: ky,
    time: [nonlinear!.time.at(-1)!],
    ...Object.fromEntries(perSpecies),
  };
}

function store(
  name: string,
  value: Plain,
  { upload }: RunParts,
  shelf: Shelf,
  mint: IdMint,
) {
  const uploaded = new Date(upload.uploaded.getTime() - 2000);
  return shelf.add(mint, {
    filename: name,
    filepath: upload.folder,
    code: "GENE",
    data: pickle(value),
    uploaded,
  });
}
