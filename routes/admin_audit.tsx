import { zValidator } from "@hono/zod-validator";
import { Hono } from "hono";
import { z } from "zod";
import { AdminAuditPage } from "../components/admin_audit.tsx";
import { AUDIT_PAGE_SIZE, listAudit, listAuditActions } from "../db/audit.ts";
import { type AppEnv, badQuery } from "./http.ts";

/** An empty field of the form means: all. */
const AuditQuery = z.strictObject({
  action: z.string().max(60).transform((v) => v || undefined).optional(),
  target: z.string().max(100).transform((v) => v || undefined).optional(),
  page: z.coerce.number().int().min(1).max(10_000).default(1),
});

/** Who did what, and when. */
export const adminAudit = new Hono<AppEnv>();

adminAudit.get(
  "/admin/audit",
  zValidator("query", AuditQuery, badQuery),
  async (c) => {
    const filter = c.req.valid("query");
    const [lines, actions] = await Promise.all([
      listAudit(filter),
      listAuditActions(),
    ]);
    const page = (
      <AdminAuditPage
        lines={lines.slice(0, AUDIT_PAGE_SIZE)}
        actions={actions}
        filter={filter}
        more={lines.length > AUDIT_PAGE_SIZE}
      />
    );
    return c.render(page, { title: "Audit log", wide: true });
  },
);
