import { zValidator } from "@hono/zod-validator";
import { Hono } from "hono";
import { sendSpectrum, sendTwins } from "../families.tsx";
import { type AppEnv, badQuery } from "../http.ts";
import { eitherNumber } from "../run.tsx";
import { Scan, sendScan } from "../scans.tsx";

/** Families of runs for programs; `:id` is any run of one. */
export const apiFamilies = new Hono<AppEnv>();

apiFamilies.get(
  "/spectra/:id",
  async (c) => sendSpectrum(c, await eitherNumber(c.req.param("id")), "json"),
);

apiFamilies.get(
  "/scans/:id",
  zValidator("query", Scan, badQuery),
  async (c) => {
    const id = await eitherNumber(c.req.param("id"));
    return sendScan(c, id, { format: "json", query: c.req.valid("query") });
  },
);

apiFamilies.get(
  "/twins/:id",
  async (c) => sendTwins(c, await eitherNumber(c.req.param("id")), "json"),
);
