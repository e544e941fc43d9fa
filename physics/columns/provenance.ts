import { type Column, int, text } from "../column.ts";

/** Who made a run, on what, and how far it is trusted. */
export const PROVENANCE_COLUMNS: Column[] = [
  text("provenance", {
    key: "user",
    label: "user",
    name: "Uploader",
    meaning: "Database log-in of the person who uploaded the run.",
    imas: "Metadata.DBtag.user",
    old: "Metadata.DBtag.user",
  }, (sim) => sim.tags.user),
  text("provenance", {
    key: "device",
    label: "device",
    name: "Device",
    meaning: "The actual or hypothetical experiment.",
    imas: "Metadata.ScenarioTag.Name of actual of hypothetical experiment",
    old: "Metadata.ScenarioTag.Name of actual of hypothetical experiment",
  }, (sim) => sim.tags.device),
  text("provenance", {
    key: "scenario",
    label: "scenario",
    name: "Scenario",
    meaning: "Shot, time or run id of the scenario, such as 129913.1500ms.",
    imas: "Metadata.ScenarioTag.scenario_runid",
    old: "Metadata.ScenarioTag.scenario_runid",
    filter: "none",
  }, (sim) => sim.tags.scenario),
  text("provenance", {
    key: "platform",
    label: "platform",
    name: "Platform",
    meaning: "The computer that the run was made on.",
    imas: "Metadata.CodeTag.platform",
    old: "Metadata.CodeTag.platform",
  }, (sim) => sim.tags.platform),
  text("provenance", {
    key: "workflow",
    label: "workflow",
    name: "Workflow",
    meaning: "What drove the code: standalone, portals, smarts ...",
    imas: "Metadata.CodeTag.workflow_type",
    old: "Metadata.CodeTag.workflow_type",
  }, (sim) => sim.tags.workflow),
  int("provenance", {
    key: "confidence",
    label: "confidence",
    name: "Confidence",
    meaning:
      "0 = output produced, 1 = looked at and plausible, 2 = derived from a better checked run, 3 = convergence tested. " +
      "Only on the scale used since August 2025; the older one, 1 to 10, is never mixed in.",
    imas: "Metadata.DBtag.confidence",
    old: "Metadata.DBtag.confidence",
    filter: "facet",
  }, (sim) => sim.tags.confidence_level),
  text("provenance", {
    key: "confidence_raw",
    label: "confidence as stored",
    name: "Confidence as stored",
    meaning: "What the uploader gave, on whichever scale.",
    imas: "Metadata.DBtag.confidence",
    old: "Metadata.DBtag.confidence",
    filter: "none",
  }, (sim) => sim.tags.confidence_raw),
  text("provenance", {
    key: "confidence_scale",
    label: "scale of the confidence",
    name: "Scale of the confidence",
    meaning: "0-3 (since August 2025), 1-10 (before), or unset.",
    filter: "none",
  }, (sim) => sim.tags.confidence_scale),
];
