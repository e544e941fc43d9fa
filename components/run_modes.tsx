import { dominant } from "../physics/linear.ts";
import type { Mode, Simulation, Wavevector } from "../physics/simulation.ts";
import { symbol } from "../physics/symbol.ts";
import { plural } from "./format.ts";
import { Sym } from "./symbol.tsx";
import { None, Num } from "./values.tsx";

const MAX_ROWS = 200;

/** Every mode of a linear run that holds more than one; nothing otherwise, since its numbers stand at the top. */
export function RunModes({ sim }: { sim: Simulation }) {
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
      <div class="scroll tall" tabindex={0} role="region" aria-label="Modes">
        <table class="dense">
          <thead>
            <tr>
              {[
                "k_y ρ_{ref}",
                "k_x ρ_{ref}",
                "γ R_0/v_{ref}",
                "ω R_0/v_{ref}",
                "δγ/γ",
              ]
                .map((notation) => (
                  <th scope="col" class="num">
                    <Sym parts={symbol(notation)} />
                  </th>
                ))}
              <th scope="col">
                <span class="visually-hidden">note</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, MAX_ROWS).map(([w, mode]) => (
              <ModeRow
                wavevector={w}
                mode={mode}
                isShown={mode !== null && mode === shown}
              />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function ModeRow(
  { wavevector: w, mode, isShown }: {
    wavevector: Wavevector;
    mode: Mode | null;
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
      {values.map((v) => (
        <td class="num">{v === null ? <None /> : <Num value={v} />}</td>
      ))}
      <td>{mode === null ? "stable" : isShown ? "in the catalogue" : ""}</td>
    </tr>
  );
}
