import {
  type Coordinate,
  type Profile,
  type Profiles,
} from "../../physics/plots/diagnostic.ts";
import { largest } from "../../physics/plots/points.ts";
import type { SymbolPart } from "../../physics/symbol.ts";
import { plural, significant } from "../format.ts";
import {
  axis,
  type DiagnosticPlotName,
  type NoPlot,
  type Panel,
  type Plot,
} from "./plot.ts";
import { LOOKS } from "./series.tsx";
import { lineSeries } from "./series_of.ts";

const MAX_PANELS = 6;
/** Quantities left out that a sentence names. */
const MAX_NAMED = 4;

/** Plain name and axis label of what profiles run along, in GENE's own units. */
const COORDINATES: Record<Coordinate, { name: string; label: SymbolPart[] }> = {
  ky: { name: "ky", label: axis("k_y ρ_{ref}") },
  kx: { name: "kx", label: axis("k_x ρ_{ref}") },
  z: { name: "z", label: axis("z") },
  x: { name: "x", label: axis("x", "ρ_{ref}") },
  y: { name: "y", label: axis("y", "ρ_{ref}") },
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

/** What a stored diagnostic of GENE holds, along each of its grids; the reason where nothing of it can be drawn. */
export function diagnosticPlot(
  { key, name, found }: {
    key: string;
    name: DiagnosticPlotName;
    found: Profiles;
  },
): Plot | NoPlot {
  const title = diagnosticTitle(key);
  const { profiles, left, averaged } = found;
  if (profiles.length === 0) {
    const why = left[0]
      ? `${left[0].name}: ${left[0].reason}`
      : "it holds grids and texts only";
    return { name, title, reason: `Nothing of it can be drawn: ${why}.` };
  }
  const groups = groupsOf(
    profiles.filter((p) => p.points.some((q) => q.y !== 0)),
  );
  if (groups.length === 0) {
    return { name, title, reason: "Everything in it is zero." };
  }
  const panels = groups.slice(0, MAX_PANELS).map((g) => panelOf(g, key));
  return {
    name,
    title,
    finding: finding(groups[0]!),
    note: [
      averaged
        ? `Means over ${plural(averaged.n, "time")} from ${
          significant(averaged.from)
        } to ${significant(averaged.to)} L_ref/c_ref, the last half.`
        : "",
      profiles.some((p) => p.by === "rms over the others")
        ? "Of arrays over several grids, the root mean square over the other grids."
        : "",
      "In GENE's own units.",
      leftOut(groups, found),
    ].filter(Boolean).join(" "),
    panels,
    table: {
      heads: ["quantity", "along", "place", "value", "how"],
      rows: profiles.flatMap((p) =>
        p.points.map(({ x, y }) => [
          nameOf(p),
          COORDINATES[p.along].name,
          x,
          y,
          p.by,
        ])
      ),
    },
  };
}

/** Title of the plot of a diagnostic. */
export function diagnosticTitle(key: string): string {
  return `Diagnostic: ${key.slice(0, 80)}`;
}

/** Name of a quantity in legends and tables; which time a snapshot is of says the diagnostic's own name. */
function nameOf({ path }: Profile): string {
  return path.filter((name) => name !== "field_mom_final").join(" ");
}

interface Group {
  family: Family;
  along: Coordinate;
  profiles: Profile[];
}

/** Profiles that share a panel, those of the first kinds and of k_y first. */
function groupsOf(profiles: Profile[]): Group[] {
  return FAMILIES.flatMap((family) => {
    const own = profiles.filter((p) => familyOf(p) === family);
    return (Object.keys(COORDINATES) as Coordinate[]).flatMap((along) => {
      const here = own.filter((p) => p.along === along);
      return here.length > 0 ? [{ family, along, profiles: here }] : [];
    });
  });
}

function familyOf({ path }: Profile): Family {
  return FAMILIES.find((f) => f.fits.test(path.join(" ")))!;
}

function panelOf({ family, along, profiles }: Group, key: string): Panel {
  const positive = profiles.every((p) => p.points.every((q) => q.y >= 0));
  const log = family.log && positive;
  return {
    key: `${family.name.toLowerCase().replaceAll(" ", "-")}-${along}`,
    title: `${family.name} over ${COORDINATES[along].name}`,
    xLabel: COORDINATES[along].label,
    yLabel: axis(
      family.symbol === AMPLITUDE && SQUARES.test(key)
        ? SQUARED
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

function finding({ family, along, profiles }: Group): string {
  const peaks = profiles.map((p) => ({ p, top: largest(p.points)! }));
  const { p, top } = peaks.reduce((best, one) =>
    Math.abs(one.top.y) > Math.abs(best.top.y) ? one : best
  );
  return `${family.name} over ${COORDINATES[along].name}: ${
    nameOf(p)
  } is largest, ${significant(top.y)} at ${COORDINATES[along].name} = ${
    significant(top.x)
  }.`;
}

/** What the drawing leaves out, in words; "" for nothing. */
function leftOut(groups: Group[], { left, profiles }: Profiles): string {
  const drawn = groups.slice(0, MAX_PANELS).reduce(
    (sum, g) => sum + Math.min(g.profiles.length, LOOKS),
    0,
  );
  const named = left.slice(0, MAX_NAMED).map((l) => `${l.name} (${l.reason})`);
  const more = left.length > MAX_NAMED
    ? ` and ${left.length - MAX_NAMED} more`
    : "";
  return [
    drawn < profiles.length
      ? `${drawn} of ${profiles.length} profiles are drawn, those that are zero not among them; the CSV has all.`
      : "",
    named.length > 0 ? `Not drawn: ${named.join(", ")}${more}.` : "",
  ].filter(Boolean).join(" ");
}
