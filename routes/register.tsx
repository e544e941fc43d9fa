import { Hono } from "hono";
import { setCookie } from "hono/cookie";
import { RegisterPage } from "../components/register.tsx";
import { config } from "../config.ts";
import { NewUser, register } from "../db/registrations.ts";
import { errorsOf, formOf } from "./forms.ts";
import { type AppEnv, originOf, redirectTo } from "./http.ts";
import { addressKey, digest, limit, LIMITS } from "./rate_limit.ts";

const HOUR_S = 3600;

/** Cookie that lets the next page say to which address the mail went; an address in a URL would end in logs. */
export const APPLICANT_COOKIE = "applicant";

/** The form of a new account. */
export const registration = new Hono<AppEnv>();

registration.get(
  "/register",
  (c) =>
    c.get("user")
      ? redirectTo(c, "/account")
      : c.render(<RegisterPage values={{}} errors={{}} />, {
        title: "Register",
      }),
);

registration.post("/register", async (c) => {
  const values = await formOf(c);
  const parsed = NewUser.safeParse(values);
  if (!parsed.success) {
    c.status(422);
    const page = (
      <RegisterPage values={values} errors={errorsOf(parsed.error)} />
    );
    return c.render(page, { title: "Error: Register" });
  }
  const { email } = parsed.data;
  await limit(
    c,
    [addressKey(c, "register"), LIMITS.registerPerAddress],
    [`mail:${digest(email)}`, LIMITS.mailPerRecipient],
  );
  await register(parsed.data, originOf(c));
  setCookie(c, APPLICANT_COOKIE, email, {
    path: "/verify",
    httpOnly: true,
    secure: config.HTTPS,
    sameSite: "Lax",
    maxAge: HOUR_S,
  });
  return redirectTo(c, "/verify");
});
