import { test } from "../setup.ts";
import { expect } from "expect";
import { closePng, PNG, pngOf } from "../../routes/plot_png.ts";
import { Browser, makeUser } from "../make.ts";
import { makeRun } from "../make_run.ts";

const stays = new AbortController().signal;
let serial = 0;

/** A picture that nobody has asked for before. */
function picture(): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><title>${++serial}</title></svg>`;
}

/** How a request of a user of its own ends: "drawn", or the status and words of the refusal. */
async function outcome(
  svg: string,
  { user = `user ${++serial}`, signal = stays } = {},
): Promise<string> {
  try {
    const [, ...letters] = (await pngOf(svg, { user, signal })).slice(0, 4);
    return String.fromCharCode(...letters) === "PNG" ? "drawn" : "no PNG";
  } catch (error) {
    const { status, message } = error as { status?: number; message: string };
    return `${status}: ${message}`;
  }
}

test("of many pictures at once twenty wait and the others are refused with 503, of one user five", async () => {
  const all = await Promise.all(
    Array.from({ length: 25 }, () => outcome(picture())),
  );
  expect(all.filter((o) => o === "drawn").length).toBe(20);
  expect(all.at(-1)).toMatch(/^503: Too many pictures wait to be drawn/);
  const own = await Promise.all(
    Array.from({ length: 8 }, () => outcome(picture(), { user: "one" })),
  );
  expect(own.filter((o) => o === "drawn").length).toBe(5);
  expect(own.at(-1)).toMatch(/^503: Too many pictures/);
});

test("GET of a PNG answers 503 with Retry-After while too many wait, and is drawn afterwards", async () => {
  await makeRun({ RLTi: 3, gamma: 0.1 });
  await makeRun({ RLTi: 4, gamma: 0.2 });
  const browser = await Browser.of(await makeUser());
  const path = "/explore/scatter.png?x=RLTi&y=gamma";
  const { waiting } = PNG;
  PNG.waiting = 0;
  const refused = await browser.get(path);
  expect(refused.status).toBe(503);
  expect(Number(refused.headers.get("Retry-After"))).toBeGreaterThan(0);
  expect(await refused.text()).toContain("Too many pictures");
  PNG.waiting = waiting;
  expect((await browser.get(path)).status).toBe(200);
});

test("a picture whose client has gone is not drawn, one that another waits for is", async () => {
  const [first, alone, shared] = [picture(), picture(), picture()];
  const leaves = new AbortController();
  const { signal } = leaves;
  const drawn: string[] = [];
  const noted = async (name: string, ended: Promise<string>) =>
    void drawn.push(`${name} ${await ended}`);
  const all = [
    noted("first", outcome(first)),
    noted("alone", outcome(alone, { signal })),
    noted("shared", outcome(shared, { signal })),
    noted("stays", outcome(shared)),
  ];
  leaves.abort();
  await Promise.all(all);
  expect(drawn).toEqual([
    "alone 503: The client has left",
    "first drawn",
    "shared drawn",
    "stays drawn",
  ]);
  // Forgotten, not kept as refused.
  expect(await outcome(alone)).toBe("drawn");
});

test("a picture that takes too long is given up, and the next is drawn by another thread", async () => {
  closePng();
  const { draw_ms } = PNG;
  PNG.draw_ms = 0;
  try {
    expect(await outcome(picture())).toBe(
      "503: The picture takes too long to draw",
    );
  } finally {
    PNG.draw_ms = draw_ms;
  }
  expect(await outcome(picture())).toBe("drawn");
  closePng();
});
