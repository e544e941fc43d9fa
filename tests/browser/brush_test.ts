import { test } from "../setup.ts";
import { expect } from "expect";
import { config } from "../../config.ts";
import { createSession } from "../../db/sessions.ts";
import { sql } from "../../db/sql.ts";
import { app } from "../../routes/app.tsx";
import { makeUser } from "../make.ts";
import { makeRun } from "../make_run.ts";
import { openBrowser, Visit } from "./browser.ts";

test("a rectangle that is dragged over the scatter becomes a search for the runs in it", async () => {
  // Nine runs at R/L_Ti = 1, 2, 3 and gamma = 1, 2, 3.
  for (const RLTi of [1, 2, 3]) {
    for (const gamma of [1, 2, 3]) await makeRun({ RLTi, gamma, code: "GENE" });
  }
  const user = await makeUser();
  const server = Deno.serve({ port: 0, onListen: () => {} }, app.fetch);
  const base = `http://localhost:${server.addr.port}`;
  config.BASE_URL = base;
  const browser = await openBrowser();
  try {
    const visit = await Visit.open(browser, base);
    const device = { ip: null, userAgent: "test" };
    const value = await createSession(sql, user, device);
    await visit.context.addCookies([{ name: "sid", value, url: base }]);
    await visit.go("/explore?x=RLTi&y=gamma&code=GENE");
    const { page } = visit;
    await page.evaluate(
      `document.querySelector("#cloud").scrollIntoView({ block: "center" })`,
    );
    await page.waitForSelector(".brushed");
    const svg = (await page.locator("#cloud svg[role=img]").boundingBox())!;
    const unit = svg.width / 480;
    const at = (x: number, y: number) =>
      [svg.x + x * unit, svg.y + y * unit] as const;
    const drag = async () => {
      // From beyond the lower left corner of the axes to the middle between the second and the third value.
      await page.mouse.move(...at(60, 280));
      await page.mouse.down();
      await page.mouse.move(...at(200, 200));
      await page.mouse.move(...at(355, 85));
      await page.mouse.up();
    };
    await drag();
    expect(await page.locator(".brushed").textContent()).toContain(
      "Search these 4 runs",
    );
    expect(page.url()).toContain("/explore");
    expect(await visit.accessibility()).toEqual([]);
    await page.keyboard.press("Escape");
    expect(await page.locator("rect.brush").count()).toBe(0);
    expect(await page.locator(".brushed").textContent()).toContain(
      "Drag a rectangle",
    );
    await drag();
    await page.click(".brushed a");
    await page.waitForURL("**/runs?**");
    const { searchParams } = new URL(page.url());
    expect(searchParams.get("code")).toBe("GENE");
    for (const key of ["RLTi", "gamma"]) {
      const [min, max] = ["min", "max"].map((end) =>
        Number(searchParams.get(`${key}_${end}`))
      );
      expect(min).toBeLessThan(1);
      expect(max).toBeGreaterThan(2);
      expect(max).toBeLessThan(3);
    }
    expect(await page.locator("#count").textContent()).toContain("4");
    expect(visit.complaints).toEqual([]);
    // A click is no rectangle: it opens the run.
    await visit.go("/explore?x=RLTi&y=gamma&code=GENE");
    await page.waitForSelector(".brushed");
    const [x, y] = JSON.parse(
      (await page.locator("#cloud script").textContent())!,
    )[0];
    await page.route("**/runs/*", (route) => route.fulfill({ body: "A run" }));
    const position = { x: x * unit, y: y * unit };
    await page.locator("#cloud svg[role=img]").click({ position });
    await page.waitForURL("**/runs/*");
    await visit.close();
  } finally {
    await browser.close();
    await server.shutdown();
  }
});
