import type { Difference } from "../physics/difference.ts";
import { percent, significant } from "./format.ts";

/** Above this ratio a factor says more than a share. */
const LARGE_RATIO = 2;

/** How a column differs between runs, in words; "" where it does not. */
export function differenceWords(found: Difference, runs: number[]): string {
  const named = (places: number[]) =>
    `${places.length === 1 ? "run" : "runs"} ${
      places.map((k) => runs[k]).join(", ")
    }`;
  switch (found.kind) {
    case "none":
      return "";
    case "missing":
      return `none for ${named(found.places)}`;
    case "rounding":
      return `equal but for ${significant(found.share * 100)} %`;
    case "sign":
      return "opposite signs";
    case "zero":
      return `zero for ${named(found.places)}`;
    case "numbers":
      return found.ratio > LARGE_RATIO
        ? `${significant(found.ratio)} times as large`
        : `${percent(found.share)} apart`;
    case "words":
      return "different";
  }
}
