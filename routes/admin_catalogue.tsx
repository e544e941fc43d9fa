import { Hono } from "hono";
import { z } from "zod";
import { AdminCataloguePage } from "../components/admin_catalogue.tsx";
import { audit } from "../db/audit.ts";
import { getCatalogueView, requestSync } from "../db/catalogue_view.ts";
import {
  type AppEnv,
  badRequest,
  currentUser,
  originOf,
  redirectTo,
  wordsOf,
} from "./http.ts";

const REFRESH_S = 5;

/** Without a word the pass is full, as the button of a script means it. */
const Sync = z.object({ pass: z.enum(["new", "full"]).default("full") });

/** What the catalogue holds and how well it follows the source. */
export const adminCatalogue = new Hono<AppEnv>();

adminCatalogue.get("/admin/catalogue", async (c) => {
  const view = await getCatalogueView();
  return c.render(<AdminCataloguePage view={view} />, {
    title: "Catalogue",
    wide: true,
    refresh: view.pending ? REFRESH_S : undefined,
  });
});

adminCatalogue.post("/admin/catalogue/sync", async (c) => {
  const form = Sync.safeParse(await c.req.parseBody());
  if (!form.success) badRequest(wordsOf(form.error));
  const { pass } = form.data;
  await requestSync(pass);
  await audit({
    action: "catalogue_sync",
    actor: currentUser(c),
    detail: { pass },
    ...originOf(c),
  });
  return redirectTo(c, "/admin/catalogue");
});
