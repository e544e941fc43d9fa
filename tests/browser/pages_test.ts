import { database, folder, test } from "../setup.ts";
import { expect } from "expect";
import { config } from "../../config.ts";
import { loadDemoRuns } from "../../db/embedded/demo/load.ts";
import { sql } from "../../db/sql.ts";
import { getUser } from "../../db/users.ts";
import { AppProcess } from "../app_process.ts";
import { firstSync } from "../first_sync.ts";
import { makeUser } from "../make.ts";
import { makeToken } from "../program.ts";
import { openBrowser, Visit, type Visitor } from "./browser.ts";
import { signIn } from "./sign_in.ts";

const PUBLIC = [
  "/",
  "/about",
  "/api",
  "/getting-started",
  "/glossary",
  "/register",
  "/login",
  "/reset",
  "/verify/wrong-token",
  "/nothing-here",
];
const LOOKS: Visitor[] = [{}, { dark: true }, { phone: true }];

/** Pages behind the log-in; one run of each kind and layout stands for the others. */
async function memberPages(): Promise<string[]> {
  const runs = await sql<{ id: number }[]>`
    select distinct on (kind, layout, code, implausible) id from runs order by kind, layout, code, implausible, id`;
  const [one] = runs;
  return [
    "/runs",
    "/runs?kind=nonlinear&q_min=1&sort=-Q_i",
    "/runs?code=GENE&gamma_min=1e9",
    "/runs?q_min=abc",
    "/account",
    "/downloads",
    `/downloads/new?run=${one!.id}`,
    ...runs.map(({ id }) => `/runs/${id}`),
    "/explore?x=RLTi&y=gamma&colour=code&symbol=mode",
    "/explore/coverage?x=q&y=s_hat",
    "/explore/quasilinear",
    "/explore/quasilinear?code=CGYRO&x=q",
    ...["runs", "spectra", "scans", "twins"].map((path) =>
      `/${path}/${one!.id}?units=cs_a`
    ),
    ...await overlaidScans(),
    `/compare?${runs.slice(0, 8).map(({ id }) => `run=${id}`).join("&")}`,
    ...["spectra", "scans", "twins"].map((family) => `/${family}/${one!.id}`),
  ];
}

/** A scan with others over it; nothing before the families are found. */
async function overlaidScans(): Promise<string[]> {
  const scans = await sql<{ varied: string; ids: number[] }[]>`
    select varied, (array_agg(distinct scan_id))[1:3] as ids from scan_spectra group by varied order by count(*) desc limit 1`;
  return scans.map(({ varied, ids: [first, ...others] }) =>
    `/scans/${first}?varied=${varied}&with=${others.join(",")}`
  );
}

const ADMIN = [
  "/admin",
  "/admin/users",
  "/admin/users?state=pending",
  "/admin/downloads",
  "/admin/catalogue",
  "/admin/audit",
];

test("every page is accessible, silent in the console and no wider than its window, in light, dark and on a phone", async (t) => {
  await loadDemoRuns(config.MONGO_URL!, database, () => {});
  const app = await AppProcess.start({
    DATABASE_URL: config.DATABASE_URL!,
    MONGO_URL: config.MONGO_URL!,
    MONGO_DB: database,
    ARCHIVE_DIR: config.ARCHIVE_DIR,
    DATA_DIR: folder,
    SECRET_KEY: config.SECRET_KEY!,
    ADMIN_EMAILS: "admin@example.org",
  });
  const applicant = await makeUser({ state: "pending" });
  const people = {
    member: await makeUser(),
    admin: await makeUser({ role: "admin" }),
    applicant,
  };
  await makeToken(people.member, "laptop");
  await firstSync();
  const browser = await openBrowser();
  try {
    const tours: [string, string | null, string[]][] = [
      ["a visitor", null, PUBLIC],
      ["a member", people.member.id, await memberPages()],
      ["an admin", people.admin.id, [
        ...ADMIN,
        `/admin/users/${applicant.id}?decision=reject`,
      ]],
      ["an applicant", applicant.id, ["/account", "/runs"]],
    ];
    for (const [who, id, paths] of tours) {
      for (const look of LOOKS) {
        await t.step(`${who}, ${JSON.stringify(look)}`, async () => {
          const visit = await Visit.open(browser, app.base, look);
          if (id) await signIn(visit, (await getUser(id))!, app.base);
          const faults: string[] = [];
          for (const path of paths) {
            await visit.go(path);
            faults.push(...await visit.accessibility());
            const over = await visit.overflow();
            if (over > 0) faults.push(`${path} is ${over} px too wide`);
          }
          expect(faults).toEqual([]);
          expect(visit.complaints).toEqual([]);
          await visit.close();
        });
      }
    }
  } finally {
    await browser.close();
    await app.stop();
  }
});
