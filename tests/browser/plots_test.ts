import { test } from "../setup.ts";
import { expect } from "expect";
import { ObjectId } from "mongodb";
import { config } from "../../config.ts";
import { createSession } from "../../db/sessions.ts";
import { sql } from "../../db/sql.ts";
import { syncCatalogue } from "../../jobs/sync_catalogue.ts";
import { app } from "../../routes/app.tsx";
import { imasDocument } from "../db/source/make_document.ts";
import { makeUser } from "../make.ts";
import { putFile, source } from "../mongo.ts";
import { openBrowser, Visit, type Visitor } from "./browser.ts";

Object.assign(config, { MONGO_DB: source.databaseName });

const LOOKS: Visitor[] = [{}, { dark: true }, { phone: true }];
const NRG = [0, 1, 2, 3, 4, 5].map((t) =>
  `${t}\n${Math.exp(t)} 0 0 0 0 0 ${t + 1} 0\n${Math.exp(t)} 0 0 0 0 0 3 0\n`
).join("");

/** A run with a mode structure and an nrg file, which are only drawn when they are looked at. */
async function makeDrawable(): Promise<number> {
  const document = imasDocument({ code: "GENE" });
  const file = await putFile(new TextEncoder().encode(NRG), {
    filename: "nrg_0001",
  });
  document.Files = { nrg: new ObjectId(file.id) };
  Object.assign(document.gyrokineticsIMAS.linear.wavevector[0]!.eigenmode[0]!, {
    angle_pol: [-Math.PI, 0, Math.PI],
    fields: {
      phi_potential_perturbed_norm_real: [0.1, 2, 0.1],
      phi_potential_perturbed_norm_imag: [0, 0.5, 0],
    },
  });
  await source.collection("LinearRuns").insertOne(document as never);
  await syncCatalogue({ pass: "full" });
  const [row] = await sql<[{ id: number }]>`select id from runs`;
  return row.id;
}

test("plots of the source come when they are looked at, and are pages of their own without JavaScript", async (t) => {
  const id = await makeDrawable();
  const user = await makeUser();
  const server = Deno.serve({ port: 0, onListen: () => {} }, app.fetch);
  const base = `http://localhost:${server.addr.port}`;
  config.BASE_URL = base;
  const browser = await openBrowser();
  async function visit(visitor: Visitor): Promise<Visit> {
    const opened = await Visit.open(browser, base, visitor);
    const device = { ip: null, userAgent: "test" };
    const value = await createSession(sql, user, device);
    await opened.context.addCookies([{ name: "sid", value, url: base }]);
    return opened;
  }
  try {
    for (const look of LOOKS) {
      await t.step(`drawn, ${JSON.stringify(look)}`, async () => {
        const visitor = await visit(look);
        await visitor.go(`/runs/${id}`);
        for (const name of ["mode-structure", "nrg"]) {
          // The element that is scrolled to is replaced while it comes.
          await visitor.page.evaluate(
            `document.getElementById("plot-${name}").scrollIntoView()`,
          );
          await visitor.page.waitForSelector(`#plot-${name} svg[role=img]`);
        }
        const faults = await visitor.accessibility();
        await visitor.go(`/runs/${id}/plots/nrg`);
        faults.push(...await visitor.accessibility());
        expect(faults).toEqual([]);
        expect(await visitor.overflow()).toBe(0);
        expect(visitor.complaints).toEqual([]);
        await visitor.close();
      });
    }
    await t.step("without JavaScript", async () => {
      const visitor = await visit({ javaScript: false });
      await visitor.go(`/runs/${id}`);
      await visitor.page.click("#plot-mode-structure a");
      await visitor.page.waitForURL(`**/runs/${id}/plots/mode-structure`);
      expect(await visitor.page.locator("svg[role=img]").count()).toBe(1);
      await visitor.page.click("summary");
      expect(await visitor.page.locator("details tbody tr").count()).toBe(3);
      await visitor.close();
    });
  } finally {
    await browser.close();
    await server.shutdown();
  }
});
