import type { DiagnosticMap } from "../../physics/plots/diagnostic_snapshots.ts";
import type { Profile } from "../../physics/plots/diagnostic.ts";
import type { Coordinate } from "../../physics/plots/diagnostic_grids.ts";
import type { SymbolPart } from "../../physics/symbol.ts";
import { axis, GENE_GYRORADIUS, type Panel } from "./plot.ts";
import { LOOKS } from "./series.tsx";
import { lineSeries } from "./series_of.ts";

const { symbol: RHO } = GENE_GYRORADIUS;

/** Plain name and axis label of what profiles run along, in GENE's own units. */
export const COORDINATES: Record<
  Coordinate,
  { name: string; label: SymbolPart[] }
> = {
  ky: { name: "ky", label: axis(`k_y ${RHO}`) },
  kx: { name: "kx", label: axis(`k_x ${RHO}`) },
  z: { name: "z", label: axis("z") },
  x: { name: "x", label: axis("x", RHO) },
  y: { name: "y", label: axis("y", RHO) },
  time: { name: "t", label: axis("t", "L_{ref}/c_{ref}") },
};

const AMPLITUDE = '"amplitude"';
const SQUARED = '"squared amplitude"';
/** Diagnostics that hold squares of fields and moments, as their own description says. */
const SQUARES = /^Amplitude Spectra$/;

/** Kinds of quantities: each has panels of its own; the first that fits holds. */
const FAMILIES = [
  { name: "Heat flux", symbol: "Q", fits: /(^| )Q(es|em)( |$)/, log: false },
  {
    name: "Particle flux",
    symbol: "Γ",
    fits: /(^| )G(es|em)( |$)/,
    log: false,
  },
  {
    name: "Momentum flux",
    symbol: "Π",
    fits: /(^| )P(es|em)( |$)/,
    log: false,
  },
  {
    name: "Fields",
    symbol: AMPLITUDE,
    fits: /(phi|apar|bpar)( |$)/,
    log: true,
  },
  {
    name: "Moments",
    symbol: AMPLITUDE,
    fits: /(dens|tpar|tperp|qpar|qperp|upar)/,
    log: true,
  },
  { name: "Values", symbol: '"value"', fits: /./, log: false },
];
type Family = (typeof FAMILIES)[number];

/** Name of a quantity in legends and tables; which time a snapshot is of says the diagnostic's own name. */
export function nameOf({ path, by }: Pick<Profile, "path" | "by">): string {
  const name = path.filter((name) => name !== "field_mom_final").join(" ");
  return by === "sum of squares over the others" ? `|${name}|²` : name;
}

/** Name of what a map shows. */
export function mapName({ path }: DiagnosticMap): string {
  return nameOf({ path, by: "sum of squares over the others" });
}

/** Profiles that share a panel. */
export interface Group {
  family: Family;
  along: Coordinate;
  /** Sums of squares, which have another unit than amplitudes. */
  squared: boolean;
  profiles: Profile[];
}

/** Panels in order: sums of squares over snapshots first, then those of the first kinds and of k_y. */
export function groupsOf(profiles: Profile[]): Group[] {
  return [true, false].flatMap((squared) =>
    FAMILIES.flatMap((family) => {
      const own = profiles.filter((p) =>
        familyOf(p) === family && isSquared(p) === squared
      );
      return (Object.keys(COORDINATES) as Coordinate[]).flatMap((along) => {
        const here = own.filter((p) => p.along === along);
        return here.length > 0
          ? [{ family, along, squared, profiles: here }]
          : [];
      });
    })
  );
}

function isSquared({ by }: Profile): boolean {
  return by === "sum of squares over the others";
}

function familyOf({ path }: Pick<Profile, "path">): Family {
  return FAMILIES.find((f) => f.fits.test(path.join(" ")))!;
}

/** What a group is called. */
export function titleOf({ family, along, squared }: Group): string {
  return `${family.name}${squared ? " squared" : ""} over ${
    COORDINATES[along].name
  }`;
}

/** Profiles in one frame. */
export function panelOf(group: Group, key: string): Panel {
  const { family, along, squared, profiles } = group;
  const positive = profiles.every((p) => p.points.every((q) => q.y >= 0));
  const log = family.log && positive;
  const isSquare = squared || SQUARES.test(key);
  return {
    key: `${family.name.toLowerCase().replaceAll(" ", "-")}-${along}${
      squared ? "-squared" : ""
    }`,
    title: titleOf(group),
    xLabel: COORDINATES[along].label,
    yLabel: axis(
      family.symbol === AMPLITUDE && isSquare
        ? SQUARED
        : squared
        ? '"squared value"'
        : family.symbol,
    ),
    xLinear: along !== "ky",
    yLog: log,
    series: profiles.slice(0, LOOKS).map((profile, look) =>
      lineSeries({
        look,
        label: nameOf(profile),
        points: log ? profile.points.filter((p) => p.y > 0) : profile.points,
        x: COORDINATES[along].name,
      })
    ),
  };
}

/** The square of one quantity over both wavenumbers. */
export function mapPanel(map: DiagnosticMap): Panel {
  return {
    key: "map",
    title: `${mapName(map)} over kx and ky`,
    xLabel: COORDINATES.kx.label,
    yLabel: COORDINATES.ky.label,
    series: [],
    heat: { x: map.kx, y: map.ky, values: map.values },
  };
}
