import { symbol } from "../physics/symbol.ts";
import { GRADIENTS, type Unit, UNITS } from "../physics/units.ts";
import { Sym } from "./symbol.tsx";

/** What each unit of the catalogue is the unit of. */
const QUANTITIES: Partial<Record<Unit, string>> = {
  rate: "Growth rate, frequency, collision and shearing rate",
  time: "Time",
  diffusivity: "Mixing-length estimate",
  gradient: "Gradient",
  heat_flux: "Heat flux",
  particle_flux: "Particle flux",
};

const BARE: [factor: number, text: string][] = [
  [1, ""],
  [Math.SQRT2, "√2"],
  [Math.SQRT1_2, "1/√2"],
  [2 * Math.SQRT2, "2√2"],
];
const POWERS: Record<number, string> = {
  [-1]: '"("R_0/a")"',
  0: "",
  1: '"("a/R_0")"',
  2: '"("a/R_0")"^2',
};

/** Every unit that the switch of units changes, with the factor to it; from the same table that the switch uses. */
export function ConversionTable() {
  return (
    <div class="scroll" tabindex={0} role="region" aria-label="Conversions">
      <table class="dense">
        <thead>
          <tr>
            <th scope="col">Quantity</th>
            <th scope="col">Stored unit</th>
            <th scope="col">Multiply by</th>
            <th scope="col">To get</th>
          </tr>
        </thead>
        <tbody>
          {Object.entries(QUANTITIES).map(([unit, name]) => (
            <ConversionRow unit={unit as Unit} name={name} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function ConversionRow({ unit, name }: { unit: Unit; name: string }) {
  const { factor, power } = UNITS[unit];
  const { stored, cs_a } = unit === "gradient" ? GRADIENTS : UNITS[unit];
  const bare = BARE.find(([value]) => value === factor)?.[1] ?? String(factor);
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>
        <Sym parts={symbol(stored)} />
      </td>
      <td>
        <Sym parts={symbol(`"${bare} "${POWERS[power] ?? ""}`)} />
      </td>
      <td>
        <Sym parts={symbol(cs_a ?? stored)} />
      </td>
    </tr>
  );
}
