import type { OtherScan } from "../db/families/other_scans.ts";
import { column } from "../physics/columns.ts";
import { roundDistance } from "../physics/distance.ts";
import { threshold } from "../physics/scan.ts";
import { DataTable } from "./data_table.tsx";
import { plural } from "./format.ts";
import { LookSample } from "./plots/series.tsx";
import { type DrawnScan, scanName } from "./plots/scan.ts";
import { ColumnLabel } from "./run_value.tsx";
import { Sym } from "./symbol.tsx";
import { symbol } from "../physics/symbol.ts";
import type { UnitSystem } from "../physics/units.ts";
import { GYRORADII } from "./plots/plot.ts";
import type { ShownScans } from "./plots/scan_units.ts";
import { inUnits } from "./shown_units.ts";
import { Num } from "./values.tsx";

/** Differences that are named; the others only counted. */
const MAX_NAMED = 4;

interface OtherScansProps {
  id: number;
  /** The units that links keep. */
  asked: UnitSystem;
  varied: string;
  offers: OtherScan[];
  others: DrawnScan[];
  most: number;
}

/** Scans over the same parameter, to be ticked and laid over this one. */
export function OtherScans(props: OtherScansProps) {
  const { varied, offers, others, most } = props;
  if (offers.length + others.length === 0) return null;
  return (
    <section id="others">
      <h2>Lay other scans over it</h2>
      <p class="muted">
        Scans of <ColumnLabel column={column(varied)!} />{" "}
        by runs of the same kind, in any code, whose{" "}
        <a href="/glossary#distance">distance</a>{" "}
        in physics is at most 4, the scanned parameter and the wavenumber left
        out; the nearest first. Up to {most} are drawn together.
      </p>
      <OffersForm {...props} />
    </section>
  );
}

function OffersForm({ id, varied, offers, others, asked }: OtherScansProps) {
  const chosen = new Set(others.map((o) => o.id));
  return (
    <form method="get" action={`/scans/${id}`}>
      <input type="hidden" name="varied" value={varied} />
      {asked !== "stored" && <input type="hidden" name="units" value={asked} />}
      <DataTable
        label="Other scans of the same parameter"
        heads={[
          { label: "draw" },
          { label: "code" },
          { label: "values", numeric: true },
          { label: "distance", numeric: true },
          { label: "what differs from this scan" },
        ]}
      >
        {offers.map((o) => (
          <OfferRow
            offer={o}
            href={inUnits(asked, `/scans/${o.id}?varied=${varied}`)}
            chosen={chosen.has(o.id)}
          />
        ))}
      </DataTable>
      <p class="actions">
        <button type="submit">Draw the ticked ones</button>
        {others.length > 0 && (
          <a href={inUnits(asked, `/scans/${id}?varied=${varied}`)}>
            This scan alone
          </a>
        )}
      </p>
    </form>
  );
}

function OfferRow(
  { offer, href, chosen }: {
    offer: OtherScan;
    href: string;
    chosen: boolean;
  },
) {
  const { id, code, n_values, low, high, distance, differs } = offer;
  return (
    <tr>
      <td>
        <label class="check">
          <input
            type="checkbox"
            id={`with-${id}`}
            name="with"
            value={id}
            checked={chosen}
            aria-label={`Draw the scan of run ${id}`}
          />
          <a href={href}>run {id}</a>
        </label>
      </td>
      <td>{code}</td>
      <td class="num">
        {n_values}: <Num value={low} /> to <Num value={high} />
      </td>
      <td class="num">
        <Num value={roundDistance(distance)} />
      </td>
      <td>
        <Differs differs={differs} />
      </td>
    </tr>
  );
}

function Differs({ differs }: Pick<OtherScan, "differs">) {
  if (differs.length === 0) return <>the same physics</>;
  const more = differs.length - MAX_NAMED;
  return (
    <>
      {differs.slice(0, MAX_NAMED).map(({ key, value, own }, k) => (
        <>
          {k > 0 && "; "}
          <ColumnLabel column={column(key)!} /> <Side value={value} />{" "}
          instead of <Side value={own} />
        </>
      ))}
      {more > 0 && `; ${plural(more, "further one", "further ones")}`}
    </>
  );
}

function Side({ value }: { value: number | string | null }) {
  if (value === null) return <>none</>;
  return typeof value === "number" ? <Num value={value} /> : <>{value}</>;
}

/** Where each line of several scans crosses zero. */
export function ThresholdTable(
  { shown: { scans, units }, varied, asked }: {
    shown: ShownScans;
    varied: string;
    asked: UnitSystem;
  },
) {
  const x = <ColumnLabel column={column(varied)!} csA={units === "cs_a"} />;
  return (
    <section id="thresholds">
      <h2>Thresholds</h2>
      <DataTable
        label="Thresholds of the scans"
        heads={[
          { label: "scan" },
          {
            label: <Sym parts={symbol(`k_y ${GYRORADII[units].symbol}`)} />,
            numeric: true,
          },
          { label: <>{x} at γ = 0</>, numeric: true },
          { label: "error", numeric: true },
          { label: "slope", numeric: true },
          { label: "values", numeric: true },
        ]}
      >
        {scans.map((scan, look) => (
          <ThresholdRows
            {...{ scan, look }}
            href={inUnits(asked, `/scans/${scan.id}?varied=${varied}`)}
          />
        ))}
      </DataTable>
    </section>
  );
}

/** The lines of a scan that cross zero, or one that says that none does. */
function ThresholdRows(
  { scan, look, href }: { scan: DrawnScan; look: number; href: string },
) {
  const crossing = scan.lines.flatMap((line) => {
    const found = threshold(line.points);
    return found ? [{ line, found }] : [];
  });
  const name = (
    <th scope="row">
      <LookSample look={look} /> <a href={href}>{scanName(scan)}</a>
    </th>
  );
  if (crossing.length === 0) {
    return (
      <tr>
        {name}
        <td colspan={5} class="muted">
          zero is not crossed at any of{" "}
          {plural(scan.lines.length, "wavenumber")}
        </td>
      </tr>
    );
  }
  return (
    <>
      {crossing.map(({ line, found }) => (
        <tr>
          {name}
          {[line.ky, found.value, found.error, found.slope].map((v) => (
            <td class="num">
              <Num value={v} />
            </td>
          ))}
          <td class="num">{line.points.length}</td>
        </tr>
      ))}
    </>
  );
}
