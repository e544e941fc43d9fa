const LINE_PX = 1.75;

/** One panel in place of its drawing, from which its looks come. */
export function chart({ section, panel, record, uPlot, changed }) {
  const figure = section.querySelector(`[id="${section.id}-${panel.key}"]`);
  const drawing = figure.querySelector("svg");
  const { width, height } = drawing.getBoundingClientRect();
  const holder = document.createElement("div");
  holder.className = "zoomed";
  drawing.before(holder);
  drawing.classList.add("zoomed-away");
  const plot = new uPlot(
    options({ figure, panel, record, width, height, changed }),
    [record.time, ...panel.data],
    holder,
  );
  const redraw = () => plot.redraw(false);
  const dark = matchMedia("(prefers-color-scheme: dark)");
  dark.addEventListener("change", redraw);
  const resized = new ResizeObserver(() => {
    if (holder.clientWidth > 0 && holder.clientWidth !== plot.width) {
      plot.setSize({ width: holder.clientWidth, height });
    }
  });
  resized.observe(figure);
  return {
    stretch: (min, max) => plot.setScale("x", { min, max }),
    destroy() {
      resized.disconnect();
      dark.removeEventListener("change", redraw);
      plot.destroy();
      holder.remove();
      drawing.classList.remove("zoomed-away");
    },
  };
}

function options({ figure, panel, record, width, height, changed }) {
  const ink = () => getComputedStyle(figure).color;
  const axis = (label, size) => ({
    label,
    size,
    stroke: ink,
    font: "12px system-ui, sans-serif",
    labelFont: "12px system-ui, sans-serif",
    grid: { stroke: () => gridOf(figure), width: 1 },
    ticks: { stroke: () => gridOf(figure), width: 1 },
  });
  const named = (label, unit) => unit ? `${label} (${unit})` : label;
  return {
    width,
    height,
    legend: { show: false },
    cursor: { drag: { x: true, y: false } },
    scales: { x: { time: false }, y: { distr: panel.log ? 3 : 1 } },
    axes: [
      axis(named(record.x.label, record.x.unit), 40),
      axis(named(panel.label, panel.unit), 64),
    ],
    series: [
      {},
      ...panel.series.map((label, k) => ({
        label,
        width: LINE_PX,
        points: { show: false },
        ...lookOf(figure, k),
      })),
    ],
    hooks: {
      setScale: [(plot, key) => {
        const { min, max } = plot.scales.x;
        // While it is made, uPlot sets the scale before anybody can change it.
        if (key === "x" && plot.status === 1) changed(min, max);
      }],
    },
  };
}

/** Colour and dash of a line as the drawing has them. */
function lookOf(figure, k) {
  const line = figure.querySelector(`svg .s${k % 8} .line`);
  const dash = line?.getAttribute("stroke-dasharray")?.split(" ").map(Number);
  return {
    stroke: () => getComputedStyle(line ?? figure)[line ? "stroke" : "color"],
    ...(dash ? { dash } : {}),
  };
}

function gridOf(figure) {
  const line = figure.querySelector("svg .gridline");
  return line ? getComputedStyle(line).stroke : "#8888";
}
