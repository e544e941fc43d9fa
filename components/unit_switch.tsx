import { symbol } from "../physics/symbol.ts";
import { UNIT_SYSTEMS, type UnitSystem } from "../physics/units.ts";
import { Sym } from "./symbol.tsx";

const UNIT_WORDS: Record<UnitSystem, string> = {
  stored: "v_{ref}/R_0",
  cs_a: "c_s/a",
};

/** The switch of units: how numbers are shown, never which runs are meant. `target`: what htmx replaces; plain links without. */
export function UnitSwitch(
  { asked, href, target, words = "" }: {
    /** The chosen one. */
    asked: UnitSystem;
    /** The same page in other units. */
    href(units: UnitSystem): string;
    target?: string;
    /** What there is to say of the units shown. */
    words?: string;
  },
) {
  return (
    <p class="sizes">
      <a href="/getting-started#units">Units</a>:
      {UNIT_SYSTEMS.map((units) => (
        <a
          id={`units-${units}`}
          href={href(units)}
          hx-get={target && href(units)}
          hx-target={target}
          aria-current={units === asked ? "true" : undefined}
        >
          <Sym parts={symbol(UNIT_WORDS[units])} />
        </a>
      ))}
      {words !== "" && <span class="muted">{words}</span>}
    </p>
  );
}
