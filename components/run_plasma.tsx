import type { RunRow } from "../db/runs/list.ts";
import { COLUMNS } from "../physics/columns.ts";
import { roles } from "../physics/roles.ts";
import type { Simulation, Species } from "../physics/simulation.ts";
import { symbol } from "../physics/symbol.ts";
import { ColumnFacts, Fact } from "./run_facts.tsx";
import { significant } from "./format.ts";
import { Sym } from "./symbol.tsx";
import { None, Num } from "./values.tsx";

type Maybe = number | null;
const SPECIES_HEADS = [
  ["Z", "Charge in elementary charges"],
  ["m/m_D", "Mass over that of deuterium"],
  ["n/n_e", "Density over that of the electrons"],
  ["T/T_e", "Temperature over that of the electrons"],
  ["R_0/L_n", "Density gradient"],
  ["R_0/L_T", "Temperature gradient"],
  ["u′", "Velocity gradient, in v_ref/R0"],
] as const;

/** The flux surface: every column of it, then what only the document has. */
export function RunSurface({ row, sim }: { row: RunRow; sim: Simulation }) {
  const s = sim.surface;
  const keys = COLUMNS.filter((c) => c.group === "surface" && c.public);
  return (
    <section>
      <h2>Flux surface</h2>
      <dl class="facts">
        <ColumnFacts row={row} keys={keys.map((c) => c.key)} />
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

/** Plasma as a whole: beta, rotation, collisions and, where known, what the normalisation was. */
export function RunCollisions({ row, sim }: { row: RunRow; sim: Simulation }) {
  const { reference } = sim;
  const keys = COLUMNS.filter((c) => c.group === "plasma" && c.public);
  return (
    <section>
      <h2>Plasma</h2>
      <dl class="facts">
        <ColumnFacts row={row} keys={keys.map((c) => c.key)} />
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

/** The species with the parts they play, and how they collide. */
export function RunSpecies({ sim }: { sim: Simulation }) {
  const { species, collisions } = sim;
  if (species.length === 0) return null;
  const parts = partsOf(species);
  const names = speciesNames(species);
  return (
    <section>
      <h2>Species</h2>
      <div class="scroll" tabindex={0} role="region" aria-label="Species">
        <table class="dense">
          <thead>
            <tr>
              <th scope="col">species</th>
              <th scope="col">role</th>
              {SPECIES_HEADS.map(([notation, title]) => (
                <th scope="col" class="num" title={title}>
                  <Sym parts={symbol(notation)} />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {species.map((s, k) => (
              <SpeciesRow species={s} name={names[k]!} part={parts[k]!} />
            ))}
          </tbody>
        </table>
      </div>
      <CollisionMatrix matrix={collisions.matrix} names={names} />
    </section>
  );
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
  { matrix, names }: { matrix: Maybe[][]; names: string[] },
) {
  if (!matrix.flat().some((v) => v !== null)) return null;
  return (
    <>
      <h3>
        Collision frequencies <Sym parts={symbol("ν_{ij}")} /> in{" "}
        <Sym parts={symbol("v_{ref}/R_0")} />
      </h3>
      <div
        class="scroll"
        tabindex={0}
        role="region"
        aria-label="Collision frequencies"
      >
        <table class="dense">
          <thead>
            <tr>
              <th scope="col">of, on</th>
              {names.map((name) => <th scope="col" class="num">{name}</th>)}
            </tr>
          </thead>
          <tbody>
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
          </tbody>
        </table>
      </div>
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

function numeral(value: Maybe) {
  return value === null ? null : <Num value={value} />;
}

function series(values: Maybe[]) {
  if (values.length === 0) return null;
  return values.map((v, k) => (
    <>
      {k > 0 && ", "}
      {v === null ? <None /> : <span title={String(v)}>{significant(v)}</span>}
    </>
  ));
}
