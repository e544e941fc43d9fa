import { test } from "../setup.ts";
import { expect } from "expect";
import { sql } from "../../db/sql.ts";
import { Browser, makeUser } from "../make.ts";
import { makeStoredRun } from "../make_stored_run.ts";
import { noise } from "../noise.ts";

const encoder = new TextEncoder();

async function stored(files: Record<string, Uint8Array>) {
  const run = await makeStoredRun({ files });
  const rows = await sql<{ key: string; id: string }[]>`
    select file->>'key' as key, file->>'id' as id from runs, jsonb_array_elements(detail->'files') file
    where runs.id = ${run.id}`;
  return Object.fromEntries(
    rows.map(({ key, id }) => [key, `/runs/${run.id}/files/${id}/preview`]),
  );
}

test("GET /runs/:id/files/:fileId/preview shows the beginning of a text, escaped, and says what is no text", async () => {
  const browser = await Browser.of(await makeUser());
  const long = "é".repeat(100_000);
  const paths = await stored({
    parameters: encoder.encode("&box <script>alert(1)</script> ŷ = 3\n/"),
    long: encoder.encode(long),
    odd: encoder.encode(`x${long}`),
    field: noise(100_000),
    zeros: new Uint8Array(100),
  });
  const page = async (key: string) => {
    const answer = await browser.get(paths[key]!);
    expect([key, answer.status]).toEqual([key, 200]);
    return await answer.text();
  };
  const input = await page("parameters");
  expect(input).toContain("&amp;box &lt;script&gt;");
  expect(input).toContain("ŷ = 3");
  expect(input).not.toContain("are shown");
  expect(await page("long")).toContain("the first 65.5 kB are shown");
  expect(/é+/.exec(await page("long"))![0]).toHaveLength(32_768);
  expect(await page("odd")).not.toContain("\ufffd");
  for (const key of ["field", "zeros"]) {
    expect(await page(key)).toContain("It is no text");
  }
});

test("GET /runs/:id/files/:fileId/preview knows only the run's own files, for approved accounts", async () => {
  const paths = await stored({ parameters: encoder.encode("a = 1") });
  const path = paths.parameters!;
  const member = await Browser.of(await makeUser());
  const elsewhere = path.replace(/\/runs\/\d+/, "/runs/999999");
  expect((await member.get(elsewhere)).status).toBe(404);
  expect((await (await Browser.of(null)).get(path)).status).toBe(303);
  const pending = await Browser.of(await makeUser({ state: "pending" }));
  expect((await pending.get(path)).status).toBe(403);
});
