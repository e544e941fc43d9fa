import { expect } from "expect";
import { settingNames } from "../config.ts";

const INTERNAL = ["EMBEDDED", "DEMO_ACCOUNTS"];

Deno.test("README and .env.example name every setting and no other", async () => {
  const wanted = settingNames.filter((name) => !INTERNAL.includes(name)).sort();
  const example = await read(".env.example");
  expect([...example.matchAll(/^([A-Z_]+)=/gm)].map((m) => m[1]).sort())
    .toEqual(wanted);
  const settings = (await read("README.md")).split("## Settings")[1]!.split(
    "\n## ",
  )[0]!;
  const named = new Set(
    [...settings.matchAll(/^\|.*$/gm)].flatMap((row) =>
      [...row[0].split("|")[1]!.matchAll(/`([A-Z_]+)`/g)].map((m) => m[1])
    ),
  );
  expect([...named].sort()).toEqual(wanted);
});

Deno.test("compose.yaml passes only settings that exist", async () => {
  const settings = (await read("compose.yaml")).split("&settings")[1]!.split(
    "\n\n",
  )[0]!;
  const passed = [...settings.matchAll(/^ +([A-Z_]+):/gm)].map((m) =>
    m[1]!.replace(/_FILE$/, "")
  );
  expect(passed.filter((name) => !settingNames.includes(name))).toEqual([]);
});

Deno.test("the README's tasks exist", async () => {
  const { tasks } = JSON.parse(await read("deno.json"));
  const named = [
    ...(await read("README.md")).matchAll(/deno(?:@[\d.]+)? task ([a-z:]+)/g),
  ].map((m) => m[1]!);
  expect(named.length).toBeGreaterThan(1);
  expect(named.filter((name) => !(name in tasks))).toEqual([]);
});

function read(name: string): Promise<string> {
  return Deno.readTextFile(new URL(`../${name}`, import.meta.url));
}
