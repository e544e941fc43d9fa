import { expect } from "expect";
import { decodingOf } from "../../../db/source/pickle/decode.ts";
import { inSlices } from "../../../db/source/slices.ts";
import { pickled } from "../../pickles.ts";

Deno.test("inSlices() lets others have their turn while a long pickle is decoded", async () => {
  const numbers = Array.from({ length: 300_000 }, (_, k) => k + 0.5);
  const bytes = pickled(numbers);
  let turns = 0;
  const others = setInterval(() => turns++, 0);
  const value = await inSlices(decodingOf(bytes));
  clearInterval(others);
  expect(value).toEqual(numbers);
  // 2.7 MB, some 100 ms of work in slices of 8 ms.
  expect(turns).toBeGreaterThan(2);
});

Deno.test("inSlices() throws what a step throws", async () => {
  await expect(inSlices(decodingOf(new Uint8Array([0x80, 1, 0x2e]))))
    .rejects.toThrow("protocol 2 to 5");
});
