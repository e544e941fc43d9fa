import { loadDemoRuns } from "./load.ts";

/** Fills the demo's own MongoDB of compose.yaml, and only that: its address comes in DEMO_MONGO_URL. */
const url = Deno.env.get("DEMO_MONGO_URL");
if (!url) {
  console.error(
    "DEMO_MONGO_URL is needed: the MongoDB that may be filled with demo runs",
  );
  Deno.exit(2);
}
const { linear, nonlinear } = await loadDemoRuns(
  url,
  Deno.env.get("MONGO_DB") ?? "mgk_fusion",
  console.log,
);
console.log(`${linear + nonlinear} demo runs are there`);
