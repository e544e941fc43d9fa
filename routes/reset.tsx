import { Hono } from "hono";
import { AskResetPage, NewPasswordPage } from "../components/reset.tsx";
import { requestReset, resetPassword } from "../db/log_ins.ts";
import { passwordProblem } from "../db/passwords.ts";
import { Email } from "../db/registrations.ts";
import { getToken } from "../db/tokens.ts";
import { getUser, type User } from "../db/users.ts";
import { errorsOf, formOf } from "./forms.ts";
import { type AppEnv, originOf, redirectTo } from "./http.ts";
import { addressKey, digest, limit, LIMITS } from "./rate_limit.ts";

/** Setting a new password by mail. It never opens a session. */
export const reset = new Hono<AppEnv>();

reset.get("/reset", (c) => {
  const page = <AskResetPage sent={c.req.query("sent") === "1"} />;
  return c.render(page, { title: "Forgotten password" });
});

reset.post("/reset", async (c) => {
  const values = await formOf(c);
  const email = Email.safeParse(values.email);
  if (!email.success) {
    c.status(422);
    const error = errorsOf(email.error)[""];
    const page = (
      <AskResetPage sent={false} email={values.email} error={error} />
    );
    return c.render(page, { title: "Error: Forgotten password" });
  }
  await limit(
    c,
    [addressKey(c, "mail"), LIMITS.mailPerAddress],
    [`mail:${digest(email.data)}`, LIMITS.mailPerRecipient],
  );
  await requestReset(email.data, originOf(c));
  return redirectTo(c, "/reset?sent=1");
});

reset.get("/reset/:token", async (c) => {
  const user = await ownerOf(c.req.param("token"));
  c.header("Cache-Control", "no-store");
  const page = <NewPasswordPage valid={user !== null} action={c.req.path} />;
  return c.render(page, { title: "New password" });
});

reset.post("/reset/:token", async (c) => {
  await limit(c, [addressKey(c, "token"), LIMITS.tokenPerAddress]);
  const token = c.req.param("token");
  const { password = "" } = await formOf(c);
  const user = await ownerOf(token);
  const problem = user && passwordProblem(password, [user.name, user.email]);
  if (user && !problem && await resetPassword(token, password, originOf(c))) {
    return redirectTo(c, "/login?notice=reset");
  }
  c.status(422);
  c.header("Cache-Control", "no-store");
  const page = (
    <NewPasswordPage
      valid={Boolean(problem)}
      action={c.req.path}
      error={problem ?? undefined}
    />
  );
  return c.render(page, { title: "Error: New password" });
});

/** Whose password a link may set; null when it is of no use any more. */
async function ownerOf(token: string): Promise<User | null> {
  const { state, user_id } = await getToken("reset", token);
  return state === "valid" && user_id ? await getUser(user_id) : null;
}
