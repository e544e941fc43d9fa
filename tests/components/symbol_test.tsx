import { expect } from "expect";
import { Sym } from "../../components/symbol.tsx";
import { symbol } from "../../physics/symbol.ts";

Deno.test("Sym draws variables in italics and real sub- and superscripts", () => {
  expect(String(<Sym parts={symbol("R/L_{Te}")} />)).toBe(
    '<span class="sym"><i>R</i>/<i>L</i><sub>Te</sub></span>',
  );
  expect(String(<Sym parts={symbol("q^2")} />)).toBe(
    '<span class="sym"><i>q</i><sup>2</sup></span>',
  );
});

Deno.test("Sym keeps words upright and escapes them", () => {
  expect(String(<Sym parts={symbol('"<bytes>"')} />)).toBe(
    '<span class="sym">&lt;bytes&gt;</span>',
  );
});
