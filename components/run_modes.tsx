import { dominant, stability } from "../physics/linear.ts";
import type { Mode, Simulation, Wavevector } from "../physics/simulation.ts";
import { symbol } from "../physics/symbol.ts";
import type { UnitSystem } from "../physics/units.ts";
import { type DataHead, DataTable } from "./data_table.tsx";
import { plural } from "./format.ts";
import { Sym } from "./symbol.tsx";
import { Num } from "./values.tsx";

const MAX_ROWS = 200;
const SYMBOLS: Record<UnitSystem, string[]> = {
  stored: ["k_y ρ_{ref}", "k_x ρ_{ref}", "γ R_0/v_{ref}", "ω R_0/v_{ref}"],
  cs_a: ["k_y ρ_s", "k_x ρ_s", "γ a/c_s", "ω a/c_s"],
};

/** Every mode of a linear run that holds more than one; nothing otherwise, since its numbers stand at the top. `sim` is in `units`. */
export function RunModes(
  { sim, units }: { sim: Simulation; units: UnitSystem },
) {
  const rows = sim.wavevectors.flatMap((w): [Wavevector, Mode | null][] =>
    w.modes.length === 0 ? [[w, null]] : w.modes.map((m) => [w, m])
  );
  if (rows.length < 2) return null;
  const shown = dominant(sim)?.mode;
  return (
    <section>
      <h2>Modes</h2>
      <p class="muted">
        {plural(sim.wavevectors.length, "wavevector")},{" "}
        {plural(rows.length, "row")}.
        {rows.length > MAX_ROWS &&
          ` The first ${MAX_ROWS} are shown; all are in the JSON.`}
      </p>
      <DataTable label="Modes" heads={headsIn(units)} tall>
        {rows.slice(0, MAX_ROWS).map(([w, mode]) => (
          <ModeRow
            wavevector={w}
            mode={mode}
            remark={mode === null
              ? withoutMode(sim, w)
              : mode === shown
              ? "in the catalogue"
              : ""}
            isShown={mode !== null && mode === shown}
          />
        ))}
      </DataTable>
    </section>
  );
}

/** An empty list of modes means that none grows in the old layout only. */
function withoutMode(sim: Simulation, w: Wavevector): string {
  return stability({ ...sim, wavevectors: [w] }) === "stable"
    ? "stable"
    : "no mode stored";
}

function headsIn(units: UnitSystem): DataHead[] {
  return [
    ...[...SYMBOLS[units], "δγ/γ"].map((notation) => ({
      label: <Sym parts={symbol(notation)} />,
      numeric: true,
    })),
    { label: <span class="visually-hidden">remark</span> },
  ];
}

function ModeRow(
  { wavevector: w, mode, remark, isShown }: {
    wavevector: Wavevector;
    mode: Mode | null;
    remark: string;
    isShown: boolean;
  },
) {
  const values = [
    w.ky,
    w.kx,
    mode?.gamma ?? null,
    mode?.omega ?? null,
    mode?.tolerance ?? null,
  ];
  return (
    <tr aria-current={isShown ? "true" : undefined}>
      {values.map((v) => <td class="num">{Num({ value: v })}</td>)}
      <td>{remark}</td>
    </tr>
  );
}
