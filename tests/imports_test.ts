import { expect } from "expect";

const ROOT = new URL("../", import.meta.url);

/** Which folders each folder may import from, besides itself; `type` allows `import type` only. */
const MAY: Record<string, { value: string[]; type: string[] }> = {
  physics: { value: [], type: [] },
  db: { value: ["physics", "config.ts"], type: [] },
  components: { value: ["physics"], type: ["db"] },
  jobs: { value: ["components", "db", "physics", "config.ts"], type: [] },
  routes: { value: ["components", "db", "physics", "config.ts"], type: [] },
};

const IMPORT =
  /^(?:import|export)\s+(type\s+)?[^;]*?from\s+"([^"]+)"|import\("([^"]+)"\)/gms;

Deno.test("imports go one way: main, then routes and jobs, then components, then db, then config; physics is open to all", async () => {
  const wrong: string[] = [];
  for (const folder of Object.keys(MAY)) {
    for await (const file of sources(new URL(`${folder}/`, ROOT))) {
      for (
        const { target, typeOnly } of imports(
          await Deno.readTextFile(file),
          file,
        )
      ) {
        const allowed = [
          folder,
          ...MAY[folder]!.value,
          ...(typeOnly ? MAY[folder]!.type : []),
        ];
        if (!allowed.includes(target)) {
          wrong.push(`${file.pathname} imports ${target}`);
        }
      }
    }
  }
  expect(wrong).toEqual([]);
});

Deno.test("only config.ts reads the environment of the app", async () => {
  const readers: string[] = [];
  for (const folder of Object.keys(MAY)) {
    for await (const file of sources(new URL(`${folder}/`, ROOT))) {
      // The launcher hands its own environment on to its child.
      if (
        /Deno\.env/.test(await Deno.readTextFile(file)) &&
        !file.pathname.includes("/db/embedded/")
      ) readers.push(file.pathname);
    }
  }
  expect(readers).toEqual([]);
});

Deno.test("nothing that the content security policy would block, or that needs eval, is written", async () => {
  const banned =
    /hx-on|hx-push-url="true"|\sstyle=["{]|dangerouslySetInnerHTML|(?<![.\w])raw\(|"js:|\beval\(|new Function\(/;
  const found: string[] = [];
  for (const folder of ["components", "routes"]) {
    for await (const file of sources(new URL(`${folder}/`, ROOT))) {
      const line = (await Deno.readTextFile(file)).split("\n").find((l) =>
        banned.test(l)
      );
      if (line) found.push(`${file.pathname}: ${line.trim()}`);
    }
  }
  expect(found).toEqual([]);
});

async function* sources(folder: URL): AsyncGenerator<URL> {
  for await (const entry of Deno.readDir(folder)) {
    if (entry.isDirectory) yield* sources(new URL(`${entry.name}/`, folder));
    else if (/\.tsx?$/.test(entry.name)) yield new URL(entry.name, folder);
  }
}

/** The folders or root files that a source imports from inside the project. */
function* imports(
  text: string,
  file: URL,
): Generator<{ target: string; typeOnly: boolean }> {
  for (const [, type, from, dynamic] of text.matchAll(IMPORT)) {
    const path = from ?? dynamic!;
    if (!path.startsWith(".")) continue;
    const target = new URL(path, file).pathname.slice(ROOT.pathname.length)
      .split("/")[0]!;
    yield { target, typeOnly: type !== undefined };
  }
}
