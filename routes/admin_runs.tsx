import { Hono } from "hono";
import { HideFormPage } from "../components/run_visibility.tsx";
import { setVisibility, Visibility } from "../db/visibility.ts";
import { errorsOf, formOf } from "./forms.ts";
import {
  type AppEnv,
  currentUser,
  notFound,
  originOf,
  redirectTo,
} from "./http.ts";
import { runNumber } from "./run.tsx";

/** What an administrator decides about single runs. */
export const adminRuns = new Hono<AppEnv>();

adminRuns.post("/admin/runs/:id/visibility", async (c) => {
  const id = runNumber(c.req.param("id"));
  const values = await formOf(c);
  const form = Visibility.safeParse(values);
  if (!form.success) {
    c.status(422);
    return c.render(
      <HideFormPage id={id} errors={errorsOf(form.error)} values={values} />,
      { title: `Error: Run ${id}` },
    );
  }
  const known = await setVisibility(
    id,
    form.data,
    currentUser(c),
    originOf(c),
  );
  if (!known) notFound();
  return redirectTo(c, "/admin/catalogue#hidden");
});
