import { z } from "zod";

/** What an archive can hold of a run, as `parts=` names it. */
export const PARTS = [
  "inputs",
  "files",
  "diagnostics",
  "plots",
  "summary",
] as const;
export type Part = (typeof PARTS)[number];

/** `parts=` of a request: absent means all. */
export const Parts = z.union([
  z.enum(PARTS).transform((p) => [p]),
  z.array(z.enum(PARTS)),
])
  .optional().transform((parts): Part[] => {
    const chosen = new Set(parts ?? PARTS);
    return PARTS.filter((p) => chosen.has(p));
  });

/**
 * Keys of `Files` that are input files: `parameters` (GENE), `input_cgyro`, `input_tglf`, `input_gacode` and their generated
 * forms, `gs2_in`, `gx_in`. Good for JavaScript and for Postgres (`~*`).
 */
export const INPUT_KEY = "^(parameters|input_.*|.*_in)$";

const INPUT_KEYS = new RegExp(INPUT_KEY, "i");

/** Whether a file of the document belongs to the chosen parts; `files` includes the input files. */
export function isChosen(
  file: { block: "Files" | "Diagnostics"; key: string },
  parts: readonly Part[],
): boolean {
  if (file.block === "Diagnostics") return parts.includes("diagnostics");
  return parts.includes("files") ||
    (parts.includes("inputs") && INPUT_KEYS.test(file.key));
}
