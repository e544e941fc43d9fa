import { type Context, Hono } from "hono";
import { HTTPException } from "hono/http-exception";
import { LIKE_COLUMNS, LikePage } from "../components/like.tsx";
import { listNearest, nearestRuns } from "../db/nearest.ts";
import type { Compared } from "../physics/distance.ts";
import type { Deck } from "../physics/decks/deck.ts";
import { MAX_DECK_BYTES, readDeck } from "../physics/decks/detect.ts";
import { type AppEnv, currentUser } from "./http.ts";

/** Runs that the page lists, and that the JSON names. */
const LISTED = 25;
const NAMED = 100;
const TITLE = "Has anyone run this?";
const TOO_LARGE = `The input must have at most ${
  MAX_DECK_BYTES / 1024
} KiB; real ones have 1 to 4.`;

/** The runs nearest to an input file in physics. The input is read and forgotten. */
export const like = new Hono<AppEnv>();

like.get("/runs/like", (c) => c.render(<LikePage />, { title: TITLE }));

like.post("/runs/like", async (c) => {
  const text = await inputOf(c);
  if (text === null) {
    c.status(413);
    return c.render(<LikePage problem={TOO_LARGE} />, { title: TITLE });
  }
  const reading = readDeck(text);
  if ("problem" in reading) {
    c.status(422);
    return c.render(<LikePage text={text} problem={reading.problem} />, {
      title: TITLE,
    });
  }
  const rows = await listNearest(physicsOf(reading.deck), {
    limit: LISTED,
    columns: LIKE_COLUMNS,
    wholeFolders: currentUser(c).role === "admin",
  });
  return c.render(
    <LikePage text={text} found={{ deck: reading.deck, rows }} />,
    {
      title: `Runs like this ${reading.deck.code} input`,
      wide: true,
    },
  );
});

like.post("/runs/like.json", async (c) => {
  const text = await inputOf(c);
  if (text === null) throw new HTTPException(413, { message: TOO_LARGE });
  const reading = readDeck(text);
  if ("problem" in reading) {
    throw new HTTPException(422, { message: `input: ${reading.problem}` });
  }
  const { code, notes } = reading.deck;
  const runs = await nearestRuns(physicsOf(reading.deck), { limit: NAMED });
  return c.json({ code, notes, runs });
});

/** The file if one was sent, else the pasted text; null when it is too large. */
async function inputOf(c: Context<AppEnv>): Promise<string | null> {
  const { input } = await c.req.parseBody({ all: true });
  const parts = [input ?? ""].flat();
  const file = parts.find((p): p is File => p instanceof File && p.size > 0);
  const pasted = parts.find((p): p is string =>
    typeof p === "string" && p.trim() !== ""
  );
  if ((file?.size ?? pasted?.length ?? 0) > MAX_DECK_BYTES) return null;
  return file ? await file.text() : pasted ?? "";
}

function physicsOf({ code, values }: Deck): Compared {
  const told = Object.entries(values).filter((entry): entry is [
    string,
    string | number | null,
  ] => typeof entry[1] !== "boolean");
  return { ...Object.fromEntries(told), code };
}
