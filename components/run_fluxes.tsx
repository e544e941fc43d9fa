import { speciesFlux } from "../physics/fluxes.ts";
import {
  type Field,
  FIELDS,
  type Flux,
  FLUXES,
  type FluxTable,
  type Maybe,
  type Simulation,
} from "../physics/simulation.ts";
import { symbol } from "../physics/symbol.ts";
import { unitIn, type UnitSystem } from "../physics/units.ts";
import { type DataHead, DataTable } from "./data_table.tsx";
import { speciesNames } from "./run_species.tsx";
import { Sym } from "./symbol.tsx";
import { Num } from "./values.tsx";

/** Symbols of the perturbed fields. */
export const FIELD_SYMBOLS = { phi: "ϕ", a_parallel: "A_∥", b_parallel: "B_∥" };
/** Name, symbol and unit of each flux. */
export const FLUX_FACTS: Record<Flux, [string, string, string]> = {
  particles: ["Particle flux", "Γ", "n_e v_{ref} ρ*^2"],
  energy: ["Heat flux", "Q", "n_e T_e v_{ref} ρ*^2"],
  momentum: ["Momentum flux", "Π", "n_e m_D v_{ref}^2 R_0 ρ*^2"],
};

/** The unit of a flux; that of momentum has only the stored one (physics.md 2). */
export function fluxUnit(flux: Flux, units: UnitSystem): string {
  if (units === "stored" || flux === "momentum") return FLUX_FACTS[flux][2];
  return unitIn(units, flux === "energy" ? "heat_flux" : "particle_flux");
}

/** Time-averaged fluxes of a nonlinear run by species and field; nothing for linear runs. `sim` is in `units`. */
export function RunFluxes(
  { sim, units }: { sim: Simulation; units: UnitSystem },
) {
  const table = sim.nonlinear?.fluxes;
  const stored = FLUXES.filter((f) => table && isStored(table, f));
  if (!table || stored.length === 0) return null;
  const fields = FIELDS.filter((field) =>
    stored.some((f) => table[f][field].length > 0)
  );
  const names = speciesNames(sim.species);
  return (
    <section>
      <h2>Fluxes</h2>
      <DataTable label="Fluxes" heads={headsOf(fields)}>
        {stored.map((flux) => (
          <FluxRows flux={flux} {...{ table, fields, names, units }} />
        ))}
      </DataTable>
    </section>
  );
}

function headsOf(fields: Field[]): DataHead[] {
  return [
    { label: "flux" },
    { label: "species" },
    ...fields.map((field) => ({
      label: (
        <>
          by <Sym parts={symbol(FIELD_SYMBOLS[field])} />
        </>
      ),
      numeric: true,
    })),
    { label: "sum", numeric: true },
  ];
}

/** One flux: a row for each species. */
function FluxRows(
  { flux, table, fields, names, units }: {
    flux: Flux;
    units: UnitSystem;
    table: FluxTable<Maybe[]>;
    fields: Field[];
    names: string[];
  },
) {
  return (
    <>
      {names.map((name, k) => (
        <tr>
          {k === 0 && (
            <th scope="rowgroup" rowspan={names.length}>
              <FluxName flux={flux} units={units} />
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
      ))}
    </>
  );
}

function FluxName({ flux, units }: { flux: Flux; units: UnitSystem }) {
  const [name, notation] = FLUX_FACTS[flux];
  return (
    <>
      {name} <Sym parts={symbol(notation)} />{" "}
      <small class="unit">
        <Sym parts={symbol(fluxUnit(flux, units))} />
      </small>
    </>
  );
}

function isStored(table: FluxTable<Maybe[]>, flux: Flux): boolean {
  return FIELDS.some((field) => table[flux][field].some((v) => v !== null));
}
