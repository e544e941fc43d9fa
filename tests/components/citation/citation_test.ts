import { expect } from "expect";
import { bibtexOf } from "../../../components/citation/bibtex.ts";
import {
  type Citation,
  citationOfRun,
} from "../../../components/citation/citation.ts";
import { dataciteOf } from "../../../components/citation/datacite.ts";
import { risOf } from "../../../components/citation/ris.ts";

const PLAIN: Citation = {
  key: "mgkdb-run-7",
  title: "MGKDB run 7: linear GENE run",
  creators: ["jsmith"],
  uploaded: new Date("2025-03-09T12:00:00Z"),
  updated: null,
  url: "https://mgkdb.example.org/runs/7",
  mongoIds: ["65000001ab00000000000000"],
  dois: ["10.1063/1.873896"],
  links: [],
  keywords: [],
};
const HOSTILE: Citation = {
  ...PLAIN,
  title: "a{b}c\\d 50% & $x_1^2$ #~ }\nTY  - BOOK",
  creators: ["o'neil}, title = {x"],
};

Deno.test("bibtexOf writes one entry with the fields people need", () => {
  expect(bibtexOf(PLAIN)).toBe(`@misc{mgkdb-run-7,
  author = {{jsmith}},
  title = {{MGKDB run 7: linear GENE run}},
  year = {2025},
  month = {3},
  publisher = {MGKDB},
  howpublished = {Data set, MGKDB},
  url = {https://mgkdb.example.org/runs/7},
  note = {MongoDB id 65000001ab00000000000000; related to doi:10.1063/1.873896},
}
`);
});

Deno.test("bibtexOf keeps braces balanced and TeX's characters harmless, whatever a title holds", () => {
  const entry = bibtexOf(HOSTILE);
  expect(entry).toContain(
    String
      .raw`title = {{a\textbraceleft{}b\textbraceright{}c\textbackslash{}d 50\% \& \$x\_1\textasciicircum{}2\$ \#\textasciitilde{} \textbraceright{} TY  - BOOK}}`,
  );
  let depth = 0;
  for (const c of entry.trimEnd()) {
    if (c === "{") depth++;
    if (c === "}") depth--;
    expect(depth).toBeGreaterThanOrEqual(0);
  }
  expect(depth).toBe(0);
  expect(entry.match(/^ {2}title = /gm)).toHaveLength(1);
});

Deno.test("risOf writes a tag on every line and lets no value begin another", () => {
  const lines = risOf(HOSTILE).split("\r\n");
  expect(lines.at(-1)).toBe("");
  expect(lines.at(-2)).toBe("ER  - ");
  for (const line of lines.slice(0, -1)) {
    expect(line).toMatch(/^[A-Z][A-Z0-9] {2}- /);
    expect(line).not.toContain("\n");
  }
  expect(lines.filter((l) => l.startsWith("TY"))).toEqual(["TY  - DATA"]);
  expect(risOf(PLAIN)).toContain("PY  - 2025\r\nDA  - 2025/03/09\r\n");
  expect(risOf(PLAIN)).toContain("AN  - 65000001ab00000000000000\r\n");
});

Deno.test("dataciteOf has what DataCite makes mandatory, also where nothing is stored", () => {
  const found = dataciteOf({ ...PLAIN, creators: [], uploaded: null });
  expect(found).toMatchObject({
    creators: [{ name: "(:unkn)" }],
    publicationYear: "(:unav)",
    types: { resourceTypeGeneral: "Dataset" },
    publisher: { name: "MGKDB" },
  });
  expect(dataciteOf(PLAIN)).toMatchObject({
    creators: [{ name: "jsmith" }],
    publicationYear: "2025",
    dates: [{ date: "2025-03-09", dateType: "Submitted" }],
    alternateIdentifiers: [
      { alternateIdentifier: PLAIN.url, alternateIdentifierType: "URL" },
      {
        alternateIdentifier: "65000001ab00000000000000",
        alternateIdentifierType: "MongoDB ObjectId",
      },
    ],
    relatedIdentifiers: [{
      relatedIdentifier: "10.1063/1.873896",
      relatedIdentifierType: "DOI",
    }],
  });
});

Deno.test("citationOfRun tells DOIs from links and leaves out anything else", () => {
  const row = {
    id: 7,
    kind: "linear",
    code: "GENE",
    user: null,
    folder: "scan/run7",
    suffix: "_0001",
    ky: 0.3,
    keywords: ["a", "a"],
  };
  const found = citationOfRun({
    row,
    publications: [
      "https://doi.org/10.1063/1.873896",
      "10.1063/1.873896",
      "https://example.org/paper",
      "javascript:alert(1)",
      "",
    ],
  }, "https://mgkdb.example.org");
  expect(found.dois).toEqual(["10.1063/1.873896"]);
  expect(found.links).toEqual(["https://example.org/paper"]);
  expect(found.creators).toEqual([]);
  expect(found.keywords).toEqual(["a"]);
  expect(found.title).toBe(
    "MGKDB run 7: linear GENE run, ion-scale, ky rho_ref = 0.3 (scan/run7 _0001)",
  );
});
