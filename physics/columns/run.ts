import { type Column, int, list, text, time } from "../column.ts";
import { kind } from "../linear.ts";

const FOLDER_SEGMENTS_SHOWN = 2;

/** What a run is called and where it comes from. */
export const RUN_COLUMNS: Column[] = [
  int("run", {
    key: "id",
    label: "number",
    name: "Number in the catalogue",
    meaning:
      "Names the run in addresses; it stays the same when the run is uploaded again.",
    filter: "none",
    stored: false,
  }, () => null),
  text("run", {
    key: "source_id",
    label: "MongoDB id",
    name: "Id of the document",
    meaning: "24 hex digits; a new upload of the same run gets a new one.",
    imas: "_id",
    old: "_id",
    filter: "none",
    stored: false,
  }, (sim) => sim.source.id),
  text("run", {
    key: "kind",
    label: "kind",
    name: "Kind of simulation",
    meaning:
      "linear, nonlinear or quasilinear, told from what the document holds; its collection decides only where it holds nothing.",
    imas: "non_linear.quasi_linear, linear.wavevector",
    old: "model.non_linear_run",
    filter: "none",
  }, kind),
  text("run", {
    key: "collection",
    label: "collection",
    name: "Collection",
    meaning:
      "Where the uploader stored the run: linear or nonlinear. It can differ from the kind, as quasilinear transport runs show.",
  }, (sim) => sim.source.collection),
  text("run", {
    key: "code",
    label: "code",
    name: "Gyrokinetic code",
    meaning: "The code that made the run.",
    imas: "Metadata.CodeTag.sim_type",
    old: "Metadata.CodeTag.sim_type",
  }, (sim) => sim.tags.code),
  text("run", {
    key: "layout",
    label: "layout",
    name: "Layout of the document",
    meaning:
      "imas = today's converter, gkdb = the uploader's own layout until 2024, none = no gyrokinetic content.",
  }, (sim) => sim.source.layout),
  text(
    "run",
    {
      key: "folder",
      label: "folder",
      name: "Folder",
      meaning:
        "The last two segments of the folder that was uploaded. Runs of one scan usually share it.",
      imas: "Metadata.DBtag.run_collection_name",
      old: "Metadata.DBtag.run_collection_name",
      filter: "none",
    },
    (sim) =>
      sim.source.folder_path.split("/").filter(Boolean).slice(
        -FOLDER_SEGMENTS_SHOWN,
      ).join("/"),
  ),
  text("run", {
    key: "suffix",
    label: "suffix",
    name: "Suffix",
    meaning:
      "Tells the runs of one folder apart: GENE's _0001, or the name of a sub-folder.",
    imas: "Metadata.DBtag.run_suffix",
    old: "Metadata.DBtag.run_suffix",
    filter: "none",
  }, (sim) => sim.source.suffix),
  time("run", {
    key: "uploaded_at",
    label: "uploaded",
    name: "Time of the upload",
    meaning:
      "The time part of the document's id: the only reliable one, since uploaders wrote their local time.",
    imas: "_id",
    old: "_id",
  }, (sim) => sim.source.uploaded_at),
  time("run", {
    key: "updated_at",
    label: "updated",
    name: "Last change",
    meaning: "By the uploader's clock, whose time zone is not recorded.",
    imas: "Metadata.DBtag.last_updated",
    old: "Metadata.DBtag.last_updated",
  }, (sim) => sim.tags.updated_at),
  list("run", {
    key: "keywords",
    label: "keywords",
    name: "Keywords",
    meaning: "Given by the uploader; in lower case, each once.",
    imas: "Metadata.DBtag.keywords",
    old: "Metadata.DBtag.keywords",
  }, (sim) => sim.tags.keywords),
  text("run", {
    key: "comments",
    label: "comments",
    name: "Comments",
    meaning: "Free text by the uploader.",
    imas: "Metadata.DBtag.comments",
    old: "Metadata.DBtag.comments",
    filter: "none",
  }, (sim) => sim.tags.comments),
];
