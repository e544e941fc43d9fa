import type { RunRow } from "../db/runs/list.ts";
import { COLUMNS } from "../physics/columns.ts";
import { inputEquals } from "../physics/input_condition.ts";
import type { InputParameters, Simulation } from "../physics/simulation.ts";
import type { UnitSystem } from "../physics/units.ts";
import { ColumnFacts, Fact } from "./run_facts.tsx";
import { DataTable } from "./data_table.tsx";
import { plural } from "./format.ts";
import { Num } from "./values.tsx";

/** Resolution, the physics that was solved, and every parameter of the input file. `row` is in `units`. */
export function RunNumerics(
  { row, sim, units }: { row: RunRow; sim: Simulation; units: UnitSystem },
) {
  const { model, nonlinear } = sim;
  const keys = COLUMNS.filter((c) =>
    c.group === "numerics" && c.public && c.key !== "converter_version"
  ).map((c) => c.key);
  return (
    <section>
      <h2>Numerics and model</h2>
      <dl class="facts">
        <ColumnFacts
          {...{ row, units }}
          keys={[...keys, "n_ky", "ky_lo", "ky_hi", "n_kx", "t_end"]}
        />
        <Fact name="Parallel vector potential is solved">
          {yesNo(model.a_parallel)}
        </Fact>
        <Fact name="Parallel magnetic perturbation is solved">
          {yesNo(model.b_parallel)}
        </Fact>
        <Fact name="Quasilinear transport model">
          {yesNo(model.quasi_linear)}
        </Fact>
        <Fact name="Points of the time trace">
          {nonlinear && nonlinear.n_time > 0 ? String(nonlinear.n_time) : null}
        </Fact>
        <Fact name="Averaged from the fraction of the time">
          {nonlinear && typeof nonlinear.window[0] === "number"
            ? <Num value={nonlinear.window[0]} />
            : null}
        </Fact>
      </dl>
      <InputTable input={sim.input} />
    </section>
  );
}

function InputTable({ input }: { input: InputParameters }) {
  const names = Object.keys(input);
  if (names.length === 0) {
    return <p class="muted">The document holds no input file.</p>;
  }
  return (
    <details>
      <summary>{plural(names.length, "parameter")} of the input file</summary>
      <DataTable
        label="Input parameters"
        heads={[{ label: "parameter" }, { label: "value" }, {
          label: "others",
        }]}
        tall
      >
        {names.map((name) => (
          <tr>
            <th scope="row" class="mono">{name}</th>
            <td class="mono">{String(input[name])}</td>
            <td>
              <SameValue name={name} value={input[name]!} />
            </td>
          </tr>
        ))}
      </DataTable>
    </details>
  );
}

/** Leads to every run whose input file has the same. */
function SameValue(
  { name, value }: { name: string; value: InputParameters[string] },
) {
  const condition = inputEquals(name, value);
  if (condition === null) return null;
  const query = new URLSearchParams({ input: condition });
  return (
    <a
      href={`/runs?${query}`}
      aria-label={`Filter by this value of ${name}`}
    >
      filter by this value
    </a>
  );
}

function yesNo(value: boolean | null): string | null {
  return value === null ? null : value ? "yes" : "no";
}
