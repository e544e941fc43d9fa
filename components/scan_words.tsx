import { type Column, column } from "../physics/columns.ts";
import { type ScanLine, type ScanPoint, threshold } from "../physics/scan.ts";
import { modeChanges, reversals } from "../physics/spectrum.ts";
import { symbol } from "../physics/symbol.ts";
import { ColumnLabel } from "./run_value.tsx";
import { Sym } from "./symbol.tsx";
import { Num } from "./values.tsx";

/** Lines that are put into words; the plots show the others. */
const MAX_LINES = 6;

/** What each line of a scan says: where the instability sets in, and where another takes over. */
export function ScanWords(
  { lines, varied }: { lines: ScanLine[]; varied: string },
) {
  const sentences = lines.slice(0, MAX_LINES).flatMap((line) => {
    const words = <LineWords line={line} varied={column(varied)!} />;
    return hasNews(line) ? [words] : [];
  });
  return sentences.length === 0 ? null : <ul>{sentences}</ul>;
}

function hasNews({ points }: ScanLine): boolean {
  return threshold(points) !== null || modeChanges(points).length > 0 ||
    reversals(points).length > 0;
}

function LineWords({ line, varied }: { line: ScanLine; varied: Column }) {
  const sets = threshold(line.points);
  const changes = modeChanges(line.points) as [ScanPoint, ScanPoint][];
  const turns = reversals(line.points) as [ScanPoint, ScanPoint][];
  const x = <ColumnLabel column={varied} />;
  return (
    <li>
      At <Sym parts={symbol("k_y ρ_{ref}")} /> = <Num value={line.ky} />:
      {sets && (
        <>
          {" "}
          <Sym parts={symbol("γ")} /> crosses zero at {x} ={" "}
          <strong>
            <Num value={sets.value} /> ± <Num value={sets.error} />
          </strong>{" "}
          and rises by <Num value={sets.slope} /> per unit above.
        </>
      )}
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
