import { type Context, Hono } from "hono";
import { getCookie } from "hono/cookie";
import {
  CheckMailPage,
  ConfirmPage,
  UselessLinkPage,
} from "../components/verify.tsx";
import {
  Email,
  getRegistration,
  resendVerification,
  verifyUser,
} from "../db/registrations.ts";
import { getToken } from "../db/tokens.ts";
import { errorsOf, formOf } from "./forms.ts";
import { type AppEnv, originOf, redirectTo } from "./http.ts";
import { addressKey, digest, limit, LIMITS } from "./rate_limit.ts";
import { APPLICANT_COOKIE } from "./register.tsx";

const NOT_MINE =
  "If you did not choose it, somebody else has registered your address: register again, and confirm with the mail that you get then";

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

verification.get("/verify/:token", (c) => confirmPage(c, c.req.param("token")));

verification.post("/verify/:token", async (c) => {
  await limit(c, [addressKey(c, "token"), LIMITS.tokenPerAddress]);
  const token = c.req.param("token");
  const { password = "" } = await formOf(c);
  const answer = await verifyUser(token, password, originOf(c));
  if ("refused" in answer) {
    c.status(422);
    const wrong = answer.refused === "password";
    return confirmPage(c, token, wrong ? wordsFor(password) : undefined);
  }
  // Another role has ended the sessions.
  const before = c.get("user");
  const goesOn = before?.id === answer.user.id &&
    before.role === answer.user.role;
  return redirectTo(c, goesOn ? "/account" : "/login?notice=verified");
});

/** The page of a link as it is now; `error` is what was wrong with the password. */
async function confirmPage(
  c: Context<AppEnv>,
  token: string,
  error?: string,
): Promise<Response> {
  const found = await getRegistration(token);
  const { state } = await getToken("verify", token);
  c.header("Cache-Control", "no-store");
  const page = found
    ? (
      <ConfirmPage
        name={found.name}
        sent_at={found.created_at}
        replaced_another={found.replaced_another}
        action={c.req.path}
        error={error}
      />
    )
    : <UselessLinkPage state={state === "valid" ? "used" : state} />;
  const title = "Confirm your address";
  return c.render(page, { title: error ? `Error: ${title}` : title });
}

function wordsFor(password: string): string {
  const wrong = password
    ? "This is not the password of this registration"
    : "Give the password of this registration";
  return `${wrong}. ${NOT_MINE}`;
}
