import type { RunRow } from "../db/runs/list.ts";
import {
  convergenceTests,
  duplicates,
  type GridGroup,
  type GridRun,
} from "../physics/grids.ts";
import { RESOLUTION } from "../physics/families.ts";
import { symbol } from "../physics/symbol.ts";
import type { UnitSystem } from "../physics/units.ts";
import { FamilyTable } from "./family.tsx";
import { num } from "./family_points.ts";
import { GYRORADII } from "./plots/plot.ts";
import { inUnits } from "./shown_units.ts";
import { Sym } from "./symbol.tsx";
import { None, Num } from "./values.tsx";

type GridRow = GridRun & { row: RunRow };

/** What stands at one k_y of a spectrum: convergence tests, and runs that were made twice. `rows` are in `units`. */
export function SpectrumGrids(
  { rows, units, current }: {
    rows: RunRow[];
    units: UnitSystem;
    current: number;
  },
) {
  const runs = rows.map(gridRun);
  const same = duplicates(runs);
  return (
    <>
      {convergenceTests(runs).map((test) => (
        <ConvergenceTest {...{ test, units, current }} />
      ))}
      {same.length > 0 && <Duplicates {...{ same, units }} />}
    </>
  );
}

function ConvergenceTest(
  { test: { ky, runs }, units, current }: {
    test: GridGroup<GridRow>;
    units: UnitSystem;
    current: number;
  },
) {
  const { kind } = runs[0]!.row;
  return (
    <section>
      <h2>
        Convergence test<At {...{ ky, units }} />
      </h2>
      <p>
        The same physics on{" "}
        {new Set(runs.map((r) => RESOLUTION.map((k) => r[k]).join())).size}{" "}
        grids, the coarsest first.
      </p>
      <FamilyTable
        label="Convergence test"
        rows={runs.map((r) => r.row)}
        units={units}
        keys={[
          ...RESOLUTION.filter((k) => runs.some((r) => r[k] !== null)),
          ...(kind === "linear" ? ["gamma", "omega"] : ["Q_i", "Q_e"]),
        ]}
        current={current}
      />
    </section>
  );
}

function Duplicates(
  { same, units }: { same: GridGroup<GridRow>[]; units: UnitSystem },
) {
  return (
    <section>
      <h2>Made more than once</h2>
      <p>Runs with the same physics, wavenumber and grid:</p>
      <ul>
        {same.map(({ ky, runs }) => (
          <li>
            {runs.map((r, k) => (
              <>
                {k > 0 && ", "}
                <a href={inUnits(units, `/runs/${r.id}`)}>{r.id}</a>
              </>
            ))}
            <At {...{ ky, units }} />
            {runs[0]!.gamma !== null && <Agreement runs={runs} />}
          </li>
        ))}
      </ul>
    </section>
  );
}

function At({ ky, units }: { ky: number | null; units: UnitSystem }) {
  if (ky === null) return null;
  return (
    <>
      {" "}at <Sym parts={symbol(`k_y ${GYRORADII[units].symbol}`)} /> ={" "}
      <Num value={ky} />
    </>
  );
}

function Agreement({ runs }: { runs: GridRun[] }) {
  const values = runs.map((r) => r.gamma).filter((g) => g !== null);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  if (values.length === 0) return <None />;
  return (
    <>
      : <Sym parts={symbol("γ")} /> {low === high
        ? (
          <>
            = <Num value={low} /> in all
          </>
        )
        : (
          <>
            from <Num value={low} /> to <Num value={high} />
          </>
        )}
    </>
  );
}

function gridRun(row: RunRow): GridRow {
  const [nx, nky, nz, nv, nw] = RESOLUTION.map((key) => num(row, key));
  return {
    row,
    id: row.id,
    ky: num(row, "ky"),
    kx: num(row, "kx"),
    gamma: num(row, "gamma"),
    nx: nx!,
    nky: nky!,
    nz: nz!,
    nv: nv!,
    nw: nw!,
  };
}
