import type { Document } from "mongodb";
import { stamp } from "../ids.ts";

export type Code = "GENE" | "CGYRO" | "TGLF" | "GS2" | "GX";
export type Kind = "linear" | "nonlinear" | "quasilinear";

/** Who uploaded what, when: all of a document that is not physics. */
export interface Upload {
  code: Code;
  kind: Kind;
  /** Content of the document: the converter's, or the older GENE-only one. */
  layout: "imas" | "gkdb";
  /** Top-level names: `Meta` and `gyrokinetics` in documents that were never migrated. */
  envelope: "Metadata" | "Meta";
  user: string;
  /** Absolute path of the uploaded folder. */
  folder: string;
  suffix: string;
  keywords: string | string[];
  comments: string;
  confidence: number | string;
  uploaded: Date;
  device: string | null;
  scenario: string | null;
  platform: string | null;
  workflow: string | null;
  archive: string | null;
  /** What the uploader wrote into `IsLinear`, which is not always true. */
  taggedLinear: boolean;
}

/** Since then the uploader records restarts and always sets a platform. */
const RESTART_SINCE = Date.UTC(2025, 5, 1);

/** `Metadata` in nested tags, or `Meta` as one flat object. */
export function metadata(upload: Upload): Document {
  return upload.envelope === "Meta" ? flat(upload) : nested(upload);
}

function flat(upload: Upload): Document {
  const {
    user,
    folder,
    suffix,
    keywords,
    code,
    confidence,
    comments,
    uploaded,
    kind,
  } = upload;
  const when = kind === "linear" ? "time_uploaded" : "time uploaded";
  return {
    user,
    run_collection_name: folder,
    run_suffix: suffix,
    keywords,
    simulation_type: code,
    confidence,
    comments,
    [when]: stamp(uploaded),
    last_updated: stamp(uploaded),
  };
}

function nested(upload: Upload): Document {
  const { code, kind, uploaded, layout, taggedLinear } = upload;
  const restart = { InitObjectId: null, Timestep: 0, restart: false };
  return {
    CodeTag: {
      Has1DFluxes: layout === "gkdb" ? null : true,
      IsLinear: taggedLinear,
      execution_date: layout === "gkdb" ? null : stamp(uploaded).slice(0, 6),
      git_hash: layout === "gkdb" ? null : "",
      platform: upload.platform,
      quasi_linear: kind === "quasilinear",
      sim_type: code,
      workflow_type: upload.workflow,
    },
    DBtag: {
      ...(uploaded.getTime() >= RESTART_SINCE ? { IsRestart: restart } : {}),
      archiveLocation: upload.archive,
      comments: upload.comments,
      confidence: upload.confidence,
      keywords: upload.keywords,
      last_updated: stamp(uploaded),
      linkedObjectID: null,
      run_collection_name: upload.folder,
      run_suffix: upload.suffix,
      time_uploaded: stamp(uploaded),
      user: upload.user,
    },
    Publications: { doi: [] },
    ScenarioTag: {
      // The uploader's own key, typing error included.
      "Name of actual of hypothetical experiment": upload.device,
      scenario_runid: upload.scenario,
    },
  };
}
