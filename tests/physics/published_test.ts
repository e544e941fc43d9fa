import { expect } from "expect";
import { publishedLines } from "../../physics/published.ts";

Deno.test("publishedLines() gives the TEM line with nu_ee, and says so", () => {
  const [tem] = publishedLines("RLTe", {
    q: 1.4,
    s_hat: 0.8,
    r_over_R: 0.18,
    Ti_Te: 1,
    RLne: 2.2,
    RLni: 2.2,
    nu_ee: 0.2,
    Z_eff: 1,
  });
  // 0.357 + 0.271/sqrt(0.18) = 0.995753; 4.9 - 1.31 x 2.2 + 2.68 x 0.8 + ln 5 = 5.771438.
  expect(tem!.value).toBeCloseTo(0.995753 * 5.771438, 4);
  expect(tem!.source).toBe("Peeters 2005, ν taken as ν_ee");
});
