import type { SymbolPart } from "../../physics/symbol.ts";
import type { Scale } from "./scale.ts";

/** Size of a plot in its own units and the room around its area; labels keep clear of ticks (ui.md 3). */
export const FRAME = {
  width: 480,
  height: 320,
  left: 68,
  right: 14,
  top: 18,
  bottom: 48,
} as const;
const TICK = 5;
const LABEL_BELOW = 38;
const LABEL_LEFT = 18;

/** Gridlines, ticks and labels around the area of a plot, and a line at zero where it lies inside. */
export function Axes(
  { x, y, xLabel, yLabel }: {
    x: Scale;
    y: Scale;
    xLabel: SymbolPart[];
    yLabel: SymbolPart[];
  },
) {
  const { width, height, left, right, top, bottom } = FRAME;
  const [floor, edge] = [height - bottom, width - right];
  const zero = y.domain[0] <= 0 && y.domain[1] >= 0 ? y.at(0) : null;
  return (
    <g aria-hidden="true">
      {y.ticks.map((t) => (
        <g>
          <line
            class="gridline"
            x1={left}
            x2={edge}
            y1={y.at(t.value)}
            y2={y.at(t.value)}
          />
          <text
            x={left - TICK - 3}
            y={y.at(t.value)}
            dy="0.32em"
            text-anchor="end"
            fill="currentColor"
          >
            {t.label}
          </text>
        </g>
      ))}
      {x.ticks.map((t) => (
        <g>
          <line
            class="axis"
            x1={x.at(t.value)}
            x2={x.at(t.value)}
            y1={floor}
            y2={floor + TICK}
          />
          <text
            x={x.at(t.value)}
            y={floor + TICK + 13}
            text-anchor="middle"
            fill="currentColor"
          >
            {t.label}
          </text>
        </g>
      ))}
      {y.power !== 0 && (
        <text x={left} y={top - 3} fill="currentColor">
          <PowerOfTen power={y.power} />
        </text>
      )}
      {x.power !== 0 && (
        <text
          x={edge}
          y={floor + LABEL_BELOW}
          text-anchor="end"
          fill="currentColor"
        >
          <PowerOfTen power={x.power} />
        </text>
      )}
      {zero !== null && (
        <line class="zero" x1={left} x2={edge} y1={zero} y2={zero} />
      )}
      <path class="axis" fill="none" d={`M${left},${top}V${floor}H${edge}`} />
      <text
        x={(left + edge) / 2}
        y={floor + LABEL_BELOW}
        text-anchor="middle"
        fill="currentColor"
      >
        <SvgSymbol parts={xLabel} />
      </text>
      <text
        transform={`translate(${LABEL_LEFT},${(top + floor) / 2}) rotate(-90)`}
        text-anchor="middle"
        fill="currentColor"
      >
        <SvgSymbol parts={yLabel} />
      </text>
    </g>
  );
}

function PowerOfTen({ power }: { power: number }) {
  const parts: SymbolPart[] = [
    { text: "× 10", style: "plain" },
    { text: String(power).replace("-", "−"), style: "sup" },
  ];
  return <SvgSymbol parts={parts} />;
}

const SHIFT = 0.35;

/** A symbol inside svg text: italics, and sub- and superscripts by shifting what follows back. */
export function SvgSymbol({ parts }: { parts: SymbolPart[] }) {
  const shifts = parts.map(({ style }) =>
    style === "sub" ? SHIFT : style === "sup" ? -SHIFT : 0
  );
  return (
    <>
      {parts.map(({ text, style }, k) => {
        const raised = shifts[k] !== 0;
        const before = k === 0 ? 0 : shifts[k - 1]!;
        // In em of this part's own size, hence the different factors.
        const dy = raised ? (shifts[k]! - before) / 0.75 : -before;
        return (
          <tspan
            font-style={style === "italic" ? "italic" : undefined}
            font-size={raised ? "75%" : undefined}
            dy={dy === 0 ? undefined : `${dy.toFixed(2)}em`}
          >
            {text}
          </tspan>
        );
      })}
    </>
  );
}
