import type {
  FieldStructure,
  ModeStructure,
} from "../../physics/plots/mode_structure.ts";
import type { Maybe } from "../../physics/simulation.ts";
import { significant } from "../format.ts";
import { FIELD_SYMBOLS } from "../run_fluxes.tsx";
import type { UnitSystem } from "../../physics/units.ts";
import { axis, GYRORADII, type Panel, plain, type Plot } from "./plot.ts";
import { lineSeries } from "./series_of.ts";
import { joined } from "./trace.ts";

/** |phi| at the ends above this share of the peak: the structure is cut off. */
const CUT_OFF = 0.1;
/** Below this nothing is left. */
const NOTHING = 1e-6;
const PERCENT = 100;
const PARTS = [
  { key: "size", label: (s: string) => `|${s}|` },
  { key: "real", label: (s: string) => `Re ${s}` },
  { key: "imaginary", label: (s: string) => `Im ${s}` },
] as const;

/** The fields of a mode along the field line. Only its wavenumber has `units`; `factor` leads to them from the stored one. */
export function modeStructurePlot(
  structure: ModeStructure,
  { units, factor }: { units: UnitSystem; factor: number } = {
    units: "stored",
    factor: 1,
  },
): Plot {
  const { fields, ky } = structure;
  return {
    name: "mode-structure",
    title: "Mode structure along the field line",
    finding: finding(structure),
    note: `${
      ky === null || ky === 0
        ? ""
        : `Mode at |ky| ${GYRORADII[units].plain} = ${
          significant(Math.abs(ky * factor))
        }. `
    }All fields over the largest |ϕ|, turned so that ϕ is real where it is largest.`,
    panels: fields.map(panelOf),
    table: {
      heads: [
        "θ/π",
        ...fields.flatMap(({ field }) =>
          PARTS.map((p) => p.label(plain(FIELD_SYMBOLS[field])))
        ),
      ],
      rows: joined(fields.flatMap((f) => PARTS.map((p) => f[p.key]))),
    },
  };
}

function panelOf(structure: FieldStructure): Panel {
  const notation = FIELD_SYMBOLS[structure.field];
  return {
    key: structure.field,
    title: `Field ${plain(notation)}`,
    xLabel: axis("θ/π"),
    yLabel: axis(`${notation}/|ϕ|_{max}`),
    xLinear: true,
    series: PARTS.map(({ key, label }, look) =>
      lineSeries({
        look,
        label: label(plain(notation)),
        points: structure[key],
        x: "θ/π",
      })
    ),
  };
}

function finding({ ky, peak, reach, end }: ModeStructure): string {
  const where = Math.abs(peak) < 0.05
    ? "at the outboard midplane"
    : `at θ = ${significant(peak)} π`;
  const left = end < NOTHING ? "nothing" : `${significant(end * PERCENT)} %`;
  return `|ϕ| is largest ${where}; at the ends, ${
    significant(reach)
  } π away, ${left} of it is left${
    isBallooning(ky) && end > CUT_OFF ? ", so the structure is cut off" : ""
  }.`;
}

/** A mode without k_y is periodic along the field line: nothing of it lies beyond the ends. */
function isBallooning(ky: Maybe): boolean {
  return ky !== null && ky !== 0;
}
