import type { Log } from "./log.ts";
import { openWire, type Wire } from "./wire.ts";

/** Fills an embedded mongod with the demo runs, unless it holds other runs only; the loader mends what is cut off or old. */
export async function loadDemoOnce(
  { mongoUrl, dbName, log }: { mongoUrl: string; dbName: string; log: Log },
): Promise<void> {
  if (await holdsOtherRunsOnly(mongoUrl, dbName)) return;
  const { loadDemoRuns } = await import("./demo/load.ts");
  await loadDemoRuns(mongoUrl, dbName, log);
}

async function holdsOtherRunsOnly(mongoUrl: string, dbName: string) {
  const wire = await openWire(mongoUrl);
  try {
    const runs = await count(wire, dbName, "LinearRuns") +
      await count(wire, dbName, "NonlinRuns");
    return runs > 0 && await count(wire, dbName, "demo_marker") === 0;
  } finally {
    wire.close();
  }
}

async function count(wire: Wire, dbName: string, collection: string) {
  const { n } = await wire.command(dbName, { count: collection });
  return Number(n);
}
