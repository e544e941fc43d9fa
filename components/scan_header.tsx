import type { Family, ScanOffer } from "../db/families/members.ts";
import type { FamilyOverview } from "../db/families/overview.ts";
import type { RunRow } from "../db/runs/list.ts";
import { column } from "../physics/columns.ts";
import { SCANNED, significantDigits } from "../physics/families.ts";
import type { UnitSystem } from "../physics/units.ts";
import { FamilyHeader } from "./family.tsx";
import { num } from "./family_points.ts";
import { plural } from "./format.ts";
import type { DrawnScan } from "./plots/scan.ts";
import type { ShownScans } from "./plots/scan_units.ts";
import { ColumnLabel } from "./run_value.tsx";
import { ScanWords } from "./scan_words.tsx";
import { inUnits } from "./shown_units.ts";
import { UnitSwitch } from "./unit_switch.tsx";
import { Num } from "./values.tsx";

/** Where the page of a scan is: its run, its query but for the units, and those. */
export interface ScanAddress {
  id: number;
  search: string;
  asked: UnitSystem;
}

/** What a scan is and says, above its plots. */
export function ScanHeader(
  { scan, families, varied, shown, at }: {
    scan: Family;
    families: FamilyOverview;
    varied: string;
    shown: ShownScans;
    at: ScanAddress;
  },
) {
  const { id, search, asked } = at;
  const address = `/scans/${id}?${search}`;
  const { units } = shown;
  const drawn = shown.scans[0]!;
  return (
    <FamilyHeader
      heading={<Heading {...{ scan, varied, units }} />}
      {...{ id, families, asked, address }}
      family={scan}
    >
      <Offers {...{ id, varied, asked, offers: families.scans }} />
      <Lede {...{ scan, drawn, varied, units }} />
      <UnitSwitch
        asked={asked}
        href={(other) => inUnits(other, address)}
        words={shown.words}
      />
      {isLinearScan(scan) && (
        <ScanWords
          scan={drawn}
          {...{ varied, units }}
          thresholdsHref={`/scans/${id}/thresholds.csv?${search}`}
        />
      )}
    </FamilyHeader>
  );
}

/** True for a scan of growth rates, false for one of fluxes. */
export function isLinearScan({ members }: Family): boolean {
  return members[0]!.row.kind === "linear";
}

function Heading(
  { scan: { members }, varied, units }: {
    scan: Family;
    varied: string;
    units: UnitSystem;
  },
) {
  return (
    <>
      Scan of <ColumnLabel column={column(varied)!} csA={units === "cs_a"} />:
      {" "}
      {plural(members.length, "run")} of {members[0]!.row.code}
    </>
  );
}

function Offers(
  { id, varied, asked, offers }: {
    id: number;
    varied: string;
    asked: UnitSystem;
    offers: ScanOffer[];
  },
) {
  if (offers.length < 2) return null;
  return (
    <nav aria-label="Scans of this run">
      <ul class="chips">
        {offers.map((o) => (
          <li>
            <a
              href={inUnits(asked, `/scans/${id}?varied=${o.varied}`)}
              aria-current={o.varied === varied ? "page" : undefined}
            >
              <ColumnLabel column={column(o.varied)!} />: {o.n_values} values
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function Lede(
  { scan, drawn, varied, units }: {
    scan: Family;
    drawn: DrawnScan;
    varied: string;
    units: UnitSystem;
  },
) {
  const { members } = drawn.family;
  const rows = scan.members.map((m) => m.row);
  const values =
    new Set(scan.members.map((m) => significantDigits(m.value))).size;
  return (
    <p class="lede">
      {values} values of{" "}
      <ColumnLabel column={column(varied)!} csA={units === "cs_a"} /> from{" "}
      <Num value={members[0]!.value} /> to{" "}
      <Num value={members.at(-1)!.value} />, all other parameters equal
      <Followers varied={varied} rows={rows} />.
    </p>
  );
}

/** Columns that changed along with the varied one. */
function Followers({ varied, rows }: { varied: string; rows: RunRow[] }) {
  const { followers } = SCANNED.find((s) => s.key === varied)!;
  const shown = followers.map((key) => column(key)!).filter((c) =>
    c.public && rows.some((row) => !isSame(row, rows[0]!, c.key))
  );
  if (shown.length === 0) return null;
  return (
    <>
      {" "}but for what follows from it ({shown.map((c, k) => (
        <>
          {k > 0 && ", "}
          <ColumnLabel column={c} />
        </>
      ))})
    </>
  );
}

function isSame(a: RunRow, b: RunRow, key: string): boolean {
  return significantDigits(num(a, key)) === significantDigits(num(b, key));
}
