import { Hono } from "hono";
import { sql } from "../db/sql.ts";
import { sourceReachable } from "../db/source/client.ts";

/** For supervisors: is the process alive, can it do its work. */
export const health = new Hono();

health.get("/healthz", (c) => c.text("ok"));

health.get("/readyz", async (c) => {
  const postgres = await sql`select 1`.then(() => true, () => false);
  const source = await sourceReachable();
  return c.json({ postgres, source }, postgres ? 200 : 503);
});
