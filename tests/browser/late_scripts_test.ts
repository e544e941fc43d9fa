import { test } from "../setup.ts";
import { config } from "../../config.ts";
import { app } from "../../routes/app.tsx";
import { makeUser } from "../make.ts";
import { until } from "../until.ts";
import { openBrowser, Visit } from "./browser.ts";
import { signIn } from "./sign_in.ts";

/** Between two scripts: more than what a script that has run waits for before it makes the page live. */
const GAP_MS = 700;

test("a page keeps itself current however late each of its scripts comes", async () => {
  const server = Deno.serve({ port: 0, onListen: () => {} }, app.fetch);
  const base = `http://localhost:${server.addr.port}`;
  config.BASE_URL = base;
  const browser = await openBrowser();
  try {
    const visit = await Visit.open(browser, base);
    const admin = await makeUser({ role: "admin" });
    await signIn(visit, admin, base);
    const { page } = visit;
    let asked = 0;
    await page.route("**/static/*.js?v=*", async (route) => {
      await new Promise((done) => setTimeout(done, GAP_MS * asked++));
      await route.continue();
    });
    await page.route("**/downloads/badge", (r) => r.fulfill({ body: "2" }));
    const stream = page.waitForRequest("**/admin/downloads/events");
    stream.catch(() => {});
    await visit.go("/admin/downloads");
    await stream;
    await until(async () => (await page.title()).startsWith("(2) "), {
      what: "the number of downloads in the title",
    });
    await visit.close();
  } finally {
    await browser.close();
    await server.shutdown();
  }
});
