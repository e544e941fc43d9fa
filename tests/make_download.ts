import { runJobs } from "./jobs.ts";
import { Browser, makeUser } from "./make.ts";
import { makeStoredRun } from "./make_stored_run.ts";
import { noise } from "./noise.ts";

/** The only job that tests of downloads let run. */
export const ONLY_BUILD = { names: ["build_archive" as const] };

/** A user with a finished download: its address, its id and the bytes of its zip. */
export async function finishedDownload() {
  const user = await makeUser();
  const browser = await Browser.of(user);
  const { id } = await makeStoredRun({
    files: { nrg: noise(300_000), parameters: noise(10) },
  });
  const answer = await browser.post("/downloads", { run: String(id) });
  const where = answer.headers.get("Location")!;
  await runJobs(ONLY_BUILD);
  const bytes = await bytesOf(await browser.get(`${where}/archive`));
  const downloadId = where.split("/").pop()!;
  return { browser, where, id: downloadId, bytes, userId: user.id };
}

/** The body of an answer. */
export async function bytesOf(answer: Response): Promise<Uint8Array> {
  return new Uint8Array(await answer.arrayBuffer());
}
