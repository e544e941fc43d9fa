import { speciesFlux } from "../physics/fluxes.ts";
import {
  FIELDS,
  type Flux,
  FLUXES,
  type FluxTable,
  type Maybe,
  type Simulation,
} from "../physics/simulation.ts";
import { symbol } from "../physics/symbol.ts";
import { speciesNames } from "./run_plasma.tsx";
import { Sym } from "./symbol.tsx";
import { Num } from "./values.tsx";

const FIELD_SYMBOLS = { phi: "ϕ", a_parallel: "A_∥", b_parallel: "B_∥" };
const FLUX_FACTS: Record<Flux, [string, string, string]> = {
  particles: ["Particle flux", "Γ", "n_e v_{ref} ρ*^2"],
  energy: ["Heat flux", "Q", "n_e T_e v_{ref} ρ*^2"],
  momentum: ["Momentum flux", "Π", "n_e m_D v_{ref}^2 R_0 ρ*^2"],
};

/** Time-averaged fluxes of a nonlinear run by species and field; nothing for linear runs. */
export function RunFluxes({ sim }: { sim: Simulation }) {
  const table = sim.nonlinear?.fluxes;
  const stored = FLUXES.filter((f) => table && isStored(table, f));
  if (!table || stored.length === 0) return null;
  const fields = FIELDS.filter((field) =>
    stored.some((f) => table[f][field].length > 0)
  );
  return (
    <section>
      <h2>Fluxes</h2>
      <div class="scroll" tabindex={0} role="region" aria-label="Fluxes">
        <table class="dense">
          <thead>
            <tr>
              <th scope="col">flux</th>
              <th scope="col">species</th>
              {fields.map((field) => (
                <th scope="col" class="num">
                  by <Sym parts={symbol(FIELD_SYMBOLS[field])} />
                </th>
              ))}
              <th scope="col" class="num">sum</th>
            </tr>
          </thead>
          <tbody>
            {stored.map((flux) =>
              speciesNames(sim.species).map((name, k) => (
                <tr>
                  {k === 0 && (
                    <th scope="rowgroup" rowspan={sim.species.length}>
                      <FluxName flux={flux} />
                    </th>
                  )}
                  <td>{name}</td>
                  {fields.map((field) => (
                    <td class="num">
                      <Num value={table[flux][field][k] ?? null} />
                    </td>
                  ))}
                  <td class="num">
                    <Num value={speciesFlux(table, flux, k)} />
                  </td>
                </tr>
              ))
            )}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function FluxName({ flux }: { flux: Flux }) {
  const [name, notation, unit] = FLUX_FACTS[flux];
  return (
    <>
      {name} <Sym parts={symbol(notation)} />{" "}
      <small class="unit">
        <Sym parts={symbol(unit)} />
      </small>
    </>
  );
}

function isStored(table: FluxTable<Maybe[]>, flux: Flux): boolean {
  return FIELDS.some((field) => table[flux][field].some((v) => v !== null));
}
