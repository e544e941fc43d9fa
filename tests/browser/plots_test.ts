import { test } from "../setup.ts";
import { expect } from "expect";
import { ObjectId } from "mongodb";
import { config } from "../../config.ts";
import { sql } from "../../db/sql.ts";
import { syncCatalogue } from "../../jobs/sync_catalogue.ts";
import { app } from "../../routes/app.tsx";
import { imasDocument } from "../db/source/make_document.ts";
import { makeUser } from "../make.ts";
import { putFile, source } from "../mongo.ts";
import { openBrowser, Visit, type Visitor } from "./browser.ts";
import { signIn } from "./sign_in.ts";

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

/** By keyboard: opens the zoom, chooses a stretch of time, sees all again and closes it; and once by dragging. */
async function zoomNrg({ page }: Visit): Promise<void> {
  await page.evaluate(`document.getElementById("plot-nrg").scrollIntoView()`);
  await page.waitForSelector("#plot-nrg [data-zoom]:not([hidden])");
  const [button, said] = ["[data-zoom]", "output"].map((end) =>
    page.locator(`#plot-nrg ${end}`)
  );
  await button!.focus();
  await page.keyboard.press("Enter");
  await page.waitForSelector("#plot-nrg .uplot canvas");
  expect(await button!.getAttribute("aria-expanded")).toBe("true");
  // Heat flux t + 1 at t = 0 to 5: mean 3.5, variance 35/12 = 2.917 = 1.708².
  expect(await said!.textContent()).toContain("electrons 3.5 ± 1.708");
  await page.fill("#plot-nrg input >> nth=0", "1.5");
  await page.fill("#plot-nrg input >> nth=1", "4.5");
  await page.keyboard.press("Tab");
  // Of t = 2, 3, 4: mean 4, variance 2/3 = 0.8165².
  expect(await said!.textContent()).toContain("electrons 4 ± 0.8165");
  await page.click("#plot-nrg .zoom-bar button");
  expect(await said!.textContent()).toContain("6 points over t = 0 to 5");
  const area = page.locator("#plot-nrg .u-over").first();
  await area.scrollIntoViewIfNeeded();
  const { x, y, width } = (await area.boundingBox())!;
  await page.mouse.move(x + 0.5 * width, y + 20);
  await page.mouse.down();
  await page.mouse.move(x + 0.9 * width, y + 30, { steps: 4 });
  await page.mouse.up();
  // From t = 2.5 to 4.5 in both panels.
  await page.locator("#plot-nrg output", { hasText: "of 2 points" }).waitFor();
  await page.mouse.dblclick(x + 0.5 * width, y + 20);
  await page.locator("#plot-nrg output", { hasText: "of 6 points" }).waitFor();
  await button!.press("Enter");
  expect(await page.locator("#plot-nrg .uplot").count()).toBe(0);
  expect(await page.locator("#plot-nrg svg[role=img]").first().isVisible())
    .toBe(true);
  await button!.press("Enter");
  await page.waitForSelector("#plot-nrg .uplot canvas");
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
    await signIn(opened, user, base);
    return opened;
  }
  try {
    for (const look of LOOKS) {
      await t.step(`zoomed, ${JSON.stringify(look)}`, async () => {
        const visitor = await visit(look);
        await visitor.go(`/runs/${id}`);
        await zoomNrg(visitor);
        expect(await visitor.accessibility()).toEqual([]);
        expect(await visitor.overflow()).toBe(0);
        expect(visitor.complaints).toEqual([]);
        await visitor.close();
      });
    }
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
      await visitor.go(`/runs/${id}/plots/nrg`);
      expect(await visitor.page.locator("[data-zoom]").isVisible()).toBe(false);
      await visitor.close();
    });
  } finally {
    await browser.close();
    await server.shutdown();
  }
});
