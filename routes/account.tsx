import { zValidator } from "@hono/zod-validator";
import { type Context, Hono } from "hono";
import { z } from "zod";
import { AccountPage, type AccountPageProps } from "../components/account.tsx";
import {
  DEFAULT_TOKEN_DAYS,
  listApiTokens,
  TOKEN_DAYS,
} from "../db/api_tokens.ts";
import { changePassword } from "../db/log_ins.ts";
import { passwordProblem } from "../db/passwords.ts";
import { deleteSession, listSessions } from "../db/sessions.ts";
import { audit } from "../db/audit.ts";
import { Profile, setTheme, THEMES, updateProfile } from "../db/users.ts";
import { errorsOf, formOf } from "./forms.ts";
import {
  type AppEnv,
  badRequest,
  currentUser,
  deviceOf,
  forbidden,
  notFound,
  originOf,
  redirectTo,
} from "./http.ts";
import { safeNext } from "./next.ts";
import { addressKey, type Counted, limit, LIMITS } from "./rate_limit.ts";
import { clearSessionCookie, setSessionCookie } from "./session.ts";

const DONE: Record<string, string> = {
  profile: "Your profile is saved.",
  password:
    "Your password is changed, and your other sessions and your API tokens are ended.",
  session: "The session is ended.",
  token: "The token is revoked: programs that use it are refused from now on.",
  sent: "A new mail with a link is on its way.",
};
const Theme = z.object({ theme: z.enum(THEMES) });
const SessionId = z.object({ id: z.uuid() });

/** A user's own account: state, profile, password, sessions. Its API tokens are made in account_tokens.tsx. */
export const account = new Hono<AppEnv>();

account.get("/account", (c) => {
  const done = Object.keys(DONE).find((key) => c.req.query(key) === "1");
  return drawAccount(c, { done: done && DONE[done] });
});

account.post("/account/profile", async (c) => {
  const user = settledUser(c);
  const values = await formOf(c);
  const parsed = Profile.safeParse(values);
  if (!parsed.success) {
    return drawAccount(c, { values, errors: errorsOf(parsed.error) });
  }
  await updateProfile(user, parsed.data, originOf(c));
  return redirectTo(c, "/account?profile=1");
});

account.post("/account/password", async (c) => {
  const user = settledUser(c);
  const { current = "", password = "" } = await formOf(c);
  const problem = passwordProblem(password, [user.name, user.email]);
  if (problem) return drawAccount(c, { errors: { password: problem } });
  const address = addressKey(c, "login");
  const counted: Counted = [
    address && `${address}:${user.id}`,
    LIMITS.loginPerAddressAndAccount,
  ];
  await limit(c, counted);
  const change = { current, password };
  const token = await changePassword(user, change, deviceOf(c), originOf(c));
  if (!token) {
    return drawAccount(c, {
      errors: { current: "This is not your current password" },
    });
  }
  setSessionCookie(c, token);
  return redirectTo(c, "/account?password=1");
});

account.post(
  "/account/sessions/:id/revocation",
  zValidator("param", SessionId, unknownId),
  async (c) => {
    const user = currentUser(c);
    const { id } = c.req.valid("param");
    if (!await deleteSession(user.id, id)) notFound();
    const target = `user:${user.id}`;
    const event = { action: "revoke_session", actor: user, target };
    await audit({ ...event, ...originOf(c) });
    if (id !== c.get("session")?.id) {
      return redirectTo(c, "/account?session=1");
    }
    clearSessionCookie(c);
    return redirectTo(c, "/login");
  },
);

account.post("/account/theme", async (c) => {
  const values = await formOf(c);
  const parsed = Theme.safeParse(values);
  if (!parsed.success) badRequest(`theme: must be one of ${THEMES.join(", ")}`);
  await setTheme(currentUser(c).id, parsed.data.theme);
  return redirectTo(c, values.next ? safeNext(values.next) : "/account");
});

/** An account whose address is not confirmed shows its state and nothing else. */
function settledUser(c: Context<AppEnv>) {
  const user = currentUser(c);
  if (user.state === "unverified") {
    forbidden("Your e-mail address is not confirmed yet");
  }
  return user;
}

/** A malformed id is like one that does not exist. */
export function unknownId(result: { success: boolean }): void {
  if (!result.success) notFound();
}

/** The page of the user's account; 422 when something on it is wrong. */
export async function drawAccount(
  c: Context<AppEnv>,
  shown: Pick<AccountPageProps, "done" | "errors" | "values" | "tokenValues">,
): Promise<Response> {
  const user = currentUser(c);
  const [sessions, tokens] = await Promise.all([
    listSessions(user.id),
    listApiTokens(user.id),
  ]);
  if (shown.errors) c.status(422);
  const page = (
    <AccountPage
      user={user}
      sessions={sessions}
      tokens={tokens}
      tokenDays={{ choices: TOKEN_DAYS, proposed: DEFAULT_TOKEN_DAYS }}
      current={c.get("session")?.id ?? null}
      {...shown}
    />
  );
  return c.render(page, {
    title: shown.errors ? "Error: Your account" : "Your account",
  });
}
