import type { Child } from "hono/jsx";
import { type Column, column } from "../physics/columns.ts";
import {
  type ScanLine,
  type ScanPoint,
  type Threshold,
  threshold,
} from "../physics/scan.ts";
import { modeChanges, reversals } from "../physics/spectrum.ts";
import { symbol } from "../physics/symbol.ts";
import type { UnitSystem } from "../physics/units.ts";
import { GYRORADII } from "./plots/plot.ts";
import type { DrawnScan } from "./plots/scan.ts";
import { ColumnLabel } from "./run_value.tsx";
import { Sym } from "./symbol.tsx";
import { Num } from "./values.tsx";

/** Lines that are put into words; the plots show the others. */
const MAX_LINES = 6;

/** What each line of a scan says: where the instability sets in, and where another takes over. */
export function ScanWords(
  { scan: { lines, published }, varied, units, thresholdsHref }: {
    /** In `units`. */
    scan: DrawnScan;
    varied: string;
    units: UnitSystem;
    /** Of a file as stored. */
    thresholdsHref: string;
  },
) {
  const sentences = lines.slice(0, MAX_LINES).flatMap((line) => {
    const words = (
      <LineWords line={line} varied={column(varied)!} units={units} />
    );
    return hasNews(line) ? [words] : [];
  });
  return (
    <>
      {sentences.length > 0 && <ul>{sentences}</ul>}
      {lines.length > 0 && (
        <p>
          <a href={thresholdsHref} download>
            Thresholds of all lines as CSV
            {units === "cs_a" && " (stored units)"}
          </a>
        </p>
      )}
      {lines.some((l) => threshold(l.points) !== null) && (
        <Published lines={published} />
      )}
    </>
  );
}

/** What the literature expects for the threshold. */
function Published({ lines }: { lines: DrawnScan["published"] }) {
  if (lines.length === 0) return null;
  return (
    <p class="hint">
      Published critical gradients for this plasma, from fits for circular
      surfaces without magnetic fluctuations:{" "}
      {lines.map(({ mode, source, value }, k) => (
        <>
          {k > 0 && "; "}
          {mode} <Num value={value} /> ({source})
        </>
      ))}.
    </p>
  );
}

function hasNews({ points }: ScanLine): boolean {
  return threshold(points) !== null || modeChanges(points).length > 0 ||
    reversals(points).length > 0;
}

function LineWords(
  { line, varied, units }: {
    line: ScanLine;
    varied: Column;
    units: UnitSystem;
  },
) {
  const sets = threshold(line.points);
  const changes = modeChanges(line.points) as [ScanPoint, ScanPoint][];
  const turns = reversals(line.points) as [ScanPoint, ScanPoint][];
  const x = <ColumnLabel column={varied} csA={units === "cs_a"} />;
  return (
    <li>
      At <Sym parts={symbol(`k_y ${GYRORADII[units].symbol}`)} /> ={" "}
      <Num value={line.ky} />:
      {sets && <Onset {...{ sets, x }} />}
      {changes.map(([a, b]) => (
        <>
          {" "}The suggested mode changes from <strong>{a.mode}</strong> to{" "}
          <strong>{b.mode}</strong> between {x} = <Num value={a.value} /> and
          {" "}
          <Num value={b.value} />.
        </>
      ))}
      {turns.map(([a, b]) => (
        <>
          {" "}The mode turns to the {b.omega! > 0 ? "ion" : "electron"}{" "}
          direction between {x} = <Num value={a.value} /> and{" "}
          <Num value={b.value} />.
        </>
      ))}
    </li>
  );
}

function Onset({ sets, x }: { sets: Threshold; x: Child }) {
  return (
    <>
      {" "}
      <Sym parts={symbol("γ")} /> crosses zero at {x} ={" "}
      <strong>
        <Num value={sets.value} /> ± <Num value={sets.error} />
      </strong>, where it {sets.slope > 0 ? "rises" : "falls"} by{" "}
      <Num value={Math.abs(sets.slope)} /> per unit.
    </>
  );
}
