import type { RunRow } from "../db/runs/list.ts";
import { COLUMNS } from "../physics/columns.ts";
import type { Maybe, Simulation } from "../physics/simulation.ts";
import type { UnitSystem } from "../physics/units.ts";
import { ColumnFacts, Fact } from "./run_facts.tsx";
import { count, significant } from "./format.ts";
import { None, Num } from "./values.tsx";

/** The flux surface: every column of it, then what only the document has. `row` and `sim` are in `units`. */
export function RunSurface(
  { row, sim, units }: { row: RunRow; sim: Simulation; units: UnitSystem },
) {
  const s = sim.surface;
  const keys = COLUMNS.filter((c) => c.group === "surface" && c.public);
  return (
    <section>
      <h2>Flux surface</h2>
      <dl class="facts">
        <ColumnFacts {...{ row, units }} keys={keys.map((c) => c.key)} />
        <Fact name="Safety factor with its sign" notation="q">
          {s.q !== null && s.q < 0 ? <Num value={s.q} /> : null}
        </Fact>
        <Fact name="Change of the elongation" notation="dκ/dr">
          {numeral(s.dkappa_dr)}
        </Fact>
        <Fact name="Shafranov shift" notation="dR_0/dr">
          {numeral(s.shift_r)}
        </Fact>
        <Fact name="Vertical shift" notation="dZ_0/dr">
          {numeral(s.shift_z)}
        </Fact>
        <Fact name="Sign of the current">{numeral(s.ip_sign)}</Fact>
        <Fact name="Sign of the field">{numeral(s.b_field_sign)}</Fact>
        <Fact name="Shape coefficients" notation="c_n">
          {series(s.shape_c)}
        </Fact>
        <Fact name="Shape coefficients" notation="s_n">
          {series(s.shape_s)}
        </Fact>
      </dl>
    </section>
  );
}

/** Plasma as a whole: beta, rotation, collisions and, where known, what the normalisation was. `row` and `sim` are in `units`. */
export function RunPlasma(
  { row, sim, units }: { row: RunRow; sim: Simulation; units: UnitSystem },
) {
  const { reference } = sim;
  const keys = COLUMNS.filter((c) => c.group === "plasma" && c.public);
  return (
    <section>
      <h2>Plasma</h2>
      <dl class="facts">
        <ColumnFacts {...{ row, units }} keys={keys.map((c) => c.key)} />
        <Fact name="Reference length in m" notation="R_0">
          {numeral(reference.length_m)}
        </Fact>
        <Fact name="Reference field in T" notation="B_{ref}">
          {numeral(reference.field_T)}
        </Fact>
        <Fact name="Reference density in 1/m³" notation="n_e">
          {numeral(reference.density_m3)}
        </Fact>
        <Fact name="Reference temperature in eV" notation="T_e">
          {numeral(reference.temperature_eV)}
        </Fact>
      </dl>
    </section>
  );
}

function numeral(value: Maybe) {
  return value === null ? null : <Num value={value} />;
}

/** Coefficients that are written out; documents have at most eight. */
const MAX_WRITTEN = 30;

function series(values: Maybe[]) {
  if (values.length === 0) return null;
  const more = values.length - MAX_WRITTEN;
  return (
    <>
      {values.slice(0, MAX_WRITTEN).map((v, k) => (
        <>
          {k > 0 && ", "}
          {v === null
            ? <None />
            : <span title={String(v)}>{significant(v)}</span>}
        </>
      ))}
      {more > 0 && ` and ${count(more)} more`}
    </>
  );
}
