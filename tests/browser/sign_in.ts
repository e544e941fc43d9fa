import { createSession } from "../../db/sessions.ts";
import { sql } from "../../db/sql.ts";
import type { User } from "../../db/users.ts";
import type { Visit } from "./browser.ts";

/** Logs a person in at the app at `base`, without the form. */
export async function signIn(
  visit: Visit,
  user: User,
  base: string,
): Promise<void> {
  const value = await createSession(sql, user, { ip: null, userAgent: "test" });
  await visit.context.addCookies([{ name: "sid", value, url: base }]);
}
