import { folder, test } from "../setup.ts";
import { expect } from "expect";
import type { Page } from "playwright-core";
import { config } from "../../config.ts";
import { AppProcess } from "../app_process.ts";
import { makeUser } from "../make.ts";
import { makeStoredRun } from "../make_stored_run.ts";
import { noise } from "../noise.ts";
import { type Proxy, startProxy } from "../tcp_proxy.ts";
import { until } from "../until.ts";
import { openBrowser, Visit } from "./browser.ts";
import { signIn } from "./sign_in.ts";

const MB = 1_000_000;
/** Slow enough that the download outlasts the looks at it, on a busy machine too. */
const RATE = 4 * MB;
/** What is in flight arrives in steps, which are far apart on a busy machine; a stream that is refused is asked for again after 20 s. */
const MOVING_MS = 60_000;
/** Many files, for progress comes file by file. */
const FILES = 60;

test("the pages of downloads change by themselves, and their buttons work", async (t) => {
  const port = Number(new URL(Deno.env.get("TEST_MONGO_URL")!).port);
  const proxy = startProxy(port, { bytesPerSecond: RATE });
  const app = await startApp(proxy);
  const browser = await openBrowser();
  try {
    const user = await makeUser();
    const admin = await makeUser({ role: "admin" });
    const visit = await Visit.open(browser, app.base);
    await signIn(visit, user, app.base);
    const content = noise(6 * MB);
    const run = await makeStoredRun({
      files: Object.fromEntries(
        Array.from(
          { length: FILES },
          (_, n) => [`field_${n}`, content],
        ),
      ),
    });
    await t.step("the list shows progress without a reload", async () => {
      await start(visit.page, run.id);
      await visit.go("/downloads");
      await expectMoving(visit.page);
      await expectKept(visit.page, 'form[action$="/cancellation"] button');
      expect(await visit.accessibility()).toEqual([]);
    });
    await t.step("an admin sees it move, too", async () => {
      const other = await Visit.open(browser, app.base, { dark: true });
      await signIn(other, admin, app.base);
      await other.go("/admin/downloads");
      await expectMoving(other.page, "#queue");
      expect(await other.accessibility()).toEqual([]);
      await other.go("/admin/catalogue");
      expect(await other.accessibility()).toEqual([]);
      expect(other.complaints).toEqual([]);
      await other.close();
    });
    await t.step(
      "cancelling asks first, and another can be started",
      async () => {
        await visit.page.click('form[action$="/cancellation"] button');
        await visit.page.click("dialog.confirm .danger");
        await visit.page.waitForSelector(".badge:has-text('cancelled')");
        await visit.page.waitForSelector("#live", { state: "detached" });
      },
    );
    await t.step(
      "its page ends with the file, its checksum and a link",
      async () => {
        const small = await makeStoredRun({ files: { nrg: noise(3 * MB) } });
        await start(visit.page, small.id);
        await visit.page.waitForSelector("progress");
        await visit.page.waitForSelector('a[href$="/archive"]');
        await visit.page.waitForSelector("#live", { state: "detached" });
        expect(await visit.page.textContent("#sha256")).toMatch(
          /^[0-9a-f]{64}$/,
        );
        await visit.page.click('form[action$="/link"] button');
        await visit.page.waitForSelector("#curl");
        expect(await visit.page.textContent("#curl")).toContain(
          `${app.base}/a/`,
        );
        expect(await visit.accessibility()).toEqual([]);
        expect(await visit.overflow()).toBe(0);
      },
    );
    await t.step(
      "nothing complained",
      () => expect(visit.complaints).toEqual([]),
    );
    await t.step("without JavaScript the page loads itself again", async () => {
      const plain = await Visit.open(browser, app.base, { javaScript: false });
      await signIn(plain, user, app.base);
      await start(plain.page, run.id);
      const before = await plain.page.textContent(".progress-text");
      await until(
        async () => await plain.page.textContent(".progress-text") !== before,
        { what: "other words after a refresh" },
      );
      await plain.page.click('form[action$="/cancellation"] button');
      await plain.page.waitForSelector(".badge:has-text('cancelled')");
      expect(plain.complaints).toEqual([]);
      await plain.close();
    });
    await visit.close();
  } finally {
    await browser.close();
    await app.stop();
    proxy.close();
  }
});

function startApp(proxy: Proxy): Promise<AppProcess> {
  return AppProcess.start({
    DATABASE_URL: config.DATABASE_URL!,
    MONGO_URL: `mongodb://127.0.0.1:${proxy.port}/?directConnection=true`,
    MONGO_DB: config.MONGO_DB,
    ARCHIVE_DIR: config.ARCHIVE_DIR,
    DATA_DIR: folder,
    SECRET_KEY: config.SECRET_KEY!,
    ADMIN_EMAILS: "admin@example.org",
  });
}

/** Goes from the pre-flight to the download's page. */
async function start(page: Page, runId: number) {
  await page.goto(`/downloads/new?run=${runId}`);
  await page.click('main form[action="/downloads"] button[type=submit]');
  await page.waitForURL(/\/downloads\/[0-9a-f-]{36}$/);
}

/** The words of progress change at least twice while the page stays. */
async function expectMoving(page: Page, place = "#downloads") {
  await page.evaluate("window.stayed = true");
  const seen = new Set<string>();
  let text = "";
  await until(async () => {
    text = await page.textContent(place) ?? "";
    const words = /([\d.]+ \w+) of 360 MB/.exec(text);
    if (words) seen.add(words[1]!);
    return seen.size >= 3;
  }, { what: "three different words of progress", ms: MOVING_MS }).catch(
    (error) => {
      throw new Error(`Seen: ${[...seen].join(", ")}; last: ${text}`, {
        cause: error,
      });
    },
  );
  expect(await page.evaluate("window.stayed")).toBe(true);
}

/** An element stays the same one while the words beside it change, so that a press on it is not lost. */
async function expectKept(page: Page, selector: string) {
  const button = await page.waitForSelector(selector);
  await expectMoving(page);
  expect(
    await button.evaluate((node: { isConnected: boolean }) => node.isConnected),
  ).toBe(true);
}
