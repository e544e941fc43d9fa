import type {
  OmegaComparison,
  OmegaLine,
} from "../../physics/plots/gene_omega.ts";
import { percent, significant } from "../format.ts";
import type { UnitSystem } from "../../physics/units.ts";
import {
  axis,
  GENE_GYRORADIUS,
  type NoPlot,
  type Panel,
  plain,
  type Plot,
  rateUnit,
  unitOf,
} from "./plot.ts";
import { lineSeries } from "./series_of.ts";

/** Differences below this share are what four printed digits leave. */
const SAME = 2e-3;
const TITLE = "Growth rate and frequency from the omega file";

/** Both sides of a comparison, and the units they are shown in. */
interface Shown {
  file: Mode;
  document: Mode;
  units: UnitSystem;
}
type Mode = { gamma: number | null; omega: number | null };

/** What GENE's own `omega` file says, in its own units, beside what the document says of the same mode, in `units`; `factor` leads to them from the stored ones. */
export function omegaPlot(
  lines: OmegaLine[],
  compared: OmegaComparison | null,
  { units, factor }: { units: UnitSystem; factor: number } = {
    units: "stored",
    factor: 1,
  },
): Plot | NoPlot {
  const drawn = lines.filter((l) => l.gamma !== null || l.omega !== null);
  if (drawn.length === 0) {
    return {
      name: "omega",
      title: TITLE,
      reason:
        "The omega file holds no number: GENE had not converged when it was written.",
    };
  }
  const shown = compared && {
    file: times(compared.file, factor),
    document: times(compared.document, factor),
    units,
  };
  return {
    name: "omega",
    title: TITLE,
    finding: finding(drawn, compared, shown),
    note: noteOf(compared, { units, factor }),
    panels: [
      panelOf("gamma", "Growth rate", { drawn, compared }),
      panelOf("omega", "Frequency", { drawn, compared }),
    ],
    table: tableOf(lines, shown),
  };
}

function noteOf(
  compared: OmegaComparison | null,
  { units, factor }: { units: UnitSystem; factor: number },
): string {
  const own =
    `In GENE's own units: rates in c_ref/L_ref, k_y times ${GENE_GYRORADIUS.plain}. ${GENE_GYRORADIUS.words}`;
  return compared === null
    ? own
    : `${own} Rates from them to ${rateUnit(units)}: × ${
      significant(compared.major / Math.SQRT2 * factor)
    }, with R0/L_ref = ${
      significant(compared.major)
    } of the input, T_ref = T_e and m_ref = m_D.`;
}

function panelOf(
  key: "gamma" | "omega",
  title: string,
  { drawn, compared }: {
    drawn: OmegaLine[];
    compared: OmegaComparison | null;
  },
): Panel {
  return {
    key,
    title,
    xLabel: axis(`k_y ${GENE_GYRORADIUS.symbol}`),
    yLabel: axis(key === "gamma" ? "γ" : "ω", "c_{ref}/L_{ref}"),
    series: [
      lineSeries({
        look: 0,
        label: "omega file",
        points: drawn.flatMap((l) =>
          l[key] === null ? [] : [{ x: l.ky, y: l[key] }]
        ).sort((a, b) => a.x - b.x),
        x: "ky",
      }),
      ...documentSeries(key, drawn, compared),
    ],
  };
}

/** The document's mode in the file's units, at the file's wavenumber. */
function documentSeries(
  key: "gamma" | "omega",
  [line]: OmegaLine[],
  compared: OmegaComparison | null,
) {
  const value = compared?.document[key] ?? null;
  if (!line || !compared || value === null || compared.major === 0) return [];
  const y = value * Math.SQRT2 / compared.major;
  return [lineSeries({
    look: 1,
    label: "document",
    points: [{ x: line.ky, y }],
    x: "ky",
  })];
}

function finding(
  lines: OmegaLine[],
  compared: OmegaComparison | null,
  shown: Shown | null,
): string {
  if (compared === null || shown === null) {
    const fastest = lines.reduce((a, b) =>
      (b.gamma ?? -Infinity) > (a.gamma ?? -Infinity) ? b : a
    );
    return `The file holds ${lines.length} wavenumbers; the growth rate is largest at ky ${GENE_GYRORADIUS.plain} = ${
      significant(fastest.ky)
    }, ${significant(fastest.gamma)} c_ref/L_ref.`;
  }
  const { file, document, units } = shown;
  const { opposite } = compared;
  const rate = (v: Mode) =>
    `γ = ${significant(v.gamma) || "none"}, ω = ${
      significant(v.omega) || "none"
    }`;
  return `The file says ${rate(file)} ${rateUnit(units)}, the document ${
    rate(document)
  }: ${difference(compared)}${
    opposite
      ? "; the frequencies turn in opposite directions, so one of the two has the wrong sign"
      : ""
  }.`;
}

function difference({ difference: { gamma, omega } }: OmegaComparison): string {
  if (gamma === null && omega === null) return "nothing to compare";
  const apart = Math.max(Math.abs(gamma ?? 0), Math.abs(omega ?? 0));
  return apart <= SAME
    ? "the same within the digits of the file"
    : `they differ by ${percent(apart)} of |γ + iω|`;
}

function times({ gamma, omega }: Mode, factor: number): Mode {
  const of = (v: number | null) => v === null ? null : v * factor;
  return { gamma: of(gamma), omega: of(omega) };
}

function tableOf(lines: OmegaLine[], shown: Shown | null): Plot["table"] {
  const unit = plain(unitOf("rate", shown?.units));
  return {
    heads: ["from", `ky ${GENE_GYRORADIUS.plain}`, "γ", "ω", "unit"],
    rows: [
      ...lines.map((l) => ["file", l.ky, l.gamma, l.omega, "c_ref/L_ref"]),
      ...(shown
        ? (["file", "document"] as const).map((from) => [
          from,
          null,
          shown[from].gamma,
          shown[from].omega,
          unit,
        ])
        : []),
    ],
  };
}
