import { column } from "../../physics/columns.ts";
import {
  type Agreement,
  agreement,
  FEW_CASES,
  type FluxPair,
  HEAT_FLUXES,
  type HeatFlux,
} from "../../physics/flux_pairs.ts";
import { plainSymbol } from "../../physics/symbol.ts";
import { axisLabel } from "../family_points.ts";
import { plural, significant } from "../format.ts";
import { axis, type Plot } from "./plot.ts";
import type { PlotSeries } from "./series.tsx";

/** Saturation rules that have a look of their own. */
const MAX_RULES = 7;

/** The ratio of quasilinear to nonlinear heat flux against a column; each pair is a point. `linked`: points lead to both runs side by side. */
export function fluxMapPlot(
  { pairs, x, flux, linked = false }: {
    pairs: FluxPair[];
    x: string;
    flux: HeatFlux;
    linked?: boolean;
  },
): Plot {
  const name = plainSymbol(column(x)!.symbol) || column(x)!.label;
  const drawn = pairs.filter((p) => p.nonlinear.x !== null);
  return {
    name: "flux-map",
    title: `Quasilinear over nonlinear heat flux of the ${
      HEAT_FLUXES[flux]
    } against ${name}`,
    finding: agreementWords(agreement(pairs)),
    note: `${
      plural(drawn.length, "pair")
    } of runs with the same physics (all parameters within 0.2 %). Both fluxes are stored in n_e T_e v_ref ρ*², so that their ratio has no unit. The dashed line is perfect agreement; a crossed point has a nonlinear flux that is not known to be saturated and does not count.`,
    panels: [{
      key: "ratio",
      title: `Q(quasilinear)/Q(nonlinear), ${HEAT_FLUXES[flux]}`,
      xLabel: axisLabel(x),
      yLabel: axis(
        `Q_{${flux.at(-1)},QL}/Q_{${flux.at(-1)},NL}`,
      ),
      yLog: "always",
      levels: [1],
      crossed: "nonlinear flux not known to be saturated",
      series: seriesOf(drawn, { name, linked }),
    }],
    table: tableOf(pairs, name, flux),
  };
}

/** One series for each code and saturation rule of the quasilinear model; what is rarer is put together. */
function seriesOf(
  pairs: FluxPair[],
  { name, linked }: { name: string; linked: boolean },
): PlotSeries[] {
  const groups = [
    ...Map.groupBy(pairs, (p) => modelOf(p)),
  ].toSorted(([, a], [, b]) => b.length - a.length);
  const kept = groups.slice(0, MAX_RULES);
  const rest = groups.slice(MAX_RULES).flatMap(([, members]) => members);
  if (rest.length > 0) kept.push(["other models", rest]);
  return kept.map(([label, members], look) => ({
    look,
    label,
    line: [],
    points: members.map((p) => ({
      x: p.nonlinear.x!,
      y: p.ratio,
      mark: p.settled ? "filled" : "crossed",
      title: `${significant(p.ratio)} at ${name} = ${
        significant(p.nonlinear.x)
      }: run ${p.quasilinear.id} over run ${p.nonlinear.id}`,
      href: linked
        ? `/compare?run=${p.nonlinear.id}&run=${p.quasilinear.id}`
        : undefined,
    })),
  }));
}

function modelOf({ quasilinear: { code, rule } }: FluxPair): string {
  return `${code ?? "unknown code"}${rule === null ? "" : `, SAT${rule}`}`;
}

function tableOf(
  pairs: FluxPair[],
  name: string,
  flux: HeatFlux,
): Plot["table"] {
  const unit = "n_e T_e v_ref ρ*²";
  return {
    heads: [
      name,
      "ratio",
      `${flux} quasilinear (${unit})`,
      `${flux} nonlinear (${unit})`,
      "quasilinear run",
      "model",
      "nonlinear run",
      "code",
      "saturated",
      "case",
    ],
    rows: pairs.map((p) => [
      p.nonlinear.x,
      p.ratio,
      p.quasilinear[flux],
      p.nonlinear[flux],
      p.quasilinear.id,
      modelOf(p),
      p.nonlinear.id,
      p.nonlinear.code ?? "",
      p.nonlinear.saturated ?? "unknown",
      p.nonlinear.case_id,
    ]),
  };
}

/** What the pairs say together, in a sentence. */
export function agreementWords(found: Agreement | null): string {
  if (found === null) {
    return "No pair has a saturated nonlinear flux, so that there is nothing to judge the model by.";
  }
  const { cases, pairs, median, low, high } = found;
  const many = `${plural(cases, "case")} (${plural(pairs, "pair")})`;
  if (cases === 1) {
    return `A single case (${plural(pairs, "pair")}) has a ratio of ${
      significant(median)
    }: too little to judge the model by.`;
  }
  return cases < FEW_CASES
    ? `The median ratio over ${many} is ${significant(median)}, from ${
      significant(low)
    } to ${significant(high)}: too few cases to judge the model by.`
    : `The median ratio over ${many} is ${
      significant(median)
    }; half of the cases lie between ${significant(low)} and ${
      significant(high)
    }.`;
}
