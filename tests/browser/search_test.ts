import { test } from "../setup.ts";
import { expect } from "expect";
import type { Browser, Page } from "playwright-core";
import { config } from "../../config.ts";
import { sql } from "../../db/sql.ts";
import { syncCatalogue } from "../../jobs/sync_catalogue.ts";
import { app } from "../../routes/app.tsx";
import { imasDocument } from "../db/source/make_document.ts";
import { makeUser } from "../make.ts";
import { source } from "../mongo.ts";
import { openBrowser, Visit, type Visitor } from "./browser.ts";
import { signIn } from "./sign_in.ts";

Object.assign(config, { MONGO_DB: source.databaseName });

const CODES = ["CGYRO", "GENE", "TGLF"];

/** Thirty runs: three codes, ten k_y each, gamma = k_y. */
async function fill(): Promise<void> {
  const documents = CODES.flatMap((code) =>
    Array.from({ length: 10 }, (_, n) => {
      const document = imasDocument({ code, suffix: `_${code}_${n}` });
      const [wavevector] = document.gyrokineticsIMAS.linear.wavevector;
      wavevector!.binormal_wavevector_norm = (n + 1) / 10;
      wavevector!.eigenmode[0]!.growth_rate_norm = (n + 1) / 10;
      return document;
    })
  );
  await source.collection("LinearRuns").insertMany(documents as never[]);
  await syncCatalogue({ pass: "full" });
}

async function visit(
  browser: Browser,
  base: string,
  visitor: Visitor = {},
): Promise<Visit> {
  const user = await makeUser();
  const opened = await Visit.open(browser, base, visitor);
  await signIn(opened, user, base);
  return opened;
}

function count(page: Page): Promise<string> {
  return page.innerText("#count");
}

function query(page: Page): string {
  return decodeURIComponent(new URL(page.url()).search);
}

test("search follows every filter, chip, head and page, with and without JavaScript", async (t) => {
  await fill();
  const server = Deno.serve({ port: 0, onListen: () => {} }, app.fetch);
  const base = `http://localhost:${server.addr.port}`;
  config.BASE_URL = base;
  const browser = await openBrowser();
  try {
    await t.step("with htmx, without loading the page again", async () => {
      const { page, complaints, ...rest } = await visit(browser, base);
      await page.goto("/runs");
      expect(await count(page)).toBe("1–25 of 30 runs");
      await page.evaluate("window.sameDocument = true");
      await page.check("#facet-code-GENE");
      await page.waitForURL("**/runs?code=GENE");
      await page.locator("#count", { hasText: /^10 runs$/ }).waitFor();
      expect(await page.title()).toContain("MGKDB");
      await page.fill("#gamma_min", "3e-1");
      await page.press("#gamma_min", "Tab");
      await page.waitForURL("**/runs?code=GENE&gamma_min=0.3");
      expect(await page.innerText("#facet-code li:has-text('TGLF') .n"))
        .toBe("8");
      await page.click("#sort-gamma");
      await page.waitForURL("**&sort=-gamma");
      expect(await page.getAttribute("th:has(#sort-gamma)", "aria-sort"))
        .toBe("descending");
      await page.click(".chips a:has-text('GENE')");
      await page.waitForURL("**/runs?gamma_min=0.3&sort=-gamma");
      expect(await page.isChecked("#facet-code-GENE")).toBe(false);
      expect(await page.inputValue("#gamma_min")).toBe("0.3");
      await page.check("#facet-code-TGLF");
      await page.waitForURL("**/runs?code=TGLF&gamma_min=0.3&sort=-gamma");
      await page.goBack();
      await page.waitForURL("**/runs?gamma_min=0.3&sort=-gamma");
      expect(query(page)).toBe("?gamma_min=0.3&sort=-gamma");
      await page.locator("#facet-code-TGLF:not(:checked)").waitFor();
      expect(await page.evaluate("window.sameDocument")).toBe(true);
      expect(complaints).toEqual([]);
      await rest.context.close();
    });
    await t.step("a wrong bound is named beside what stays", async () => {
      const { page, context } = await visit(browser, base);
      await page.goto("/runs?code=GENE");
      await page.fill("#q_min", "abc");
      await page.press("#q_min", "Tab");
      await page.waitForSelector("#filter-errors:has-text('q_min')");
      expect(await count(page)).toBe("10 runs");
      expect(query(page)).toBe("?code=GENE");
      await page.fill("#q_min", "1");
      await page.press("#q_min", "Tab");
      await page.waitForURL("**/runs?code=GENE&q_min=1");
      expect(await page.innerText("#filter-errors")).toBe("");
      await context.close();
    });
    await t.step("without JavaScript", async () => {
      const { page, context } = await visit(browser, base, {
        javaScript: false,
      });
      await page.goto("/runs");
      await page.check("#facet-code-GENE");
      await page.fill("#ky_max", "0.45");
      await page.click("#filters button[type=submit]");
      expect(query(page)).toBe("?code=GENE&ky_max=0.45");
      expect(await count(page)).toBe("4 runs");
      await page.click(".chips a:has-text('GENE')");
      expect(await count(page)).toBe("12 runs");
      await page.click("a[href*='size=50']");
      expect(query(page)).toBe("?ky_max=0.45&size=50");
      await page.click("details.picker summary");
      await page.uncheck("#col-omega");
      await page.check("#col-kappa");
      await page.click("#columns button[type=submit]");
      expect(query(page)).toContain("cols=");
      expect(query(page)).toContain("ky_max=0.45");
      expect(await page.isVisible("#sort-kappa")).toBe(true);
      expect(await page.isVisible("#sort-omega")).toBe(false);
      await page.click("tbody th a");
      await page.waitForSelector(".headline");
      await page.click("#neighbours a[rel]");
      expect(page.url()).toMatch(/\/runs\/\d+$/);
      await context.close();
    });
    for (const look of [{}, { dark: true }, { phone: true }]) {
      await t.step(`for everybody: ${JSON.stringify(look)}`, async () => {
        const seen = await visit(browser, base, look);
        const [row] = await sql`select id from runs order by id limit 1`;
        for (
          const path of [
            "/runs",
            "/runs?code=GENE&gamma_min=0&gamma_any=1&sort=-gamma&size=50",
            "/runs?code=GENE&q_min=100",
            `/runs/${row!.id}`,
          ]
        ) {
          await seen.go(path);
          for (const summary of await seen.page.locator("main summary").all()) {
            const isOpen = await summary.evaluate((s) =>
              (s.parentElement as unknown as { open: boolean }).open
            );
            if (!isOpen && await summary.isVisible()) await summary.click();
          }
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
