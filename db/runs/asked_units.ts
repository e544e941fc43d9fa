import { z } from "zod";
import { DEFAULT_UNITS } from "./query.ts";
import { Units } from "./query_fields.ts";

/** `units=` of a page, as the search has it; absent or empty: as stored. */
export const AskedUnits = z.union([
  z.literal("").transform(() => DEFAULT_UNITS),
  Units,
], "must be one of stored, cs_a").default(DEFAULT_UNITS);

/** The query of a page that knows no other parameter; others pass. */
export const UnitsQuery = z.object({ units: AskedUnits });
