import type { FamilyOverview } from "../db/families/overview.ts";
import { column } from "../physics/columns.ts";
import type { UnitSystem } from "../physics/units.ts";
import { plural } from "./format.ts";
import { ColumnLabel } from "./run_value.tsx";
import { inUnits } from "./shown_units.ts";

/** Ways from a run to its spectrum, scans and twins; nothing when it is alone. */
export function FamilyLinks(
  { id, families, current, asked = "stored" }: {
    id: number;
    /** The units that links keep. */
    asked?: UnitSystem;
    families: FamilyOverview;
    /** The family whose page this is: left out. */
    current?: string;
  },
) {
  const { n_spectrum, n_ky, n_codes, scans } = families;
  const links = [
    n_spectrum > 1 && current !== "spectra" && (
      <a href={inUnits(asked, `/spectra/${id}`)}>
        {n_ky > 1
          ? `Spectrum: ${plural(n_spectrum, "run")} at ${n_ky} wavenumbers`
          : `${plural(n_spectrum, "run")} of the same physics`}
      </a>
    ),
    ...(current === "scans"
      ? []
      : scans.map(({ varied, n_values }) => (
        <a href={inUnits(asked, `/scans/${id}?varied=${varied}`)}>
          Scan of <ColumnLabel column={column(varied)!} />: {n_values} values
        </a>
      ))),
    n_codes > 1 && current !== "twins" && (
      <a href={inUnits(asked, `/twins/${id}`)}>
        Twins: the same case in {n_codes} codes
      </a>
    ),
  ].filter((link) => link !== false);
  if (links.length === 0) return null;
  return (
    <nav aria-label="Families of this run">
      <ul class="chips">
        {links.map((link) => <li>{link}</li>)}
      </ul>
    </nav>
  );
}
