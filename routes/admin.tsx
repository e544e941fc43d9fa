import { Hono } from "hono";
import { AdminPage } from "../components/admin.tsx";
import { getOverview } from "../db/overview.ts";
import { type AppEnv, currentUser, redirectTo } from "./http.ts";

/** The first page of the administration. */
export const admin = new Hono<AppEnv>();

admin.get("/admin", async (c) => {
  if (currentUser(c).role !== "admin") return redirectTo(c, "/admin/users");
  return c.render(<AdminPage overview={await getOverview()} />, {
    title: "Administration",
  });
});
