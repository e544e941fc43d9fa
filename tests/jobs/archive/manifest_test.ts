import { expect } from "expect";
import {
  MANIFEST_HEADER,
  manifestText,
  NOT_STORED,
  STORED,
} from "../../../jobs/archive/manifest.ts";

const source_id = "69bd36fc6d676b64620003e9";

Deno.test("manifestText() has the fields of the header, tabs between them", () => {
  const line = {
    path: "a/nrg",
    bytes: 3,
    sha256: "ab",
    source_id,
    status: STORED,
  };
  expect(MANIFEST_HEADER).toBe("path\tbytes\tsha256\tsource_id\tstatus\n");
  expect(manifestText(line)).toBe(`a/nrg\t3\tab\t${source_id}\tok\n`);
});

Deno.test("manifestText() leaves the size and sum of an absent file empty, and writes the size of an empty one", () => {
  const absent = {
    path: "",
    bytes: null,
    sha256: null,
    source_id,
    status: NOT_STORED,
  };
  expect(manifestText(absent)).toBe(`\t\t\t${source_id}\tnot stored\n`);
  expect(manifestText({ ...absent, bytes: 0 })).toBe(
    `\t0\t\t${source_id}\tnot stored\n`,
  );
});

Deno.test("manifestText() keeps a reason that quotes the database in one field", () => {
  const status = "bad\tname\r\n\u2028\0of \ud800";
  const line = { path: "a", bytes: null, sha256: null, source_id, status };
  expect(manifestText(line)).toBe(`a\t\t\t${source_id}\tbad name of \ufffd\n`);
});
