import { expect } from "expect";
import { endsWithin } from "../../../db/embedded/child.ts";
import { watchCode } from "../../../db/embedded/watch.ts";
import { withFolder } from "./folders.ts";

const SOON_MS = 5_000;
const A_MOMENT_MS = 500;

Deno.test("changed code is noticed in the app's folders and beside main.ts, other files are not", async (t) => {
  await withFolder(async (folder) => {
    for (const name of ["routes", "static", "tests"]) {
      await Deno.mkdir(`${folder}/${name}`);
    }
    const watch = await watchCode(`${folder}/`);
    const noticed = async (path: string, ms: number) => {
      const changed = watch.changed();
      await Deno.writeTextFile(`${folder}/${path}`, "changed");
      return await endsWithin(changed, ms);
    };

    for (const path of ["routes/runs.tsx", "static/app.css", "config.ts"]) {
      await t.step(path, async () => {
        expect(await noticed(path, SOON_MS)).toBe(true);
      });
    }
    for (const path of ["tests/runs_test.ts", "notes.txt", "routes/.swp"]) {
      await t.step(`not ${path}`, async () => {
        expect(await noticed(path, A_MOMENT_MS)).toBe(false);
      });
    }
    await watch.close();
  });
});
