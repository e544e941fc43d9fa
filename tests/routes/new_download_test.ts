import { test } from "../setup.ts";
import { expect } from "expect";
import { config } from "../../config.ts";
import { runJobs } from "../jobs.ts";
import { Browser, makeUser } from "../make.ts";
import { ONLY_BUILD } from "../make_download.ts";
import { makeStoredRun } from "../make_stored_run.ts";
import { noise } from "../noise.ts";

async function threeRuns(): Promise<number[]> {
  const ids = [];
  for (let n = 0; n < 3; n++) {
    const run = await makeStoredRun({
      files: { parameters: noise(100), field: noise(3000) },
      diagnostics: { Grid: noise(2000) },
      suffix: `_${n}`,
    });
    ids.push(run.id);
  }
  return ids;
}

/** The text of a page without its markup. */
function textOf(html: string): string {
  return html.replaceAll(/<[^>]+>/g, "").replaceAll(/\s+/g, " ");
}

test("the pre-flight of what does not fit leads to what would", async () => {
  const browser = await Browser.of(await makeUser());
  const runs = await threeRuns();
  const query = runs.map((id) => `run=${id}`).join("&");
  const { ARCHIVE_MAX_BYTES } = config;
  config.ARCHIVE_MAX_BYTES = 10_500;
  try {
    const page = await (await browser.get(`/downloads/new?${query}`)).text();
    expect(textOf(page)).toContain("What would fit");
    expect(textOf(page)).toContain("All runs without diagnostics: 9.3 kB");
    expect(textOf(page)).toContain(
      "All runs without files other than input files and diagnostics: 300 B",
    );
    expect(textOf(page)).toContain("The first 2 of 3 runs: 10.2 kB");
    const links = [...page.matchAll(/href="(\/downloads\/new\?[^"]+)"/g)].map((
      [, href],
    ) => href!.replaceAll("&amp;", "&"));
    expect(links).toHaveLength(3);
    for (const href of links) {
      const smaller = await (await browser.get(href)).text();
      expect(smaller).not.toContain("What would fit");
      const form = Object.groupBy(
        new URL(href, config.BASE_URL).searchParams,
        ([name]) => name,
      );
      const fields = Object.fromEntries(
        Object.entries(form).map((
          [name, all],
        ) => [name, all!.map((a) => a[1])]),
      );
      const made = await browser.post("/downloads", fields);
      expect(made.status).toBe(303);
      await browser.post(`${made.headers.get("Location")}/cancellation`, {});
    }
    const refused = await browser.post("/downloads", { run: runs.map(String) });
    expect([refused.status, textOf(await refused.text())]).toEqual([
      422,
      expect.stringContaining("The first 2 of 3 runs"),
    ]);
  } finally {
    config.ARCHIVE_MAX_BYTES = ARCHIVE_MAX_BYTES;
  }
});

test("the pre-flight tells the time by recent archives, the queue, and that the same archive is there", async () => {
  const browser = await Browser.of(await makeUser());
  const [first, second] = await threeRuns();
  const look = async (id: number) =>
    textOf(await (await browser.get(`/downloads/new?run=${id}`)).text());
  expect(await look(first!)).toContain("No archive is ahead of it.");
  expect(await look(first!)).not.toContain("Building it takes");
  await (await Browser.of(await makeUser())).post("/downloads", {
    run: String(first),
  });
  expect(await look(second!)).toContain("1 archive is ahead of it.");
  expect(await look(first!)).toContain("is being built already");
  await runJobs(ONLY_BUILD);
  expect(await look(first!)).toContain("can be had at once");
  expect(await look(second!)).toMatch(/Building it takes about \d+ s/);
});
