import { FRAME } from "./axes.tsx";
import { categoryScale, type Scale } from "./scale.ts";
import { dashOf, LOOKS, Marker, type PlotSeries } from "./series.tsx";

/** Share of a category's width that its bars fill. */
const FILLED = 0.72;
const MAX_WIDTH = 56;

/** Bars in groups, one group per category, each with the marker of its series at its end. */
export function Bars(
  { series, categories, y }: {
    series: PlotSeries[];
    categories: string[];
    y: Scale;
  },
) {
  const { left, right, width } = FRAME;
  const x = categoryScale(categories, { from: left, to: width - right });
  const bar = Math.min(MAX_WIDTH, x.step * FILLED / series.length);
  const floor = y.at(0);
  return (
    <>
      {series.map((s, k) => {
        const shift = (k - series.length / 2) * bar;
        return (
          <g class={`s s${s.look % LOOKS}`}>
            {s.points.map((p) => {
              const at = x.at(p.x) + shift;
              const tip = y.at(p.y);
              return (
                <>
                  <rect
                    class="bar-shape"
                    x={(at + bar * 0.06).toFixed(1)}
                    y={Math.min(tip, floor)}
                    width={(bar * 0.88).toFixed(1)}
                    height={Math.abs(tip - floor).toFixed(1)}
                    stroke-dasharray={dashOf(s.look)}
                  />
                  <Marker
                    look={s.look}
                    mark={p.mark}
                    x={Number((at + bar / 2).toFixed(1))}
                    y={tip}
                    title={p.title}
                  />
                </>
              );
            })}
          </g>
        );
      })}
    </>
  );
}
