import { type Context, Hono } from "hono";
import { BasketFragment, BasketPage } from "../components/basket.tsx";
import {
  BASKET_SIZE,
  listBasket,
  listPicked,
  pickRuns,
  Picks,
  Removal,
  unpickRuns,
} from "../db/basket.ts";
import { column } from "../physics/columns.ts";
import {
  type AppEnv,
  badRequest,
  currentUser,
  redirectTo,
  wantsFragment,
  wordsOf,
} from "./http.ts";
import { safeNext } from "./next.ts";

const SHOWN = [
  "kind",
  "code",
  "ky",
  "gamma",
  "omega",
  "Q_i",
  "q",
  "s_hat",
  "RLTi",
  "folder",
  "bytes",
];

/** The runs that a user has picked. */
export const basket = new Hono<AppEnv>();

const FULL =
  `The basket holds at most ${BASKET_SIZE} runs. Download all of a search instead, or take some out first.`;

basket.get("/basket", (c) => page(c));

basket.post("/basket", async (c) => {
  const form = await c.req.parseBody({ all: true });
  const picks = Picks.safeParse(form);
  if (!picks.success) badRequest(wordsOf(picks.error));
  const isPicked = await pickRuns(currentUser(c).id, picks.data);
  return await answer(c, form.next, isPicked ? undefined : FULL);
});

basket.post("/basket/removal", async (c) => {
  const form = await c.req.parseBody({ all: true });
  const removal = Removal.safeParse(form);
  if (!removal.success) badRequest(wordsOf(removal.error));
  await unpickRuns(currentUser(c).id, removal.data);
  return await answer(c, form.next);
});

/** Back to the page it came from, or, for a ticked box, what changed on it. */
async function answer(
  c: Context<AppEnv>,
  next: unknown,
  problem?: string,
): Promise<Response> {
  const here = next === undefined ? "/basket" : safeNext(next);
  const isFragment = wantsFragment(c);
  if (problem) c.status(422);
  if (!isFragment) return problem ? page(c, problem) : redirectTo(c, here);
  const picked = await listPicked(currentUser(c).id);
  return await c.html(<BasketFragment {...{ picked, problem, here }} />);
}

async function page(c: Context<AppEnv>, problem?: string): Promise<Response> {
  const { id, role } = currentUser(c);
  const rows = await listBasket(id, {
    columns: SHOWN,
    wholeFolders: role === "admin",
  });
  return await c.render(
    <BasketPage
      rows={rows}
      columns={SHOWN.map((key) => column(key)!)}
      size={BASKET_SIZE}
      problem={problem}
    />,
    { title: problem ? "Error: Basket" : "Basket", wide: true },
  );
}
