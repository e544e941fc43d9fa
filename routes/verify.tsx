import { Hono } from "hono";
import { getCookie } from "hono/cookie";
import { CheckMailPage, VerifyPage } from "../components/verify.tsx";
import { Email, resendVerification, verifyUser } from "../db/registrations.ts";
import { getToken } from "../db/tokens.ts";
import { errorsOf, formOf } from "./forms.ts";
import { type AppEnv, originOf, redirectTo } from "./http.ts";
import { addressKey, digest, limit, LIMITS } from "./rate_limit.ts";
import { APPLICANT_COOKIE } from "./register.tsx";

/** Confirming an e-mail address. Only the button of the page counts: programs that check mails open every link. */
export const verification = new Hono<AppEnv>();

verification.get("/verify", (c) => {
  const email = Email.safeParse(getCookie(c, APPLICANT_COOKIE)).data ?? "";
  c.header("Cache-Control", "no-store");
  const page = (
    <CheckMailPage
      email={email}
      sent={c.req.query("sent") === "1"}
      errors={{}}
    />
  );
  return c.render(page, { title: "Confirm your address" });
});

verification.post("/verify/resend", async (c) => {
  const values = await formOf(c);
  const email = Email.safeParse(values.email);
  if (!email.success) {
    c.status(422);
    const errors = { email: errorsOf(email.error)[""] };
    const page = (
      <CheckMailPage email={values.email ?? ""} sent={false} errors={errors} />
    );
    return c.render(page, { title: "Error: Confirm your address" });
  }
  await limit(
    c,
    [addressKey(c, "mail"), LIMITS.mailPerAddress],
    [`mail:${digest(email.data)}`, LIMITS.mailPerRecipient],
  );
  await resendVerification(email.data);
  return redirectTo(c, c.get("user") ? "/account?sent=1" : "/verify?sent=1");
});

verification.get("/verify/:token", async (c) => {
  const { state } = await getToken("verify", c.req.param("token"));
  c.header("Cache-Control", "no-store");
  const page = <VerifyPage state={state} action={c.req.path} />;
  return c.render(page, { title: "Confirm your address" });
});

verification.post("/verify/:token", async (c) => {
  await limit(c, [addressKey(c, "token"), LIMITS.tokenPerAddress]);
  const token = c.req.param("token");
  const user = await verifyUser(token, originOf(c));
  if (user) {
    const signedIn = c.get("user")?.id === user.id;
    return redirectTo(c, signedIn ? "/account" : "/login?notice=verified");
  }
  const { state } = await getToken("verify", token);
  c.status(422);
  c.header("Cache-Control", "no-store");
  const page = (
    <VerifyPage
      state={state === "valid" ? "used" : state}
      action={c.req.path}
    />
  );
  return c.render(page, { title: "Confirm your address" });
});
