/** Numbers of the plots of the real documents, against ones worked out from the documents by a separate script (numpy). */
import { expect } from "expect";
import type { CollectionName } from "../../../db/source/simulation.ts";
import { readSimulation } from "../../../db/source/simulation.ts";
import { structuresOf } from "../../../db/source/mode_structure.ts";
import { fluxBars } from "../../../physics/plots/flux_bars.ts";
import { fluxSpectra } from "../../../physics/plots/flux_spectrum.ts";
import { modeStructure } from "../../../physics/plots/mode_structure.ts";
import { furtherModes } from "../../../physics/plots/modes.ts";
import { surfaceShape } from "../../../physics/plots/surface.ts";
import { tracesOf } from "../../../physics/plots/trace.ts";
import type { Simulation } from "../../../physics/simulation.ts";
import {
  hasSharedDocuments,
  sharedDocuments,
} from "../../db/source/shared_documents.ts";

function realTest(name: string, fn: () => Promise<void>): void {
  Deno.test({ name, ignore: !hasSharedDocuments(), fn });
}

realTest(
  "traces of real runs have the mean, the peak and its time that numpy finds",
  async () => {
    const wanted = {
      "69b0b04433813c4fceb55318": [
        120,
        87.65161277724384,
        175.8979388789079,
        110.30865786510141,
      ],
      "69b651e851ba8da357d6907a": [
        28,
        1678.5719654792365,
        5154.2964541850115,
        13.199326582148887,
      ],
    };
    for (const [id, [n, mean, peak, when]] of Object.entries(wanted)) {
      const { traces, saturation } = tracesOf(await nonlinearOf(id))!;
      const total = traces[0]!.total.length > 0
        ? traces[0]!.total
        : traces[0]!.species[0]!;
      const half = total.filter((p) => p.x >= total.at(-1)!.x / 2);
      const largest = total.reduce((a, b) => b.y > a.y ? b : a);
      expect(total.length).toBe(n);
      expect(half.reduce((s, p) => s + p.y, 0) / half.length).toBeCloseTo(
        mean!,
        8,
      );
      expect(saturation.mean).toBeCloseTo(mean!, 8);
      expect([largest.y, largest.x]).toEqual([peak, when]);
    }
  },
);

realTest(
  "flux spectra of real runs have numpy's peak and tail, and add up to the stored fluxes",
  async () => {
    const wanted = {
      "68b7f580ae5c1280a329bcd8": [
        0.1216504575381531,
        194.749084211972,
        8.10569804124919e-5,
      ],
      "69a26930f66e9336c4142482": [
        0.3553900439423329,
        53.84113095268481,
        0.0018169414332416505,
      ],
      "69b0b04433813c4fceb55318": [
        0.12165045753812363,
        56.564301022641274,
        0.10728567952700459,
      ],
    };
    for (const [id, [ky, q, tail]] of Object.entries(wanted)) {
      const nonlinear = await nonlinearOf(id);
      const [heat] = fluxSpectra(nonlinear);
      expect(heat!.peak.x).toBeCloseTo(ky!, 12);
      expect(heat!.peak.y).toBeCloseTo(q!, 9);
      expect(heat!.tail).toBeCloseTo(tail!, 12);
      const bars = fluxBars(nonlinear!.fluxes)[0]!;
      for (const [s, points] of heat!.species.entries()) {
        const spectrum = points.reduce((sum, p) => sum + p.y, 0);
        const stored = bars.fields.reduce((sum, f) => sum + f.values[s]!, 0);
        expect(spectrum / stored).toBeCloseTo(1, 9);
      }
    }
  },
);

realTest(
  "mode structures of real documents of all three encodings have numpy's peak, end and reach",
  async () => {
    const wanted = {
      "62aa49f4f856ed304f2b957c": [0, 0.09203711583504175, 12.999877588960764],
      "6650d4749a50f79f3ac2e044": [0, 0.018594953726418312, 4.9999989597795365],
      "690ab9000b03f3c6806c9e8b": [
        -0.5624999821493993,
        6.183809377361837e-7,
        10.999999246167954,
      ],
      "642dca1c7598dc2e010a5f29": [
        0.3917714168307544,
        0.5474108803662512,
        0.999877588960764,
      ],
    };
    for (const [id, [peak, end, reach]] of Object.entries(wanted)) {
      const found = modeStructure(structuresOf((await documents()).get(id)!))!;
      expect(found.peak).toBeCloseTo(peak!, 12);
      expect(found.end).toBeCloseTo(end!, 12);
      expect(found.reach).toBeCloseTo(reach!, 12);
    }
    const gx = modeStructure(
      structuresOf((await documents()).get("690ab9000b03f3c6806c9e8b")!),
    )!;
    const a = gx.fields.find((f) => f.field === "a_parallel")!;
    expect(Math.max(...a.size.map((p) => p.y))).toBeCloseTo(
      0.4620314696139507,
      12,
    );
  },
);

realTest("the second mode of a TGLF run is the slower one", async () => {
  const sim = await simulationOf("6967f870ae5c1280a329bcfd");
  expect(furtherModes(sim)).toEqual([{
    ky: 0.47385339192311066,
    gamma: 0.5303937255002174,
    omega: 0.7858855476785408,
    rank: 2,
  }]);
});

realTest(
  "every real surface is drawn, and is a circle as its input says",
  async () => {
    for (const [id, document] of await documents()) {
      const sim = readSimulation(document, collectionOf.get(id)!).simulation!;
      const shape = surfaceShape(sim);
      if (typeof shape === "string") throw new Error(`${id}: ${shape}`);
      const r = sim.surface.r_over_R!;
      for (const p of shape.outline) {
        expect(Math.hypot(p.x - 1, p.y)).toBeCloseTo(r, 5);
      }
    }
  },
);

const collectionOf = new Map<string, CollectionName>();
let read: Promise<Map<string, Record<string, unknown>>> | null = null;

function documents(): Promise<Map<string, Record<string, unknown>>> {
  return read ??= (async () => {
    const all = new Map<string, Record<string, unknown>>();
    for (const name of ["LinearRuns", "NonlinRuns"] as const) {
      for (const d of await sharedDocuments("real", name)) {
        all.set(String(d._id), d);
        collectionOf.set(String(d._id), name);
      }
    }
    return all;
  })();
}

async function simulationOf(id: string): Promise<Simulation> {
  const document = (await documents()).get(id)!;
  return readSimulation(document, collectionOf.get(id)!).simulation!;
}

async function nonlinearOf(id: string) {
  return (await simulationOf(id)).nonlinear;
}
