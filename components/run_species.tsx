import { roles } from "../physics/roles.ts";
import type { Maybe, Simulation, Species } from "../physics/simulation.ts";
import { symbol } from "../physics/symbol.ts";
import { unitIn, type UnitSystem } from "../physics/units.ts";
import { type DataHead, DataTable } from "./data_table.tsx";
import { Sym } from "./symbol.tsx";
import { Num } from "./values.tsx";

const GRADIENTS: Record<UnitSystem, string> = { stored: "R_0", cs_a: "a" };
const quantitiesIn = (units: UnitSystem) =>
  [
    ["Z", "Charge in elementary charges"],
    ["m/m_D", "Mass over that of deuterium"],
    ["n/n_e", "Density over that of the electrons"],
    ["T/T_e", "Temperature over that of the electrons"],
    [`${GRADIENTS[units]}/L_n`, "Density gradient"],
    [`${GRADIENTS[units]}/L_T`, "Temperature gradient"],
    ["u′", "Velocity gradient, in v_ref/R0"],
  ] as const;

/** The species with the parts they play, and how they collide. `sim` is in `units`. */
export function RunSpecies(
  { sim, units }: { sim: Simulation; units: UnitSystem },
) {
  const { species, collisions } = sim;
  if (species.length === 0) return null;
  const parts = partsOf(species);
  const names = speciesNames(species);
  return (
    <section>
      <h2>Species</h2>
      <DataTable label="Species" heads={headsIn(units)}>
        {species.map((s, k) => (
          <SpeciesRow species={s} name={names[k]!} part={parts[k]!} />
        ))}
      </DataTable>
      <CollisionMatrix
        matrix={collisions.matrix}
        {...{ names, units }}
      />
    </section>
  );
}

function headsIn(units: UnitSystem): DataHead[] {
  return [
    { label: "species" },
    { label: "role" },
    ...quantitiesIn(units).map(([notation, title]) => ({
      label: <Sym parts={symbol(notation)} />,
      numeric: true,
      title,
    })),
  ];
}

function SpeciesRow(
  { species: s, name, part }: { species: Species; name: string; part: string },
) {
  const values = [
    s.charge,
    s.mass,
    s.density,
    s.temperature,
    s.RLn,
    s.RLT,
    s.velocity_gradient,
  ];
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>{part}</td>
      {values.map((v) => (
        <td class="num">
          <Num value={v} />
        </td>
      ))}
    </tr>
  );
}

function CollisionMatrix(
  { matrix, names, units }: {
    matrix: Maybe[][];
    names: string[];
    units: UnitSystem;
  },
) {
  if (!matrix.flat().some((v) => v !== null)) return null;
  return (
    <>
      <h3>
        Collision frequencies <Sym parts={symbol("ν_{ij}")} /> in{" "}
        <Sym parts={symbol(unitIn(units, "rate"))} />
      </h3>
      <DataTable
        label="Collision frequencies"
        heads={[
          { label: "of, on" },
          ...names.map((label) => ({ label, numeric: true })),
        ]}
      >
        {matrix.map((line, k) => (
          <tr>
            <th scope="row">{names[k] ?? ""}</th>
            {line.map((v) => (
              <td class="num">
                <Num value={v} />
              </td>
            ))}
          </tr>
        ))}
      </DataTable>
    </>
  );
}

/** What the species are called: by their stored names, else by their parts, else by their places. */
export function speciesNames(species: Species[]): string[] {
  const parts = partsOf(species);
  const isOnly = (part: string) => parts.filter((p) => p === part).length === 1;
  return species.map((s, k) =>
    s.name ?? (isOnly(parts[k]!) && parts[k] ? parts[k] : `species ${k + 1}`)
  );
}

function partsOf(species: Species[]): string[] {
  const { e, i, fast, impurities } = roles(species);
  return species.map((_, k) => {
    if (k === e) return "electrons";
    if (k === i) return "main ions";
    if (fast.includes(k)) return "fast ions";
    return impurities.includes(k) ? "impurity" : "";
  });
}
