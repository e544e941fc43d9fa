import { database, folder, test } from "../setup.ts";
import { expect } from "expect";
import type { Browser } from "playwright-core";
import { config } from "../../config.ts";
import { loadDemoRuns } from "../../db/embedded/demo/load.ts";
import { AppProcess } from "../app_process.ts";
import { firstSync } from "../first_sync.ts";
import { Mailbox } from "../smtp.ts";
import { until } from "../until.ts";
import { openBrowser, Visit } from "./browser.ts";

const PASSWORD = "a tokamak has 3 fields of view";

/** The app as an operator starts it, with demo runs as its source and a real SMTP server. */
async function startSite() {
  const mailbox = await Mailbox.open();
  await loadDemoRuns(config.MONGO_URL!, database, () => {});
  const app = await AppProcess.start({
    DATABASE_URL: config.DATABASE_URL!,
    MONGO_URL: config.MONGO_URL!,
    MONGO_DB: database,
    SMTP_URL: mailbox.url,
    ARCHIVE_DIR: config.ARCHIVE_DIR,
    DATA_DIR: folder,
    SECRET_KEY: config.SECRET_KEY!,
    ADMIN_EMAILS: "admin@example.org,second@example.org",
  });
  await firstSync();
  return { mailbox, app };
}

test("a stranger becomes a member and gets a complete zip, with JavaScript and without", async (t) => {
  const { mailbox, app } = await startSite();
  const browser = await openBrowser();
  try {
    for (const javaScript of [true, false]) {
      const words = javaScript ? "with JavaScript" : "without JavaScript";
      const people = {
        admin: javaScript ? "admin@example.org" : "second@example.org",
        user: javaScript ? "ada@example.org" : "bob@example.org",
      };
      await t.step(
        `${words}: an admin registers and is one once verified`,
        () => becomeAdmin(browser, app, mailbox, people.admin, javaScript),
      );
      await t.step(
        `${words}: a stranger registers, is approved, searches and downloads`,
        () => becomeMember(browser, app, mailbox, people, javaScript),
      );
    }
  } finally {
    await browser.close();
    await app.stop();
    await mailbox.close();
  }
});

async function becomeAdmin(
  browser: Browser,
  app: AppProcess,
  mailbox: Mailbox,
  email: string,
  javaScript: boolean,
) {
  const visit = await Visit.open(browser, app.base, { javaScript });
  await register(visit, mailbox, email, "Grace Admin");
  await logIn(visit, email);
  await visit.go("/admin");
  expect(await visit.page.textContent("h1")).toMatch(/admin/i);
  expect(visit.complaints).toEqual([]);
  await visit.close();
}

async function becomeMember(
  browser: Browser,
  app: AppProcess,
  mailbox: Mailbox,
  people: { admin: string; user: string },
  javaScript: boolean,
) {
  const visit = await Visit.open(browser, app.base, { javaScript });
  await register(visit, mailbox, people.user, "Ada Researcher");
  await logIn(visit, people.user);
  await visit.go("/account");
  expect(await visit.page.textContent("main")).toContain("in review");
  await approve(browser, app, mailbox, people, javaScript);
  await mailbox.message(people.user, /approved/i);
  await search(visit, javaScript);
  await download(visit, javaScript);
  expect(visit.complaints).toEqual([]);
  await visit.close();
}

async function register(
  visit: Visit,
  mailbox: Mailbox,
  email: string,
  name: string,
) {
  const { page } = visit;
  await visit.go("/");
  await page.click('main a[href="/register"], header a[href="/register"]');
  await page.fill("[name=name]", name);
  await page.fill("[name=email]", email);
  await page.fill("[name=affiliation]", "Institute of Plasma");
  await page.fill("[name=position]", "Researcher");
  await page.fill("[name=password]", PASSWORD);
  await page.check("[name=terms]");
  await page.click("main button[type=submit]");
  expect(await page.textContent("#err-sum")).toContain("use the data"); // the purpose is missing: said, and nothing typed is lost
  expect(await page.inputValue("[name=email]")).toBe(email);
  await page.fill("[name=reason]", "Compare ITG growth rates of several codes");
  await page.fill("[name=password]", PASSWORD);
  await page.click("main button[type=submit]");
  await page.waitForSelector("text=Confirm your address");
  const mail = await mailbox.message(email, /\/verify\//);
  await page.goto(mail.link("/verify/"));
  await page.click("main form[method=post] button[type=submit]");
  await page.waitForLoadState();
}

async function logIn(visit: Visit, email: string) {
  await visit.go("/login");
  await visit.page.fill("[name=email]", email);
  await visit.page.fill("[name=password]", PASSWORD);
  await visit.page.click("main button[type=submit]");
  await visit.page.waitForSelector('a[href="/account"]');
}

/** Follows the link of the admin's mail: first to the log-in, then to the decision. */
async function approve(
  browser: Browser,
  app: AppProcess,
  mailbox: Mailbox,
  people: { admin: string; user: string },
  javaScript: boolean,
) {
  const visit = await Visit.open(browser, app.base, { javaScript });
  const { page } = visit;
  const mail = await mailbox.message(people.admin, new RegExp(people.user));
  await page.goto(mail.link("decision=approve"));
  expect(new URL(page.url()).pathname).toBe("/login");
  await page.fill("[name=email]", people.admin);
  await page.fill("[name=password]", PASSWORD);
  await page.click("main button[type=submit]");
  await page.waitForSelector("#decision");
  expect(await page.isChecked("[name=decision][value=approve]")).toBe(true);
  await page.click("#decision button[type=submit]");
  await page.waitForSelector("text=approved");
  expect(visit.complaints).toEqual([]);
  await visit.close();
}

/** Finds runs by physics, and opens the first. With JavaScript each change is a step of the browser's history. */
async function search(visit: Visit, javaScript: boolean) {
  const { page } = visit;
  const asked = (name: string) => new URL(page.url()).searchParams.get(name);
  const counted = () => page.textContent("#count");
  await visit.go("/runs");
  const all = await counted();
  await page.check('[name=code][value="CGYRO"]');
  if (javaScript) {
    await until(() => asked("code") === "CGYRO", { what: "the runs of CGYRO" });
    await until(async () => await counted() !== all, { what: "their count" });
  }
  const before = await counted();
  await page.fill("[name=q_min]", "1.3");
  await page.press("[name=q_min]", "Enter");
  await until(() => asked("q_min") === "1.3", { what: "runs of q >= 1.3" });
  await until(async () => await counted() !== before, { what: "fewer runs" });
  expect(asked("code")).toBe("CGYRO");
  await page.goBack();
  await until(async () => await counted() === before, {
    what: "one step back",
  });
  if (javaScript) await page.goBack();
  await until(async () => await counted() === all, { what: "the first count" });
  await visit.go("/runs?code=CGYRO&kind=nonlinear&sort=-bytes");
  await page.click('#results tbody a[href^="/runs/"]');
  await page.waitForSelector("h1");
  expect(await page.textContent("main")).toContain("CGYRO");
}

/** Starts a download from the run's page, watches it and opens the zip. */
async function download(visit: Visit, javaScript: boolean) {
  const { page } = visit;
  await page.click('a[href^="/downloads/new?run="]');
  await page.click('main form[action="/downloads"] button[type=submit]');
  await page.waitForURL(/\/downloads\/[0-9a-f-]+$/);
  const link = 'a[href$="/archive"]';
  // With JavaScript the page changes by itself; without, it is loaded again.
  for (
    let n = 0;
    !javaScript && n < 40 && await page.locator(link).count() === 0;
    n++
  ) {
    await page.waitForTimeout(250);
    await page.reload();
  }
  await page.waitForSelector(link, { timeout: 30_000 });
  const [zip] = await Promise.all([
    page.waitForEvent("download"),
    page.click(link),
  ]);
  const path = `${folder}/${crypto.randomUUID()}.zip`;
  await zip.saveAs(path);
  const { success, stdout } = await new Deno.Command("unzip", {
    args: ["-t", path],
  }).output();
  expect(success).toBe(true);
  expect(new TextDecoder().decode(stdout)).toContain("MANIFEST.tsv");
}
