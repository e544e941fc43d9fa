import { test } from "../../setup.ts";
import { Validator } from "@seriousme/openapi-schema-validator";
import { expect } from "expect";
import { sql } from "../../../db/sql.ts";
import { getUser } from "../../../db/users.ts";
import { RunQuery } from "../../../db/runs/query.ts";
import { PUBLIC_COLUMNS } from "../../../physics/columns.ts";
import { app } from "../../../routes/app.tsx";
import { finishedDownload } from "../../make_download.ts";
import { Program } from "../../program.ts";

// deno-lint-ignore no-explicit-any
const document: any = await (await app.request("/api/v1/openapi.json")).json();
const paths = Object.keys(document.paths);

test("GET /api/v1/openapi.json is valid OpenAPI 3.1, and anybody may read it", async () => {
  const validator = new Validator();
  const { valid, errors } = await validator.validate(structuredClone(document));
  expect(errors).toBeUndefined();
  expect(valid).toBe(true);
  expect(validator.version).toBe("3.1");
});

test("every address of the API is described, and nothing else is", () => {
  const routes = app.routes
    .filter((r) => r.method === "GET" && r.path.startsWith("/api/v1/"))
    .map((r) => r.path.slice("/api/v1".length))
    .map((path) => path.replaceAll(/:(\w+)/g, "{$1}"));
  expect(paths.toSorted()).toEqual([...new Set(routes)].sort());
});

test("every address that is described answers as it says", async () => {
  const { id, userId } = await finishedDownload();
  const program = await Program.of((await getUser(userId))!);
  const [run] = await sql<[{ id: number; file: string }]>`
    select id, detail->'files'->0->>'id' as file from runs`;
  for (const path of paths) {
    const address = path.replace("{fileId}", run.file)
      .replace("{id}", path.startsWith("/downloads") ? id : String(run.id));
    const answer = await program.get(`/api/v1${address}`);
    expect([path, answer.status]).toEqual([path, 200]);
    const { content } = document.paths[path].get.responses[200];
    const [type] = Object.keys(content);
    expect(answer.headers.get("Content-Type")).toContain(type!);
    if (type !== "application/json") {
      await answer.body?.cancel();
      continue;
    }
    const name = content[type].schema.$ref.split("/").pop();
    const { properties = {}, required = [] } =
      document.components.schemas[name];
    const keys = Object.keys(await answer.json());
    expect(required.filter((key: string) => !keys.includes(key))).toEqual([]);
    if (name === "Anything") continue;
    expect(keys.filter((key) => !(key in properties))).toEqual([]);
  }
});

test("every reference leads somewhere, and every operation has a name of its own", () => {
  const refs = [...JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)];
  expect(refs.length).toBeGreaterThan(100);
  for (const [, ref] of refs) {
    let place = document;
    for (const part of ref!.split("/")) place = place?.[part];
    expect([ref, typeof place]).toEqual([ref, "object"]);
  }
  const names = paths.map((path) => document.paths[path].get.operationId);
  expect(new Set(names).size).toBe(paths.length);
});

test("only the description itself needs no token", () => {
  const open = paths.filter((path) => document.paths[path].get.security);
  expect(open).toEqual(["/openapi.json"]);
  expect(document.security).toEqual([{ token: [] }]);
});

test("a search takes every parameter that is described, and a run has every column", () => {
  // deno-lint-ignore no-explicit-any
  const parameters: any[] = Object.values(document.components.parameters);
  for (const { name, schema } of parameters) {
    const value = sampleOf(name, schema);
    const parsed = RunQuery.safeParse({ [name]: value });
    expect([name, value, parsed.error?.issues]).toEqual([
      name,
      value,
      undefined,
    ]);
  }
  const names = parameters.map((p) => p.name);
  for (
    const name of [
      ..."text id kind code keyword has input like sort page size cols units collapse"
        .split(" "),
      ..."q_min q_max q_any gamma_cs_a omega_abs electromagnetic".split(" "),
    ]
  ) expect(names).toContain(name);
  expect(names.length).toBe(new Set(names).size);
  expect(Object.keys(document.components.schemas.Run.properties)).toEqual(
    PUBLIC_COLUMNS.map((c) => c.key),
  );
  expect(document.components.schemas.Run.properties.gamma.description)
    .toContain("In v_ref/R_0.");
});

/** A value that a schema allows, as a query string would hold it. */
// deno-lint-ignore no-explicit-any
function sampleOf(name: string, schema: any): string {
  if (schema.items) return sampleOf(name, schema.items);
  if (schema.const) return schema.const;
  if (schema.enum) return String(schema.enum[0]);
  if (name === "input") return "beta>0.01";
  return "1";
}
