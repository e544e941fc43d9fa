import { test } from "../setup.ts";
import { expect } from "expect";
import { config } from "../../config.ts";
import { app } from "../../routes/app.tsx";
import { makeUser } from "../make.ts";
import { makeRun } from "../make_run.ts";
import { openBrowser, Visit } from "./browser.ts";
import { signIn } from "./sign_in.ts";

test("a rectangle that is dragged over the scatter becomes a search for the runs in it", async () => {
  // Nine runs at R/L_Ti = 1, 2, 3 and gamma = 1, 2, 3.
  for (const RLTi of [1, 2, 3]) {
    for (const gamma of [1, 2, 3]) await makeRun({ RLTi, gamma, code: "GENE" });
  }
  await asMember(async (visit) => {
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
  });
});

test("over wavenumbers the rectangle counts what the search finds: runs with any of their wavenumbers in it", async () => {
  // Nine runs at k_y = 1, 2, 3 and gamma = 1, 2, 3; two more are drawn at k_y = 3 and have 2, too.
  const made = { code: "GS2" };
  for (const ky of [1, 2, 3]) {
    for (const gamma of [1, 2, 3]) await makeRun({ ...made, ky, gamma });
  }
  for (const gamma of [1, 3]) {
    await makeRun({ ...made, ky: 3, gamma, n_ky: 2, ky_values: [2, 3] });
  }
  await asMember(async (visit) => {
    await visit.go("/explore?x=ky&y=gamma&code=GS2");
    const { page } = visit;
    expect(await page.locator("#count").textContent()).toContain(
      "the search finds it by any of them",
    );
    await page.evaluate(
      `document.querySelector("#cloud").scrollIntoView({ block: "center" })`,
    );
    await page.waitForSelector(".brushed");
    const svg = (await page.locator("#cloud svg[role=img]").boundingBox())!;
    const unit = svg.width / 480;
    await page.mouse.move(svg.x + 60 * unit, svg.y + 280 * unit);
    await page.mouse.down();
    await page.mouse.move(svg.x + 200 * unit, svg.y + 200 * unit);
    await page.mouse.move(svg.x + 355 * unit, svg.y + 85 * unit);
    await page.mouse.up();
    // k_y 1 and 2, gamma 1 and 2: four points, and the one of k_y = 2 and 3 at gamma = 1.
    const line = page.locator(".brushed", { hasText: "Search these 5 runs" });
    await line.waitFor();
    expect(await line.textContent()).toContain(
      "(4 drawn in the rectangle; 1 with another of their wavenumbers in it)",
    );
    await page.click(".brushed a");
    await page.waitForURL("**/runs?**");
    expect(await page.locator("#count").textContent()).toContain("5 runs");
    expect(visit.complaints).toEqual([]);
  });
});

/** What a member sees in a browser. */
async function asMember(look: (visit: Visit) => Promise<void>): Promise<void> {
  const user = await makeUser();
  const server = Deno.serve({ port: 0, onListen: () => {} }, app.fetch);
  const base = `http://localhost:${server.addr.port}`;
  config.BASE_URL = base;
  const browser = await openBrowser();
  try {
    const visit = await Visit.open(browser, base);
    await signIn(visit, user, base);
    await look(visit);
    await visit.close();
  } finally {
    await browser.close();
    await server.shutdown();
  }
}
