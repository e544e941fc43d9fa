import type { Code, Kind, Upload } from "./documents/upload.ts";
import type { Resolution } from "./inputs/deck.ts";
import type { ModeName } from "./linear_models.ts";
import type { Plasma } from "./plasma.ts";

/** One run of a scan: what differs from its neighbours. */
export interface CaseRun {
  suffix: string;
  plasma: Plasma;
  /** k_y rho_s of the input: one, or the grid of a nonlinear or TGLF run. */
  ky: number[];
  resolution?: Partial<Resolution>;
  /** Nonlinear runs: which mode drives them and what is wrong with the record. */
  mode?: ModeName;
  flux?: number;
  drift?: boolean;
  pileUp?: boolean;
  points?: number;
  /** Replaces the model's numbers, for the runs that are meant to look wrong. */
  override?: { gamma?: number; omega?: number; tolerance?: number };
  /** Stores a large binary beside the small files. */
  large?: boolean;
  comments?: string;
  /** GENE's circular model geometry in place of a Miller surface. */
  sAlpha?: boolean;
  /** What is broken on purpose, so that the portal's warnings have something to show. */
  damage?: Damage;
}

/**
 * `dangling`: a file id without a file; `short`: a file without its last chunk;
 * `no_physics`: no gyrokinetics block; `no_key`: no folder and suffix;
 * `unreadable`: neither of them.
 */
export type Damage =
  | "dangling"
  | "short"
  | "no_physics"
  | "no_key"
  | "unreadable";

/** One uploaded folder: a scan of runs by one user. */
export interface Case {
  code: Code;
  kind: Kind;
  layout?: Upload["layout"];
  envelope?: Upload["envelope"];
  /** Last part of the folder's path. */
  name: string;
  user: string;
  uploaded: string;
  keywords: string;
  comments: string;
  confidence: number | string;
  device?: string;
  scenario?: string;
  platform?: string;
  workflow?: string;
  /** A file that every run of the folder lists under the same id. */
  shared?: { filename: string; text: string };
  /** Stored PNGs, for old nonlinear runs. */
  plots?: boolean;
  /** A transport run that the uploader took for linear: it lies in `LinearRuns`. */
  misfiled?: boolean;
  runs: CaseRun[];
}
