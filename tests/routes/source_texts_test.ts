import { test } from "../setup.ts";
import { expect } from "expect";
import { config } from "../../config.ts";
import { closeSource, watchCommands } from "../../db/source/client.ts";
import { nrgOf, readNrg, readOmega } from "../../routes/source_texts.ts";
import { putFile, source } from "../mongo.ts";

Object.assign(config, { MONGO_DB: source.databaseName });

/** Of one species: density t + 1, heat 2t. */
function nrgText(times: number): string {
  return Array.from(
    { length: times },
    (_, t) => `  ${t}.5\n  ${t + 1} 0 0 0 0 0 ${2 * t} 0 0 0\n`,
  ).join("");
}

const bytesOf = (text: string) => new TextEncoder().encode(text);

test("an nrg file that many ask for is read and parsed once, and kept", async () => {
  const { id } = await putFile(bytesOf(nrgText(20_000)), { filename: "nrg" });
  const sent: string[] = [];
  const stop = await watchCommands((name) => sent.push(name));
  const all = await Promise.all(Array.from({ length: 8 }, () => readNrg(id)));
  const commands = sent.length;
  expect(await readNrg(id)).toBe(all[0]);
  expect(sent.length).toBe(commands);
  expect(new Set(all).size).toBe(1);
  expect(all[0]!.time.length).toBe(20_000);
  expect(all[0]!.time.at(-1)).toBe(19_999.5);
  expect(all[0]!.species[0]!.density.at(-1)).toBe(20_000);
  expect(all[0]!.species[0]!.heat_es.at(-1)).toBe(39_998);
  stop();
  await closeSource();
});

test("an nrg file that could not be read is asked for again", async () => {
  const id = "5f".repeat(12);
  const gone = "The source does not hold this file whole";
  await expect(readNrg(id)).rejects.toThrow(gone);
  await expect(readNrg(id)).rejects.toThrow(gone);
  const { id: stored } = await putFile(bytesOf("<html>"), { filename: "nrg" });
  expect(await readNrg(stored)).toBeNull();
});

test("nrgOf() lets others have their turn while it parses, wherever the text is cut", async () => {
  const text = nrgText(100_000);
  let turns = 0;
  const others = setInterval(() => turns++, 0);
  const whole = await nrgOf(cut(text, text.length));
  clearInterval(others);
  // Some 4 MB, at least 50 ms of work in slices of 8 ms.
  expect(turns).toBeGreaterThan(2);
  expect(whole!.time.length).toBe(100_000);
  expect(await nrgOf(cut(text, 9973))).toEqual(whole);
  expect(await nrgOf(cut("1".repeat(50_000), 1000))).toBeNull();
});

test("an omega file that is larger than any is refused with the limit", async () => {
  const line = "0.1 0.2 0.3\n";
  const large = bytesOf(line.repeat(100_000));
  const { id } = await putFile(large, { filename: "omega" });
  await expect(readOmega(id)).rejects.toThrow("larger than 1 MB");
  const { id: small } = await putFile(bytesOf(line), { filename: "omega" });
  expect(await readOmega(small)).toEqual([{ ky: 0.1, gamma: 0.2, omega: 0.3 }]);
  await closeSource();
});

async function* cut(text: string, length: number): AsyncGenerator<string> {
  for (let at = 0; at < text.length; at += length) {
    yield await Promise.resolve(text.slice(at, at + length));
  }
}
