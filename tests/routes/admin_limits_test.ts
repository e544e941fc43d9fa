import { test } from "../setup.ts";
import { expect } from "expect";
import { config } from "../../config.ts";
import { listAudit } from "../../db/audit.ts";
import { getLimits } from "../../db/limits.ts";
import { Browser, makeUser } from "../make.ts";
import { makeStoredRun } from "../make_stored_run.ts";
import { noise } from "../noise.ts";

const EMPTY = {
  archive_max_bytes: "",
  user_quota_bytes: "",
  archive_ttl_hours: "",
  worker_archives: "",
};

test("an admin sets limits that hold at once for everybody, and goes back to the settings", async () => {
  const admin = await Browser.of(await makeUser({ role: "admin" }));
  const member = await Browser.of(await makeUser());
  const run = await makeStoredRun({ files: { nrg: noise(5000) } });
  const form = { run: String(run.id) };
  const set = await admin.post("/admin/limits", {
    ...EMPTY,
    archive_max_bytes: "4000",
    archive_ttl_hours: "5",
  });
  expect(set.status).toBe(303);
  const refused = await member.post("/downloads", form);
  expect([refused.status, (await refused.text()).includes("4.00 kB")])
    .toEqual([422, true]);
  expect(await (await member.get("/downloads")).text()).toContain("5 hours");
  const page = await (await admin.get("/admin/downloads")).text();
  expect(page).toContain('value="4000"');
  expect(page).toContain("Empty: 100 GB, by ARCHIVE_MAX_BYTES.");
  expect((await listAudit({ action: "limits" }))[0]!.detail).toMatchObject({
    archive_max_bytes: 4000,
    user_quota_bytes: null,
  });
  expect((await admin.post("/admin/limits", EMPTY)).status).toBe(303);
  expect((await getLimits()).archive_max_bytes).toBe(config.ARCHIVE_MAX_BYTES);
  expect((await member.post("/downloads", form)).status).toBe(303);
});

test("limits out of their bounds are refused in words, and others than admins see none", async () => {
  const admin = await Browser.of(await makeUser({ role: "admin" }));
  const before = await getLimits();
  for (const worker_archives of ["0", "17", "two", "-1", "1.5"]) {
    const answer = await admin.post("/admin/limits", {
      ...EMPTY,
      worker_archives,
    });
    expect([worker_archives, answer.status]).toEqual([worker_archives, 422]);
    expect(await answer.text()).toContain(
      "Give a whole number between 1 and 16, or nothing",
    );
  }
  expect(await getLimits()).toEqual(before);
  const member = await Browser.of(await makeUser());
  expect((await member.post("/admin/limits", EMPTY)).status).toBe(404);
});
