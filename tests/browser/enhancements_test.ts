import { test } from "../setup.ts";
import { expect } from "expect";
import type { Page } from "playwright-core";
import { config } from "../../config.ts";
import { sql } from "../../db/sql.ts";
import { app } from "../../routes/app.tsx";
import { makeUser } from "../make.ts";
import { makeRun } from "../make_run.ts";
import { until } from "../until.ts";
import { openBrowser, Visit } from "./browser.ts";
import { signIn } from "./sign_in.ts";

const RUNS = 60;
const SEARCHES = /\/runs\?/;

test("static/app.js does what it says, and nothing depends on it", async (t) => {
  for (let n = 0; n < RUNS; n++) {
    await makeRun({ code: n % 2 ? "GENE" : "CGYRO", gamma: n / 100 });
  }
  const server = Deno.serve({ port: 0, onListen: () => {} }, app.fetch);
  const base = `http://localhost:${server.addr.port}`;
  config.BASE_URL = base;
  const browser = await openBrowser();
  const visit = await Visit.open(browser, base);
  const { page, context } = visit;
  await signIn(visit, await makeUser(), base);
  try {
    await t.step(
      "the focus goes to the count after paging, sorting and a chip",
      async () => {
        await page.goto("/runs");
        for (const link of ["#page-next", "#sort-gamma"]) {
          await page.click(link);
          await page.waitForSelector("#count:focus");
        }
        await page.check("#facet-code-GENE");
        await page.click("#chip-0");
        await page.waitForSelector("#count:focus");
      },
    );
    await t.step("a control that was changed keeps the focus", async () => {
      await page.check("#facet-code-GENE");
      await page.waitForURL("**code=GENE**");
      expect(await page.evaluate("document.activeElement.id"))
        .toBe("facet-code-GENE");
    });
    await t.step(
      "a failure is told and leaves the results, until something works",
      async () => {
        await page.route(SEARCHES, (route) => route.fulfill({ status: 500 }));
        await page.check("#facet-code-CGYRO");
        await page.waitForSelector("#toasts[role=status] p");
        expect(await page.innerText("#toasts")).toContain("500");
        expect(await page.isVisible("#count")).toBe(true);
        expect(await page.getAttribute("#results", "aria-busy")).toBe(null);
        await page.unroute(SEARCHES);
        await page.route(SEARCHES, (route) => route.abort());
        await page.uncheck("#facet-code-CGYRO");
        await page.waitForSelector("#toasts p:has-text('Could not update.')");
        await page.unroute(SEARCHES);
        await page.check("#facet-code-CGYRO");
        await page.waitForSelector("#toasts p", { state: "detached" });
      },
    );
    await t.step(
      "hx-confirm asks in a dialog that Esc and No leave",
      async () => {
        const asked = await addQuestion(page);
        for (const leave of ["Escape", "Enter"]) {
          await page.click("#question");
          await page.waitForSelector("dialog.confirm[open]");
          expect(await page.evaluate("document.activeElement.textContent"))
            .toBe("No");
          await page.keyboard.press(leave);
          await page.waitForSelector("dialog", { state: "detached" });
          expect(await page.evaluate("document.activeElement.id"))
            .toBe("question");
        }
        expect(asked.requests).toBe(0);
        await page.click("#question");
        await page.click("dialog .danger");
        await page.waitForSelector("h1:has-text('Glossary')");
        expect(asked.requests).toBe(1);
      },
    );
    await t.step("a copy button puts text on the clipboard", async () => {
      await context.grantPermissions(["clipboard-read", "clipboard-write"]);
      await page.goto("/getting-started");
      await page.click('[data-copy="#code-archive"]');
      await page.waitForSelector("button:has-text('Copied')");
      expect(await page.evaluate("navigator.clipboard.readText()"))
        .toContain(`${base}/a/`);
    });
    await t.step(
      "the number of unfinished downloads stands in the title",
      async () => {
        await page.route("**/downloads/badge", (r) => r.fulfill({ body: "2" }));
        await page.goto("/about");
        await until(async () => await page.title() === "(2) About - MGKDB", {
          what: "the number in the title",
        });
        await page.unroute("**/downloads/badge");
      },
    );
    await t.step(
      "signed out elsewhere, the next change leads to the log-in and back",
      async () => {
        await page.goto("/runs?code=GENE", { waitUntil: "networkidle" });
        await sql`delete from sessions`;
        await page.click("#sort-gamma");
        await page.waitForURL("**/login?next=%2Fruns%3Fcode%3DGENE");
      },
    );
    await t.step("a password can be shown", async () => {
      await page.click(".reveal");
      expect(await page.getAttribute("#password", "type")).toBe("text");
      await page.click(".reveal");
      expect(await page.getAttribute("#password", "type"))
        .toBe("password");
    });
  } finally {
    await browser.close();
    await server.shutdown();
  }
});

/** Puts a button that asks before it fetches a page; counts what it fetches. */
async function addQuestion(page: Page): Promise<{ requests: number }> {
  const asked = { requests: 0 };
  page.on("request", (request) => {
    if (request.url().endsWith("/glossary")) asked.requests++;
  });
  await page.evaluate(`{
    const form = document.createElement("form");
    form.innerHTML = '<button id="question" hx-get="/glossary" hx-target="body" hx-swap="innerHTML" hx-confirm="Really?">Ask</button>';
    document.querySelector("main").prepend(form);
    htmx.process(form);
  }`);
  return asked;
}
