import { database, folder, test } from "../setup.ts";
import { expect } from "expect";
import { config } from "../../config.ts";
import { writeRuns } from "../../db/catalogue.ts";
import { makeDemo } from "../../db/embedded/demo/make.ts";
import { readSimulation } from "../../db/source/simulation.ts";
import { AppProcess } from "../app_process.ts";
import { makeUser } from "../make.ts";
import { deckFiles } from "../physics/decks/deck_files.ts";
import { openBrowser, Visit, type Visitor } from "./browser.ts";
import { signIn } from "./sign_in.ts";

const LOOKS: Visitor[] = [{}, { dark: true }, { phone: true }];

test("pasting an input lists the nearest runs on an accessible page, in light, dark and on a phone", async (t) => {
  const demo = makeDemo();
  const simulations = demo.linear.flatMap((document) =>
    readSimulation(document, "LinearRuns").simulation ?? []
  );
  await writeRuns(simulations);
  const deck = deckFiles(demo.linear, "LinearRuns", demo).find((d) =>
    d.row.code === "CGYRO" && Number(d.row.ky) > 0.3
  )!;
  const user = await makeUser();
  const app = await AppProcess.start({
    DATABASE_URL: config.DATABASE_URL!,
    MONGO_URL: config.MONGO_URL!,
    MONGO_DB: database,
    ARCHIVE_DIR: config.ARCHIVE_DIR,
    DATA_DIR: folder,
    SECRET_KEY: config.SECRET_KEY!,
    ADMIN_EMAILS: "admin@example.org",
    ROLE: "web",
  });
  const browser = await openBrowser();
  try {
    for (const look of LOOKS) {
      await t.step(JSON.stringify(look), async () => {
        const visit = await Visit.open(browser, app.base, look);
        await signIn(visit, user, app.base);
        const { page } = visit;
        const check = async () => {
          expect(await visit.accessibility()).toEqual([]);
          expect(await visit.overflow()).toBe(0);
        };
        await visit.go("/runs");
        await page.getByRole("link", { name: "Has anyone run this?" }).click();
        await check();
        await page.getByLabel("Input file").fill("no input at all");
        await page.getByRole("button", { name: "Find runs like this" }).click();
        await page.getByText("not recognised").first().waitFor();
        await check();
        await page.getByLabel("Input file").fill(deck.text);
        await page.getByRole("button", { name: "Find runs like this" }).click();
        await page.getByRole("status").getByText("nearest in physics")
          .waitFor();
        await check();
        await page.getByRole("region", { name: "Nearest runs" }).locator(
          "tbody tr:nth-child(2) th a",
        ).click();
        await page.getByRole("link", { name: "Find runs like this" }).click();
        await page.getByText("like run").first().waitFor();
        await check();
        expect(visit.complaints).toEqual([]);
        await visit.close();
      });
    }
  } finally {
    await browser.close();
    await app.stop();
  }
});
