import { expect } from "expect";
import { makeDemo } from "../../../db/embedded/demo/make.ts";
import type { Deck } from "../../../physics/decks/deck.ts";
import { readDeck } from "../../../physics/decks/detect.ts";
import {
  hasSharedDocuments,
  sharedDocuments,
} from "../../db/source/shared_documents.ts";
import { type DeckFile, deckFiles } from "./deck_files.ts";

/** How well an input must give the numbers that the converter made of it. */
const RELATIVE = 1e-3;
const NUMBERS =
  "q s_hat r_over_R a_over_R kappa delta zeta beta_e p_prime gamma_E rotation RLTe RLTi RLne RLni Ti_Te nu_ee nu_ii n_species Z_eff Z_imp n_imp mass_i ky ky_input nx nky nz nv nw"
    .split(" ");
const WORDS = "kind adiabatic other_species electromagnetic fields geometry"
  .split(" ");

Deno.test("readDeck gives the columns of every real run from its input file", {
  ignore: !hasSharedDocuments(),
}, async () => {
  const grid = {
    files: await sharedDocuments("real", "fs.files"),
    chunks: await sharedDocuments("real", "fs.chunks"),
  };
  const [linear, nonlinear] = [
    await sharedDocuments("real", "LinearRuns"),
    await sharedDocuments("real", "NonlinRuns"),
  ];
  const decks = [
    ...deckFiles(linear, "LinearRuns", grid),
    ...deckFiles(nonlinear, "NonlinRuns", grid),
  ];
  expect(decks.length).toBe(36);
  expect(new Set(decks.map((d) => d.row.code)).size).toBe(5);
  // The converter multiplies p' by R0/a once too often where lengths are in a: 0.36 for betaprim -0.04 and R0/a = 3.
  for (const deck of decks) {
    compare(deck, deck.row.code === "GX" ? ["p_prime"] : []);
  }
});

Deno.test("readDeck gives the columns of every demo run from its input file", () => {
  const { linear, nonlinear, files, chunks } = makeDemo();
  const decks = [
    ...deckFiles(linear, "LinearRuns", { files, chunks }),
    ...deckFiles(nonlinear, "NonlinRuns", { files, chunks }),
  ];
  expect(decks.length).toBeGreaterThan(400);
  for (const deck of decks) compare(deck, demoApart(deck));
});

/** Where the demo's documents differ from what their inputs say. */
function demoApart({ row }: DeckFile): string[] {
  // The model behind the demo leaves squareness out of B_unit.
  const squared = row.zeta !== 0 && row.zeta !== null && row.code === "CGYRO";
  // Old documents hold no shape of circular model geometry.
  const circular = row.geometry === "s-alpha";
  // Spectra of TGLF's transport model that are stored as linear runs.
  const spectrum = row.code === "TGLF" && row.kind === "linear" &&
    Number(row.n_ky) > 1;
  return [
    ...(squared ? ["beta_e", "p_prime"] : []),
    ...(circular ? ["kappa", "delta", "zeta"] : []),
    ...(spectrum ? ["kind", "ky"] : []),
  ];
}

function compare({ name, text, row }: DeckFile, except: string[]): void {
  const { kind, code, values: told } = read(text);
  const values: Deck["values"] = { ...told, kind };
  expect(code).toBe(row.code);
  for (const key of [...NUMBERS, ...WORDS].filter((k) => !except.includes(k))) {
    const [got, want] = [values[key] ?? null, row[key] ?? null];
    const close = typeof got === "number" && typeof want === "number" &&
      Math.abs(got - want) <= RELATIVE * Math.abs(want);
    if (!close) expect({ name, [key]: got }).toEqual({ name, [key]: want });
  }
}

function read(text: string): Deck {
  const reading = readDeck(text);
  if ("problem" in reading) throw new Error(reading.problem);
  return reading.deck;
}
