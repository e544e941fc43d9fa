import type { Family, ScanOffer } from "../db/families/members.ts";
import type { RunRow } from "../db/runs/list.ts";
import type { FamilyOverview } from "../db/families/overview.ts";
import { column } from "../physics/columns.ts";
import { SCANNED, significantDigits } from "../physics/families.ts";
import { scanLines, type ScanPoint } from "../physics/scan.ts";
import type { Citation } from "./citation/citation.ts";
import { Doubts, FamilyHeader, FamilyTable } from "./family.tsx";
import { memberPoints, num } from "./family_points.ts";
import { plural } from "./format.ts";
import { CiteSection } from "./run_cite.tsx";
import { ColumnLabel } from "./run_value.tsx";
import { ScanFluxes } from "./scan_fluxes.tsx";
import { ScanPlots } from "./scan_plots.tsx";
import { publishedFor } from "./scan_published.ts";
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
}

/** A scan: growth rate and frequency against the varied parameter, one line per k_y. */
export function ScanPage(
  { id, scan, families, varied, citation }: ScanPageProps,
) {
  if (varied === null) return <NoScan {...{ id, scan, families }} />;
  const rows = scan.members.map((m) => m.row);
  const points = scan.members.flatMap((m) =>
    memberPoints(m).map((p): ScanPoint => ({ ...p, value: m.value! }))
  );
  const lines = scanLines(points);
  const isLinear = rows[0]!.kind === "linear";
  const values = new Set(points.map((p) => p.value)).size;
  return (
    <>
      <FamilyHeader
        heading={
          <>
            Scan of <ColumnLabel column={column(varied)!} />:{" "}
            {plural(rows.length, "run")} of {rows[0]!.code}
          </>
        }
        {...{
          id,
          families,
          family: scan,
          address: `/scans/${id}?varied=${varied}`,
        }}
      >
        <Offers {...{ id, varied, offers: families.scans }} />
        <p class="lede">
          {values} values of <ColumnLabel column={column(varied)!} /> from{" "}
          <Num value={scan.members[0]!.value} /> to{" "}
          <Num value={scan.members.at(-1)!.value} />, all other parameters equal
          <Followers varied={varied} rows={rows} />.
        </p>
        {isLinear && (
          <ScanWords
            lines={lines}
            varied={varied}
            row={rows[0]!}
            thresholdsHref={`/scans/${id}/thresholds.csv?varied=${varied}`}
          />
        )}
      </FamilyHeader>
      {isLinear
        ? (
          <ScanPlots
            {...{ points, lines, varied }}
            published={publishedFor(varied, rows[0]!)}
          />
        )
        : <ScanFluxes scan={scan} varied={varied} />}
      <section>
        <h2>Runs</h2>
        <FamilyTable
          label="Runs of the scan"
          rows={rows}
          keys={isLinear
            ? [
              varied,
              "ky",
              "ky_input",
              "gamma",
              "omega",
              "mode",
              "convergence",
              "folder",
              "suffix",
            ]
            : [varied, "Q_i", "Q_e", "G_e", "saturated", "folder", "suffix"]}
          current={id}
          notes={(row) => <Doubts row={row} />}
        />
      </section>
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

function Offers(
  { id, varied, offers }: { id: number; varied: string; offers: ScanOffer[] },
) {
  if (offers.length < 2) return null;
  return (
    <nav aria-label="Scans of this run">
      <ul class="chips">
        {offers.map((o) => (
          <li>
            <a
              href={`/scans/${id}?varied=${o.varied}`}
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
