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
    const runs = await hasAny(wire, dbName, "LinearRuns") ||
      await hasAny(wire, dbName, "NonlinRuns");
    return runs && !await hasAny(wire, dbName, "demo_marker");
  } finally {
    wire.close();
  }
}

/** A find, since mongod's quick counts may be a minute old after a crash. */
async function hasAny(wire: Wire, dbName: string, collection: string) {
  const reply = await wire.command(dbName, {
    find: collection,
    limit: 1,
    singleBatch: true,
    projection: { _id: 1 },
  });
  return (reply.cursor as { firstBatch: unknown[] }).firstBatch.length > 0;
}
