import { Hono } from "hono";
import { z } from "zod";
import { LoginPage } from "../components/login.tsx";
import { audit } from "../db/audit.ts";
import { logIn } from "../db/log_ins.ts";
import { forgetTaken } from "../db/rate_limits.ts";
import { deleteSession } from "../db/sessions.ts";
import { isKnownDevice, rememberDevice } from "./device.ts";
import { formOf } from "./forms.ts";
import {
  type AppEnv,
  currentUser,
  deviceOf,
  originOf,
  redirectTo,
} from "./http.ts";
import { safeNext } from "./next.ts";
import {
  addressKey,
  type Counted,
  digest,
  limit,
  LIMITS,
} from "./rate_limit.ts";
import { clearSessionCookie, setSessionCookie } from "./session.ts";

const WRONG = "This e-mail address and password do not belong together";
const NOTICES: Record<string, string> = {
  verified:
    "Your address is confirmed. Log in to see the state of your account.",
  reset: "Your new password is set. Log in with it.",
};

const Login = z.object({
  email: z.string().trim().min(1).max(254),
  password: z.string().min(1).max(4096),
});

/** Logging in and out. */
export const login = new Hono<AppEnv>();

login.get("/login", (c) => {
  const next = safeNext(c.req.query("next"));
  if (c.get("user")) return redirectTo(c, next);
  const notice = NOTICES[c.req.query("notice") ?? ""];
  const page = <LoginPage next={next} notice={notice} />;
  return c.render(page, { title: "Log in" });
});

login.post("/login", async (c) => {
  const values = await formOf(c);
  const next = safeNext(values.next);
  const parsed = Login.safeParse(values);
  const email = parsed.data?.email ?? "";
  const counted = await loginLimits(c, email);
  if (parsed.success) await limit(c, ...counted);
  const opened = parsed.success &&
    await logIn(parsed.data, deviceOf(c), originOf(c));
  if (!opened) {
    c.status(422);
    const page = (
      <LoginPage next={next} email={values.email} errors={{ email: WRONG }} />
    );
    return c.render(page, { title: "Error: Log in" });
  }
  for (const [key] of counted.slice(1)) if (key) await forgetTaken(key);
  await endCurrentSession(c);
  setSessionCookie(c, opened.token);
  await rememberDevice(c, email);
  const approved = opened.user.state === "approved";
  return redirectTo(c, approved ? next : "/account");
});

login.post("/logout", async (c) => {
  const actor = currentUser(c);
  await endCurrentSession(c);
  const target = `user:${actor.id}`;
  await audit({ action: "log_out", actor, target, ...originOf(c) });
  clearSessionCookie(c);
  c.header("Clear-Site-Data", '"cache", "storage"');
  return redirectTo(c, "/");
});

/** What an attempt counts against; a right password gives back all but the first. */
async function loginLimits(
  c: Parameters<typeof limit>[0],
  email: string,
): Promise<Counted[]> {
  const account = digest(email);
  const byAddress = addressKey(c, "login");
  const known = await isKnownDevice(c, email);
  return [
    [byAddress, LIMITS.loginPerAddress],
    [byAddress && `${byAddress}:${account}`, LIMITS.loginPerAddressAndAccount],
    [known ? null : `login:${account}`, LIMITS.loginPerAccount],
  ];
}

/** A log-in never goes on with the session that was there before. */
async function endCurrentSession(
  c: Parameters<typeof limit>[0],
): Promise<void> {
  const user = c.get("user");
  const session = c.get("session");
  if (user && session) await deleteSession(user.id, session.id);
}
