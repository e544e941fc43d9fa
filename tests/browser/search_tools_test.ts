import { test } from "../setup.ts";
import { expect } from "expect";
import type { Browser, Page } from "playwright-core";
import { config } from "../../config.ts";
import { findFamilies } from "../../db/families/find.ts";
import { app } from "../../routes/app.tsx";
import { makeUser } from "../make.ts";
import { makeRun } from "../make_run.ts";
import { openBrowser, Visit, type Visitor } from "./browser.ts";
import { signIn } from "./sign_in.ts";

/** Three spectra of ten k_y, with and without a/R0; gamma = k_y. */
async function fill(): Promise<void> {
  for (const [n, code] of ["CGYRO", "GENE", "TGLF"].entries()) {
    for (let k = 1; k <= 10; k++) {
      await makeRun({
        code,
        q: 1.5 + n,
        s_hat: 0.8,
        RLTi: 6,
        ky: k / 10,
        gamma: k / 10,
        omega: (k - 5) / 10,
        convergence: k === 1 ? "unknown" : code === "TGLF" ? "solver" : "yes",
        a_over_R: code === "GENE" ? null : 0.25,
      }, { input: {} });
    }
  }
  await findFamilies();
}

async function visit(
  browser: Browser,
  base: string,
  visitor: Visitor = {},
): Promise<Visit> {
  const seen = await Visit.open(browser, base, visitor);
  await signIn(seen, await makeUser(), base);
  return seen;
}

async function openFilters(page: Page): Promise<void> {
  const folded = page.locator("details.filters:not([open]) > summary");
  if (await folded.isVisible()) await folded.click();
}

test("the search's basket, histograms, units and spectra work with and without JavaScript", async (t) => {
  await fill();
  const server = Deno.serve({ port: 0, onListen: () => {} }, app.fetch);
  const base = `http://localhost:${server.addr.port}`;
  config.BASE_URL = base;
  const browser = await openBrowser();
  try {
    await t.step("a ticked box is kept over pages, with htmx", async () => {
      const { page, complaints, context } = await visit(browser, base);
      await page.goto("/runs");
      await page.evaluate("window.sameDocument = true");
      await page.check("tbody tr:nth-child(1) [name=run]");
      await page.waitForSelector("#basket-bar:has-text('1 run picked')");
      await page.check("tbody tr:nth-child(3) [name=run]");
      await page.waitForSelector("#basket-bar:has-text('2 runs picked')");
      expect(await page.innerText("#basket-count")).toBe("2");
      await page.click(".pager a[rel=next]");
      await page.waitForURL("**/runs?page=2");
      await page.check("tbody tr:nth-child(1) [name=run]");
      await page.waitForSelector("#basket-bar:has-text('3 runs picked')");
      expect(await page.evaluate("window.sameDocument")).toBe(true);
      await page.goto("/runs");
      expect(await page.isChecked("tbody tr:nth-child(3) [name=run]")).toBe(
        true,
      );
      await page.uncheck("tbody tr:nth-child(3) [name=run]");
      await page.waitForSelector("#basket-bar:has-text('2 runs picked')");
      await page.click("#basket-bar a:has-text('Download')");
      await page.waitForURL("**/downloads/new?run=*&run=*");
      await page.goto("/runs?page=2");
      await page.click("#basket-bar button:has-text('Clear')");
      await page.waitForURL("**/runs?page=2");
      expect(await page.innerText("#basket-bar")).toBe("");
      expect(complaints).toEqual([]);
      await context.close();
    });
    await t.step(
      "a bar sets a range, and leaves the filters where they are",
      async () => {
        const { page, complaints, context } = await visit(browser, base);
        await page.goto("/runs?code=GENE");
        await page.evaluate("window.sameDocument = true");
        await page.click("#histogram-gamma a:nth-of-type(6)");
        await page.waitForURL(/\/runs\?code=GENE&gamma_max=[\d.]+&gamma_min=/);
        expect(await page.inputValue("#gamma_min")).not.toBe("");
        expect(await page.evaluate("window.sameDocument")).toBe(true);
        await page.click("#converged-switch");
        await page.waitForURL("**convergence=solver&convergence=yes**");
        await page.locator("#facet-convergence-yes:checked").waitFor({
          state: "attached",
        });
        expect(complaints).toEqual([]);
        await context.close();
      },
    );
    await t.step("bounds are typed in the units that are shown", async () => {
      const { page, complaints, context } = await visit(browser, base);
      await page.goto("/runs");
      await page.click("#units-cs_a");
      await page.waitForURL("**/runs?units=cs_a");
      await page.waitForSelector(".as-stored");
      // 0.283 = 0.8 sqrt(2)/4: those of CGYRO and TGLF above 0.8.
      await page.fill("#gamma_min", "0.28");
      await page.press("#gamma_min", "Tab");
      await page.waitForURL("**/runs?gamma_cs_a=1&gamma_min=0.28&units=cs_a");
      await page.waitForSelector("#count:has-text('6 runs')");
      await page.click("#units-stored");
      await page.waitForURL("**/runs?gamma_cs_a=1&gamma_min=0.28");
      expect(await page.innerText("#count")).toBe("6 runs");
      expect(complaints).toEqual([]);
      await context.close();
    });
    await t.step("without JavaScript", async () => {
      const { page, context } = await visit(browser, base, {
        javaScript: false,
      });
      await page.goto("/runs?code=GENE");
      await page.check("tbody tr:nth-child(2) [name=run]");
      await page.click("#rows button[type=submit]");
      await page.waitForURL("**/runs?code=GENE");
      expect(await page.innerText("#basket-bar")).toContain("1 run picked");
      await page.uncheck("tbody tr:nth-child(2) [name=run]");
      await page.click("#rows button[type=submit]");
      expect(await page.innerText("#basket-bar")).toBe("");
      await page.click("#histogram-gamma a:nth-of-type(6)");
      await page.waitForURL("**gamma_min=**");
      await page.goto("/runs");
      await page.click("#collapse");
      expect(await page.innerText("#count")).toBe("3 spectra");
      await page.click("tbody td a:has-text('10 runs')");
      await page.waitForURL("**/spectra/**");
      await page.goto("/runs?units=cs_a");
      await page.fill("#input-0", "nosuch>0");
      await page.click("#filters > button[type=submit]");
      await page.waitForURL("**/runs?input=nosuch%3E0&units=cs_a");
      expect(await page.innerText("#count")).toBe("0 runs");
      await context.close();
    });
    for (const look of [{}, { dark: true }, { phone: true }]) {
      await t.step(`for everybody: ${JSON.stringify(look)}`, async () => {
        const seen = await visit(browser, base, look);
        await seen.go("/runs");
        await seen.page.check("tbody tr:nth-child(1) [name=run]");
        await seen.page.waitForSelector("#basket-bar:has-text('1 run')");
        for (
          const path of [
            "/runs?units=cs_a&gamma_min=0.1&gamma_cs_a=1",
            "/runs?collapse=spectrum&input=a%3E1&input=b:2",
            "/runs?collapse=spectrum",
            "/basket",
          ]
        ) {
          await seen.go(path);
          await openFilters(seen.page);
          // Where the bar covers nothing: axe takes what is below it for lost.
          await seen.page.evaluate("scrollTo(0, document.body.scrollHeight)");
          expect(await seen.accessibility()).toEqual([]);
          expect(await seen.overflow()).toBe(0);
        }
        expect(seen.complaints).toEqual([]);
        await seen.close();
      });
    }
  } finally {
    await browser.close();
    await server.shutdown();
  }
});
