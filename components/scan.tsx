import type { Family, ScanOffer } from "../db/families/members.ts";
import type { RunRow } from "../db/runs/list.ts";
import type { FamilyOverview } from "../db/families/overview.ts";
import { column } from "../physics/columns.ts";
import { SCANNED, significantDigits } from "../physics/families.ts";
import type { UnitSystem } from "../physics/units.ts";
import type { Citation } from "./citation/citation.ts";
import {
  Doubts,
  FamilyHeader,
  FamilyTable,
  FLUX_COLUMNS,
  LINEAR_COLUMNS,
} from "./family.tsx";
import { num } from "./family_points.ts";
import { plural } from "./format.ts";
import { CiteSection } from "./run_cite.tsx";
import { ColumnLabel } from "./run_value.tsx";
import type { OtherScan } from "../db/families/other_scans.ts";
import { PlotFigure } from "./plots/figure.tsx";
import type { Plot } from "./plots/plot.ts";
import type { DrawnScan } from "./plots/scan.ts";
import type { ShownScans } from "./plots/scan_units.ts";
import { inUnits } from "./shown_units.ts";
import { UnitSwitch } from "./unit_switch.tsx";
import { OtherScans, ThresholdTable } from "./scan_others.tsx";
import { ScanWords } from "./scan_words.tsx";
import { Num } from "./values.tsx";

export interface ScanPageProps {
  /** The run that was asked for. */
  id: number;
  scan: Family;
  families: FamilyOverview;
  /** Column that is varied; null when the run belongs to no scan. */
  varied: string | null;
  /** Null when the run belongs to no scan. */
  citation: Citation | null;
  /** Scans that may be laid over this one, and those that are. */
  offers: OtherScan[];
  others: DrawnScan[];
  /** This scan and those over it in the units that are shown; null when the run belongs to none. */
  shown: ShownScans | null;
  asked: UnitSystem;
  /** How many others fit. */
  most: number;
  /** Null where there is nothing to draw. */
  plot: Plot | null;
}

/** A scan: growth rate and frequency against the varied parameter, one line per k_y. */
export function ScanPage(props: ScanPageProps) {
  const { id, scan, families, varied, others, plot, citation, shown, asked } =
    props;
  if (varied === null || shown === null) {
    return <NoScan {...{ id, scan, families }} />;
  }
  const rows = scan.members.map((m) => m.row);
  const isLinear = rows[0]!.kind === "linear";
  const search = searchOf(varied, others);
  const { units } = shown;
  const drawn = shown.scans[0]!;
  return (
    <>
      <FamilyHeader
        heading={
          <>
            Scan of{" "}
            <ColumnLabel column={column(varied)!} csA={units === "cs_a"} />:
            {" "}
            {plural(rows.length, "run")} of {rows[0]!.code}
          </>
        }
        {...{
          id,
          families,
          asked,
          family: scan,
          address: `/scans/${id}?${search}`,
        }}
      >
        <Offers {...{ id, varied, asked, offers: families.scans }} />
        <Lede {...{ scan, drawn, varied, units }} />
        <UnitSwitch
          asked={asked}
          href={(other) => inUnits(other, `/scans/${id}?${search}`)}
          words={shown.words}
        />
        {isLinear && (
          <ScanWords
            scan={drawn}
            {...{ varied, units }}
            thresholdsHref={`/scans/${id}/thresholds.csv?${search}`}
          />
        )}
      </FamilyHeader>
      {plot && (
        <section>
          <h2>{plot.title}</h2>
          <PlotFigure
            plot={plot}
            file={(format) =>
              inUnits(asked, `/scans/${id}/plots/scan.${format}?${search}`)}
            alone
          />
        </section>
      )}
      {isLinear && others.length > 0 && (
        <ThresholdTable {...{ shown, varied, asked }} />
      )}
      <OtherScans {...props} varied={varied} />
      <ScanRuns {...{ id, drawn, varied, units }} />
      {citation && (
        <CiteSection
          citation={citation}
          address={`/scans/${id}`}
          search={`?varied=${varied}`}
        />
      )}
    </>
  );
}

/** The query of the page and its files, with all scans that are drawn. */
function searchOf(varied: string, others: DrawnScan[]): string {
  return others.length === 0
    ? `varied=${varied}`
    : `varied=${varied}&with=${others.map((o) => o.id).join(",")}`;
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

function ScanRuns(
  { id, drawn, varied, units }: {
    id: number;
    drawn: DrawnScan;
    varied: string;
    units: UnitSystem;
  },
) {
  const rows = drawn.family.members.map((m) => m.row);
  const isLinear = rows[0]!.kind === "linear";
  return (
    <section>
      <h2>Runs</h2>
      <FamilyTable
        label="Runs of the scan"
        {...{ rows, units }}
        keys={[varied, ...(isLinear ? LINEAR_COLUMNS : FLUX_COLUMNS)]}
        current={id}
        notes={(row) => <Doubts row={row} />}
      />
    </section>
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

function NoScan(
  { id, scan, families }: Pick<ScanPageProps, "id" | "scan" | "families">,
) {
  const { row } = scan.members[0]!;
  return (
    <FamilyHeader
      heading={`Run ${id} belongs to no scan`}
      {...{ id, families, family: scan, address: `/scans/${id}` }}
    >
      <p class="lede">
        No other run of {row.code ?? "this code"}{" "}
        differs from it in one parameter only{num(row, "ky") === null
          ? ""
          : ", whatever its wavenumber"}. Its{" "}
        <a href={`/spectra/${id}`}>spectrum</a> may hold more.
      </p>
    </FamilyHeader>
  );
}

function isSame(a: RunRow, b: RunRow, key: string): boolean {
  return significantDigits(num(a, key)) === significantDigits(num(b, key));
}
