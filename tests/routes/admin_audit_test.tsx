import { test } from "../setup.ts";
import { expect } from "expect";
import { sql } from "../../db/sql.ts";
import { Browser, makeUser } from "../make.ts";

async function admin(): Promise<Browser> {
  return await Browser.of(await makeUser({ role: "admin" }));
}

test("GET /admin shows what needs attention", async () => {
  const page = await (await admin()).get("/admin");
  expect(page.status).toBe(200);
  expect(await page.text()).toContain("Applicants waiting");
});

test("GET /admin/audit is newest first, filters by action and pages", async () => {
  const browser = await admin();
  for (let n = 0; n < 60; n++) {
    await sql`insert into audit_log (action, target) values ('test_line', ${`thing:${n}`})`;
  }
  const html = await (await browser.get("/admin/audit?action=test_line"))
    .text();
  expect(html.indexOf("thing:59")).toBeGreaterThan(0);
  expect(html.indexOf("thing:59")).toBeLessThan(html.indexOf("thing:58"));
  expect(html).not.toContain("thing:9<");
  const second = await browser.get("/admin/audit?action=test_line&page=2");
  expect(await second.text()).toContain("thing:9<");
  expect((await browser.get("/admin/audit?action=")).status).toBe(200);
});

test("the audit log only grows", async () => {
  await expect(sql`delete from audit_log`.then((r) => r)).rejects.toThrow(
    "only grows",
  );
  await expect(sql`update audit_log set actor = 'x'`.then((r) => r)).rejects
    .toThrow("only grows");
});
