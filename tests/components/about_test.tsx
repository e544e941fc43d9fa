import { expect } from "expect";
import { AboutPage } from "../../components/about.tsx";

const PROPS = {
  counts: {
    total: 3,
    codes: ["GENE", "CGYRO", null].map((code) => ({
      code,
      linear: 1,
      nonlinear: 0,
      quasilinear: 0,
      total: 1,
    })),
    devices: 1,
    as_of: null,
  },
  archiveHours: 72,
  syncMinutes: 5,
  termsVersion: "2026-11",
};

Deno.test("AboutPage says what demo data are exactly while they are shown", () => {
  expect(String(<AboutPage {...PROPS} demo />)).toContain('id="demo"');
  expect(String(<AboutPage {...PROPS} demo={false} />)).not.toContain("demo");
});

Deno.test("AboutPage names codes, the terms' version and how long things are kept", () => {
  const html = String(<AboutPage {...PROPS} demo={false} />);
  expect(html).toContain("3 runs of GENE and CGYRO");
  expect(html).toContain("2026-11");
  expect(html).toContain("72 hours");
  for (const id of ["policy", "terms", "privacy", "cite"]) {
    expect(html).toContain(`id="${id}"`);
  }
});

Deno.test("AboutPage names all three cookies, and how long addresses are kept by limits and by the audit log", () => {
  const html = String(<AboutPage {...PROPS} demo={false} />)
    .replaceAll(/\s+/g, " ");
  expect(html).toContain("holds your log-in");
  expect(html).toContain("for 180 days");
  expect(html).toContain("holds your e-mail address for one hour");
  expect(html).toContain("1 hour and 10 minutes after the last request");
  expect(html).toContain("1 year");
});
