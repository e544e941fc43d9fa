import type { Family } from "../db/families/members.ts";
import type { FamilyOverview } from "../db/families/overview.ts";
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
import { CiteSection } from "./run_cite.tsx";
import type { OtherScan } from "../db/families/other_scans.ts";
import { PlotFigure } from "./plots/figure.tsx";
import type { Plot } from "./plots/plot.ts";
import type { DrawnScan } from "./plots/scan.ts";
import type { ShownScans } from "./plots/scan_units.ts";
import { inUnits } from "./shown_units.ts";
import { OtherScans, ThresholdTable } from "./scan_others.tsx";
import { isLinearScan, type ScanAddress, ScanHeader } from "./scan_header.tsx";

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
  const { id, scan, families, varied, others, citation, shown, asked } = props;
  if (varied === null || shown === null) {
    return <NoScan {...{ id, scan, families }} />;
  }
  const isLinear = isLinearScan(scan);
  const at = { id, search: searchOf(varied, others), asked };
  const { units } = shown;
  return (
    <>
      <ScanHeader {...{ scan, families, varied, shown, at }} />
      <ScanFigure plot={props.plot} {...at} />
      {isLinear && others.length > 0 && (
        <ThresholdTable {...{ shown, varied, asked }} />
      )}
      <OtherScans {...props} varied={varied} />
      <ScanRuns drawn={shown.scans[0]!} {...{ id, varied, units }} />
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

function ScanFigure(
  { plot, id, search, asked }: ScanAddress & { plot: Plot | null },
) {
  if (plot === null) return null;
  return (
    <section>
      <h2>{plot.title}</h2>
      <PlotFigure
        plot={plot}
        file={(format) =>
          inUnits(asked, `/scans/${id}/plots/scan.${format}?${search}`)}
        alone
      />
    </section>
  );
}

/** The query of the page and its files, with all scans that are drawn. */
function searchOf(varied: string, others: DrawnScan[]): string {
  return others.length === 0
    ? `varied=${varied}`
    : `varied=${varied}&with=${others.map((o) => o.id).join(",")}`;
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
  return (
    <section>
      <h2>Runs</h2>
      <FamilyTable
        label="Runs of the scan"
        {...{ rows, units }}
        keys={[
          varied,
          ...(isLinearScan(drawn.family) ? LINEAR_COLUMNS : FLUX_COLUMNS),
        ]}
        current={id}
        notes={(row) => <Doubts row={row} />}
      />
    </section>
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
