import { chart } from "./zoom_chart.js";
import { about, fetchRecord, means, round } from "./zoom_record.js";

const LIBRARY = "./uplot-1.6.32.min.js?v=1.6.32";
const STYLE = "./uplot-1.6.32.min.css?v=1.6.32";

/** Shows every stored point of a button's plot in place of its drawing, and controls below the button. -> what takes all away again */
export async function showZoom(button) {
  const [{ default: uPlot }, record] = await Promise.all([
    import(LIBRARY),
    fetchRecord(button.dataset.zoom),
    loadStyle(),
  ]);
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
