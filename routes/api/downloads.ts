import { zValidator } from "@hono/zod-validator";
import { Hono } from "hono";
import {
  type Download,
  HISTORY_PAGE_SIZE,
  listDownloads,
} from "../../db/downloads.ts";
import { asJson, HistoryQuery, ownDownload } from "../downloads.tsx";
import { sendOwnArchive } from "../download_archive.ts";
import { type AppEnv, badQuery, currentUser } from "../http.ts";
import { apiUrl, pageLinks } from "./links.ts";

/** A user's own downloads for programs. */
export const apiDownloads = new Hono<AppEnv>();

apiDownloads.get(
  "/downloads",
  zValidator("query", HistoryQuery, badQuery),
  async (c) => {
    const { page } = c.req.valid("query");
    const found = await listDownloads(currentUser(c).id, page);
    const shown = found.slice(0, HISTORY_PAGE_SIZE);
    const more = found.length > shown.length;
    const links = pageLinks(
      page,
      { more },
      (n) => apiUrl(`/downloads${n > 1 ? `?page=${n}` : ""}`),
    );
    return c.json({ page, links, downloads: shown.map(downloadOf) });
  },
);

apiDownloads.get("/downloads/:id", async (c) => {
  return c.json(downloadOf(await ownDownload(c, c.req.param("id"))));
});

apiDownloads.get(
  "/downloads/:id/archive",
  (c) => sendOwnArchive(c, c.req.param("id")),
);

/** The form of /downloads/:id.json, with what a list needs and the address of the zip once there is one. */
function downloadOf(download: Download) {
  const { id, label, created_at, state } = download;
  const isServed = state === "ready" || state === "partial";
  const links = {
    self: apiUrl(`/downloads/${id}`),
    archive: isServed ? apiUrl(`/downloads/${id}/archive`) : null,
  };
  return { ...asJson(download), label, created_at, links };
}
