/**
 * Zooms into plots over time. Each button with data-zoom stays hidden without this script; pressed, it fetches every stored point of
 * its plot (arranged as in physics/plots/record.ts) and uPlot, and shows them in place of the drawing. Looks come from the drawing.
 */
const LIBRARY = "./uplot-1.6.32.min.js?v=1.6.32";
const STYLE = "./uplot-1.6.32.min.css?v=1.6.32";
const LINE_PX = 1.75;
const DIGITS = 4;

document.addEventListener("htmx:after:process", reveal);
document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-zoom]");
  if (button) toggle(button);
});
reveal();

function reveal() {
  for (const button of document.querySelectorAll("[data-zoom][hidden]")) {
    button.hidden = false;
  }
}

/** What ends the zoom that a button opened. */
const open = new WeakMap();

async function toggle(button) {
  const end = open.get(button);
  if (end) {
    open.delete(button);
    end();
    return label(button, "Interactive zoom", false);
  }
  button.disabled = true;
  try {
    const [{ default: uPlot }, record] = await Promise.all([
      import(LIBRARY),
      fetchRecord(button.dataset.zoom),
      loadStyle(),
    ]);
    open.set(button, show(button, record, uPlot));
    label(button, "Close the zoom", true);
  } catch (error) {
    console.error(error);
    label(button, "Could not load the points: try again", false);
  } finally {
    button.disabled = false;
    button.focus();
  }
}

function label(button, text, isOpen) {
  button.textContent = text;
  button.setAttribute("aria-expanded", String(isOpen));
}

function loadStyle() {
  const href = new URL(STYLE, import.meta.url).href;
  if ([...document.styleSheets].some((sheet) => sheet.href === href)) return;
  const link = Object.assign(document.createElement("link"), {
    rel: "stylesheet",
    href,
  });
  return new Promise((done, fail) => {
    link.onload = done;
    link.onerror = fail;
    document.head.append(link);
  });
}

async function fetchRecord(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address}: ${response.status}`);
  return unpacked(await response.arrayBuffer());
}

/** The record of some bytes; a line is an array of numbers, null where there is none. */
function unpacked(buffer) {
  const [lines, points, length] = new Uint32Array(buffer, 0, 3);
  const header = JSON.parse(
    new TextDecoder().decode(new Uint8Array(buffer, 12, length)),
  );
  const line = (k) =>
    new Float32Array(buffer, 12 + length + 4 * k * points, points);
  const all = Array.from({ length: lines }, (_, k) => line(k + 1));
  let first = 0;
  const panels = header.panels.map((panel) => {
    const last = first + panel.series.length;
    const data = all.slice(first, last).map((values) => gapped(values, panel));
    first = last;
    return { ...panel, data };
  });
  return { ...header, points, time: line(0), panels };
}

/** As a typed array where every number can be drawn, which is the quickest. */
function gapped(values, { log }) {
  const isDrawn = (v) => Number.isFinite(v) && (!log || v > 0);
  return values.every(isDrawn)
    ? values
    : Array.from(values, (v) => isDrawn(v) ? v : null);
}

/** Shows a record below the button's plot. -> what takes it away again */
function show(button, record, uPlot) {
  const section = button.closest("section");
  const ends = [record.time[0] ?? 0, record.time.at(-1) ?? 1];
  const bar = controls(record, (from, to) => stretch(from, to));
  button.after(bar.element);
  let [from, to] = ends;
  const plots = record.panels.map((panel) =>
    chart({ section, panel, record, uPlot, changed: stretch })
  );

  /** Shows a stretch of the time in every panel, and says what its means are. */
  function stretch(start, end) {
    if (start === from && end === to) return;
    [from, to] = end > start ? [start, end] : ends;
    for (const plot of plots) plot.stretch(from, to);
    bar.say(from, to);
  }
  bar.reset.addEventListener("click", () => stretch(...ends));
  bar.say(from, to);
  return () => {
    plots.forEach((plot) => plot.destroy());
    bar.element.remove();
  };
}

/** Bounds of the window as fields, a button to see all, and the means as a text that is read out. */
function controls(record, choose) {
  const element = document.createElement("div");
  element.className = "zoom-bar";
  const { label, unit } = record.x;
  const fields = ["from", "to"].map((word) => {
    const input = Object.assign(document.createElement("input"), {
      type: "number",
      step: "any",
    });
    const text = document.createElement("label");
    text.append(`${word === "from" ? `${label} from ` : "to "}`, input);
    input.addEventListener("change", () => {
      const [start, end] = fields.map((f) => f.input.valueAsNumber);
      if (Number.isFinite(start) && Number.isFinite(end)) choose(start, end);
    });
    return { input, text };
  });
  const reset = Object.assign(document.createElement("button"), {
    type: "button",
    className: "secondary",
    textContent: "Reset zoom",
  });
  const says = document.createElement("output");
  says.setAttribute("aria-live", "polite");
  const hint = document.createElement("p");
  hint.className = "muted";
  hint.textContent =
    `Drag over a stretch of time to zoom in, double-click to see all. ${
      about(record)
    }`;
  element.append(...fields.map((f) => f.text), unit, reset, says, hint);
  return {
    element,
    reset,
    say(from, to) {
      fields.forEach((f, k) => f.input.value = round([from, to][k]));
      says.textContent = means(record, from, to);
    },
  };
}

function about({ points, stored, every }) {
  const n = points.toLocaleString("en-GB");
  return every > 1
    ? `${n} points: one in ${every} of ${stored.toLocaleString("en-GB")}.`
    : `All ${n} points.`;
}

/** Mean and standard deviation of each line over a stretch of the time, in words. */
function means({ x, time, panels }, from, to) {
  const seen = [...time.keys()].filter((k) => time[k] >= from && time[k] <= to);
  const sentences = panels.map(({ title, unit, series, data }) => {
    const words = series.map((name, k) => {
      const { mean, deviation, n } = moments(data[k], seen);
      return n === 0
        ? `${name} no number`
        : `${name} ${round(mean)} ± ${round(deviation)}`;
    });
    return `${title}${unit && ` (${unit})`}: ${words.join(", ")}.`;
  });
  return `Mean ± standard deviation of ${
    seen.length.toLocaleString("en-GB")
  } points over ${x.label} = ${round(from)} to ${round(to)} ${x.unit}. ${
    sentences.join(" ")
  }`;
}

function moments(values, seen) {
  const held = seen.map((k) => values[k]).filter((v) => v !== null);
  const n = held.length;
  const mean = held.reduce((sum, v) => sum + v, 0) / n;
  const square = held.reduce((sum, v) => sum + (v - mean) ** 2, 0) / n;
  return { n, mean, deviation: Math.sqrt(square) };
}

function round(value) {
  return String(Number(value.toPrecision(DIGITS)));
}

/** One panel in place of its drawing. */
function chart({ section, panel, record, uPlot, changed }) {
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
