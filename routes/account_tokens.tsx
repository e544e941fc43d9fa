import { zValidator } from "@hono/zod-validator";
import { Hono } from "hono";
import { z } from "zod";
import { NewTokenPage } from "../components/api_tokens.tsx";
import { config } from "../config.ts";
import {
  createApiToken,
  MAX_API_TOKENS,
  NewApiToken,
  revokeApiToken,
} from "../db/api_tokens.ts";
import { drawAccount, unknownId } from "./account.tsx";
import { errorsOf, formOf } from "./forms.ts";
import {
  type AppEnv,
  currentUser,
  notFound,
  originOf,
  redirectTo,
} from "./http.ts";

const TokenId = z.object({ id: z.uuid() });

/** The tokens that a user gives to programs. */
export const accountTokens = new Hono<AppEnv>();

// Where a browser is that shows a new token: to load it again, or to choose a theme there, must not end in nothing.
accountTokens.get("/account/tokens", (c) => c.redirect("/account#tokens", 303));

/** The token is in the answer itself, since no address may hold it; nothing keeps that answer. */
accountTokens.post("/account/tokens", async (c) => {
  const tokenValues = await formOf(c);
  const parsed = NewApiToken.safeParse(tokenValues);
  if (!parsed.success) {
    const { name, days } = errorsOf(parsed.error);
    const errors = { "token-name": name, "token-days": days };
    return drawAccount(c, { tokenValues, errors });
  }
  const made = await createApiToken(currentUser(c), parsed.data, {
    ...originOf(c),
    session: c.get("session")!.id,
  });
  if ("refused" in made) {
    if (made.refused === "logged out") return redirectTo(c, "/login");
    return drawAccount(c, { tokenValues, errors: { "token-name": TOO_MANY } });
  }
  c.header("Cache-Control", "no-store");
  const page = (
    <NewTokenPage
      {...parsed.data}
      token={made.token}
      origin={config.BASE_URL}
    />
  );
  return c.render(page, { title: "Your new token" });
});

accountTokens.post(
  "/account/tokens/:id/revocation",
  zValidator("param", TokenId, unknownId),
  async (c) => {
    const { id } = c.req.valid("param");
    if (!await revokeApiToken(currentUser(c), id, originOf(c))) notFound();
    return redirectTo(c, "/account?token=1#tokens");
  },
);

const TOO_MANY =
  `You have ${MAX_API_TOKENS} tokens, the most that one account may have. Revoke one that you no longer need`;
