import { test } from "../setup.ts";
import { expect } from "expect";
import { BASKET_SIZE } from "../../db/basket.ts";
import { sql } from "../../db/sql.ts";
import { Browser, makeUser } from "../make.ts";
import { makeRun } from "../make_run.ts";

const FRAGMENT = { "HX-Request": "true", "HX-Request-Type": "partial" };
const [one, two, three] = [
  await makeRun({ code: "GENE", gamma: 0.1 }),
  await makeRun({ code: "CGYRO", gamma: 0.2 }),
  await makeRun({ code: "TGLF", gamma: 0.3 }),
];

async function browserOf() {
  return await Browser.of(await makeUser());
}

async function picked(browser: Browser): Promise<number[]> {
  const page = await (await browser.get("/basket")).text();
  return [...page.matchAll(/<th scope="row"><a href="\/runs\/(\d+)"/g)].map(
    (m) => Number(m[1]),
  );
}

test("POST /basket picks runs, and every page says how many", async () => {
  const browser = await browserOf();
  const response = await browser.post("/basket", {
    run: [String(one.id), String(three.id)],
  });
  expect(response.status).toBe(303);
  expect(response.headers.get("Location")).toBe("/basket");
  expect(await picked(browser)).toEqual([one.id, three.id]);
  const page = await (await browser.get("/runs?code=GENE")).text();
  expect(page).toContain('id="basket-count" class="count">2<');
  expect(page).toContain("2 runs picked");
  expect(page).toContain(`/downloads/new?run=${one.id}&amp;run=${three.id}`);
  expect(page).toMatch(
    new RegExp(`id="pick-${one.id}"[^>]*value="${one.id}" checked`),
  );
});

test("POST /basket from a page of boxes takes out what is shown and not ticked, and leads back", async () => {
  const browser = await browserOf();
  await browser.post("/basket", { run: [String(one.id), String(two.id)] });
  const response = await browser.post("/basket", {
    shown: [String(two.id), String(three.id)],
    run: String(three.id),
    next: "/runs?code=TGLF&page=2",
  });
  expect(response.headers.get("Location")).toBe("/runs?code=TGLF&page=2");
  expect(await picked(browser)).toEqual([one.id, three.id]);
});

test("POST /basket sends htmx the bar and the number in the header", async () => {
  const browser = await browserOf();
  const response = await browser.post(
    "/basket",
    { run: String(one.id), next: "/runs?q_max=2" },
    FRAGMENT,
  );
  expect(response.status).toBe(200);
  const html = await response.text();
  expect(html).toMatch(/^<div id="basket-bar"/);
  expect(html).toContain("1 run picked");
  expect(html).toContain('name="next" value="/runs?q_max=2"');
  expect(html).toContain('<hx-partial hx-target="#basket-count"');
  expect(html).not.toContain("<html");
});

test("POST /basket/removal takes out one run, or all", async () => {
  const browser = await browserOf();
  await browser.post("/basket", {
    run: [one, two, three].map((r) => String(r.id)),
  });
  await browser.post("/basket/removal", { run: String(two.id) });
  expect(await picked(browser)).toEqual([one.id, three.id]);
  const response = await browser.post("/basket/removal", {
    all: "yes",
    next: "/runs",
  });
  expect(response.headers.get("Location")).toBe("/runs");
  expect(await picked(browser)).toEqual([]);
  expect(await (await browser.get("/basket")).text()).toContain(
    "Nothing is picked",
  );
});

test("basket leaves out what is hidden or unknown, and is its owner's alone", async () => {
  const browser = await browserOf();
  const hidden = await makeRun();
  await sql`update runs set hidden_at = now() where id = ${hidden.id}`;
  await browser.post("/basket", {
    run: [String(one.id), String(hidden.id), "999999999"],
  });
  expect(await picked(browser)).toEqual([one.id]);
  await sql`update runs set hidden_at = now() where id = ${one.id}`;
  expect(await picked(browser)).toEqual([]);
  await sql`update runs set hidden_at = null where id = ${one.id}`;
  expect(await picked(browser)).toEqual([one.id]);
  expect(await picked(await browserOf())).toEqual([]);
});

test("basket that is full says so and stays as it was", async () => {
  const browser = await browserOf();
  const ids = await sql<{ id: number }[]>`
    insert into runs (source_id, folder_path, run_suffix, detail, row_hash, kind, collection)
    select lpad(to_hex(n), 24, '0'), '/f', n::text, '{}', '', 'linear', 'linear' from generate_series(1, ${BASKET_SIZE}) n returning id`;
  await browser.post("/basket", { run: ids.map(({ id }) => String(id)) });
  const refused = await browser.post("/basket", { run: String(one.id) });
  expect(refused.status).toBe(422);
  expect(await refused.text()).toContain(`at most ${BASKET_SIZE} runs`);
  const fragment = await browser.post(
    "/basket",
    { run: String(one.id) },
    FRAGMENT,
  );
  expect(fragment.status).toBe(422);
  expect(await fragment.text()).toMatch(/^<div id="basket-bar".*at most/s);
  expect((await picked(browser)).length).toBe(BASKET_SIZE);
  // Ticking nothing that is new has room, of course.
  const same = await browser.post("/basket", { run: String(ids[0]!.id) });
  expect(same.status).toBe(303);
});

test("POST /basket refuses what is no number, and leads to no other site", async () => {
  const browser = await browserOf();
  for (const path of ["/basket", "/basket/removal"]) {
    const refused = await browser.post(path, { run: "1 or 1=1" });
    expect(refused.status).toBe(400);
    expect(await refused.text()).toContain("run");
    const led = await browser.post(path, { run: "1", next: "//evil.example" });
    expect(led.headers.get("Location")).toBe("/");
  }
});

test("a run's page puts it into the basket", async () => {
  const browser = await browserOf();
  const page = await (await browser.get(`/runs?id=${two.id}`)).text();
  expect(page).toContain(`aria-label="Pick run ${two.id}"`);
  const response = await browser.post("/basket", {
    run: String(two.id),
    next: `/runs/${two.id}`,
  });
  expect(response.headers.get("Location")).toBe(`/runs/${two.id}`);
});

test("POST /basket takes as many runs as it holds, and names the field of which there are more", async () => {
  const browser = await browserOf();
  const many = Array.from({ length: BASKET_SIZE }, () => String(one.id));
  const form = { run: many, shown: many };
  expect((await browser.post("/basket", form)).status).toBe(303);
  for (
    const [path, field] of [["", "run"], ["", "shown"], ["/removal", "run"]]
  ) {
    const refused = await browser.post(`/basket${path}`, {
      ...form,
      [field!]: [...many, "1"],
    });
    expect(refused.status).toBe(400);
    expect(await refused.text()).toContain(
      `${field}: at most 500 runs can be named at once`,
    );
  }
  expect(await picked(browser)).toEqual([one.id]);
});
