import { test } from "../setup.ts";
import { expect } from "expect";
import { sql } from "../../db/sql.ts";
import { Browser, makeUser } from "../make.ts";
import { makeStoredRun } from "../make_stored_run.ts";
import { noise } from "../noise.ts";

/** The text of a page without its markup. */
function textOf(html: string): string {
  return html.replaceAll(/<[^>]+>/g, "").replaceAll(/\s+/g, " ");
}

test("a download tells its place in the queue, its rate and time left, that it is stalled, and the id of a fault, on its page and in the list", async () => {
  const asked = [];
  for (let n = 0; n < 3; n++) {
    const run = await makeStoredRun({ files: { nrg: noise(1000) } });
    const browser = await Browser.of(await makeUser());
    const answer = await browser.post("/downloads", { run: String(run.id) });
    asked.push({ browser, where: answer.headers.get("Location")! });
  }
  const [first, , third] = asked;
  const expectWords = async (
    { browser, where }: { browser: Browser; where: string },
    ...words: string[]
  ) => {
    for (const path of [where, "/downloads"]) {
      const text = textOf(await (await browser.get(path)).text());
      for (const word of words) expect(text).toContain(word);
    }
  };
  const set = (values: Record<string, unknown>) =>
    sql`update archives set ${
      sql(values as never)
    } where id = (select archive_id from downloads where id = ${first!.where
      .split("/").pop()!})`;
  const ago = (seconds: number) => new Date(Date.now() - seconds * 1000);
  await expectWords(first!, "queued, next");
  await expectWords(third!, "queued, 3 in line");
  await set({
    state: "running",
    started_at: ago(10),
    progress_at: ago(1),
    bytes_done: 400,
    rate: 100,
  });
  await expectWords(first!, "400 B of 1 kB", "100 B/s", "about 6 s left");
  await expectWords(third!, "queued, 2 in line");
  await set({ started_at: ago(60), progress_at: ago(45) });
  await expectWords(first!, "stalled", "nothing new for 45 s");
  const reason =
    "Something went wrong while the archive was built. Tell an administrator the id 1a2b3c4d.";
  await set({ state: "failed", reason, finished_at: new Date() });
  await expectWords(first!, reason, "Try again");
});
