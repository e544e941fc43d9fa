import { expect } from "expect";
import {
  hashPassword,
  isOutdated,
  passwordProblem,
  TooBusy,
  verifyPassword,
} from "../../db/passwords.ts";

const OWN = ["Ada Researcher", "ada@example.org"];

Deno.test("passwordProblem() refuses what is short, long or easy to guess", () => {
  const refused = [
    "fourteen chars",
    "x".repeat(129),
    "aaaaaaaaaaaaaaaaaaaa",
    "abababababababababab",
    "123456789012345",
    "passwordpassword1",
    "P4ssw0rdP4ssw0rd!",
    "qwertyuiop1234567890",
    "iloveyouiloveyou2024",
    "mgkdbmgkdbmgkdb",
    "Tokamak-Tokamak-1",
    "Ada Researcher 12",
    "ada@example.org1",
    "letmein letmein letmein",
  ];
  for (const password of refused) {
    expect([password, passwordProblem(password, OWN)]).not.toEqual([
      password,
      null,
    ]);
  }
});

Deno.test("passwordProblem() accepts sentences, random characters and other scripts", () => {
  const accepted = [
    "correct horse battery staple 42",
    "k7#fQ2!vB9zR4$wX",
    "8412 9043 1177 3309 5521 60",
    "плазма удержание поле",
    "my password is a whole sentence",
    "😀😁😂🤣😃😄😅😆😉😊😋😎😍😘🥰 and more letters",
    "é".repeat(7) + "wonderful things".repeat(1),
  ];
  for (const password of accepted) {
    expect([password, passwordProblem(password, OWN)]).toEqual([
      password,
      null,
    ]);
  }
});

Deno.test("hashPassword() makes argon2id PHC strings with a salt of their own", async () => {
  const [a, b] = await Promise.all([
    hashPassword("same"),
    hashPassword("same"),
  ]);
  expect(a).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(a).not.toBe(b);
  expect(await verifyPassword(a!, "same")).toBe(true);
  expect(await verifyPassword(a!, "Same")).toBe(false);
  expect(isOutdated(a!)).toBe(false);
  expect(isOutdated("$argon2id$v=19$m=4096,t=3,p=1$a$b")).toBe(true);
});

Deno.test("verifyPassword() refuses an unknown account, and takes as long", async () => {
  const stored = await hashPassword("a password");
  await verifyPassword(null, "x");
  const times = { known: [] as number[], unknown: [] as number[] };
  for (let n = 0; n < 15; n++) {
    times.known.push(await timed(() => verifyPassword(stored, "x")));
    times.unknown.push(await timed(() => verifyPassword(null, "x")));
  }
  const difference = median(times.known) - median(times.unknown);
  expect(Math.abs(difference)).toBeLessThan(10);
  expect(await verifyPassword("none", "none")).toBe(false);
});

Deno.test("hashPassword() lets 4 work and 32 wait, and sends the others away", async () => {
  const work = Array.from({ length: 50 }, () => hashPassword("x"));
  const ends = await Promise.allSettled(work);
  const refused = ends.filter((e) => e.status === "rejected");
  expect(refused.length).toBe(14);
  expect(refused[0]!.reason).toBeInstanceOf(TooBusy);
  expect(await hashPassword("x")).toContain("$argon2id$");
});

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

function median(values: number[]): number {
  return values.sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
}
