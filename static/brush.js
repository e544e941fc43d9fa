/**
 * Dragging a rectangle over a cloud of runs makes a link that searches the runs in it; Escape takes it back. The form beside the plot has the
 * same bounds for the keyboard, for touch, and without JavaScript.
 */
/** Pixels below which a press is a click. */
const CLICK = 5;
const DIGITS = 4;

let drag = null;
let dragged = false;

// A finger scrolls: without a mouse there is nothing to drag with.
if (matchMedia("(any-pointer: fine)").matches) {
  document.querySelectorAll("[data-brush]").forEach(prepare);
}
document.addEventListener("pointermove", onMove);
document.addEventListener("pointerup", onEnd);
document.addEventListener("pointercancel", () => drag && clear(drag.figure));
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const figure of document.querySelectorAll("[data-brush]")) clear(figure);
});
// Before app.js, which opens the run that a click is at.
document.addEventListener("click", (event) => {
  if (dragged) event.stopPropagation();
  dragged = false;
}, true);

function prepare(figure) {
  const line = document.createElement("p");
  line.className = "brushed";
  line.setAttribute("role", "status");
  line.dataset.hint =
    "Drag a rectangle over the plot to search the runs in it.";
  line.textContent = line.dataset.hint;
  figure.querySelector("svg[role=img]").after(line);
  figure.addEventListener("pointerdown", onStart);
}

function onStart(event) {
  const svg = event.target.closest("svg[role=img]");
  // A finger scrolls.
  if (!svg || event.button !== 0 || event.pointerType === "touch") return;
  event.preventDefault();
  clear(event.currentTarget);
  const figure = event.currentTarget;
  drag = { figure, svg, from: placeOf(svg, event), screen: event };
}

function onMove(event) {
  if (!drag) return;
  const { screen, svg, figure } = drag;
  const moved = Math.hypot(
    event.clientX - screen.clientX,
    event.clientY - screen.clientY,
  );
  if (moved < CLICK && !drag.box) return;
  drag.box = boxOf(drag.from, placeOf(svg, event), brushOf(figure).frame);
  show(svg, drag.box);
}

function onEnd() {
  if (!drag) return;
  const { figure, box } = drag;
  drag = null;
  dragged = Boolean(box);
  if (box) offer(figure, box);
}

/** Where the pointer is, in the plot's own units. */
function placeOf(svg, { clientX, clientY }) {
  return new DOMPoint(clientX, clientY)
    .matrixTransform(svg.getScreenCTM().inverse());
}

/** The rectangle between two places, within the axes. */
function boxOf(a, b, { width, height, left, right, top, bottom }) {
  const within = (v, low, high) => Math.min(Math.max(v, low), high);
  const xs = [a.x, b.x].map((v) => within(v, left, width - right));
  const ys = [a.y, b.y].map((v) => within(v, top, height - bottom));
  return {
    x: [Math.min(...xs), Math.max(...xs)],
    y: [Math.min(...ys), Math.max(...ys)],
  };
}

function show(svg, { x, y }) {
  let rect = svg.querySelector(".brush");
  if (!rect) {
    rect = document.createElementNS(svg.namespaceURI, "rect");
    rect.setAttribute("class", "brush");
    svg.append(rect);
  }
  rect.setAttribute("x", x[0]);
  rect.setAttribute("y", y[0]);
  rect.setAttribute("width", x[1] - x[0]);
  rect.setAttribute("height", y[1] - y[0]);
}

/** A link to the search for the runs in the rectangle, with their number where they are drawn one by one. */
function offer(figure, box) {
  const { href, frame, ...axes } = brushOf(figure);
  const url = new URL(href, location.href);
  const across = [frame.left, frame.width - frame.right];
  const upwards = [frame.height - frame.bottom, frame.top];
  bound(url, axes.x, valuesOf(axes.x, box.x, across));
  bound(url, axes.y, valuesOf(axes.y, [box.y[1], box.y[0]], upwards));
  const data = figure.querySelector("script");
  const inside = data &&
    JSON.parse(data.textContent).filter(([x, y]) =>
      x >= box.x[0] && x <= box.x[1] && y >= box.y[0] && y <= box.y[1]
    ).length;
  const line = figure.querySelector(".brushed");
  if (inside === null || !isByAny(axes)) {
    return say(figure, url, inside, inside);
  }
  say(figure, url, null, null);
  const { firstChild } = line;
  countFound(url).then((found) => {
    // Another rectangle may have been drawn meanwhile.
    if (line.firstChild === firstChild) say(figure, url, found, inside);
  }, console.error);
}

/** A run stands at one of its wavenumbers, and the search finds it by any of them: then only the search can count. */
function isByAny({ x, y }) {
  return x.key === "ky" || y.key === "ky";
}

/** How many runs a search finds. */
async function countFound(url) {
  const address = new URL(url);
  address.pathname += ".json";
  address.searchParams.set("page", 1);
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address}: ${response.status}`);
  return (await response.json()).total;
}

/** The link, with the number that the search finds; null: not known. `inside` is the number of points in the rectangle. */
function say(figure, url, found, inside) {
  const line = figure.querySelector(".brushed");
  if (found === 0) {
    line.textContent = "No run is in the rectangle.";
    return;
  }
  const link = document.createElement("a");
  link.href = url.pathname + url.search;
  link.textContent = found === null
    ? "Search the runs in the rectangle"
    : found === 1
    ? "Search this run"
    : `Search these ${found.toLocaleString("en-GB")} runs`;
  const others = found === null || found <= inside
    ? " "
    : ` (${inside.toLocaleString("en-GB")} drawn in the rectangle; ${
      (found - inside).toLocaleString("en-GB")
    } with another of their wavenumbers in it) `;
  const back = document.createElement("button");
  back.type = "button";
  back.className = "link";
  back.textContent = "Clear";
  back.addEventListener("click", () => clear(figure));
  line.replaceChildren(link, others, back);
}

/** The axis runs from pixel `from` to pixel `to`. */
function valuesOf({ domain, log }, pixels, [from, to]) {
  const [low, high] = log ? domain.map(Math.log) : domain;
  return pixels.map((p) => {
    const value = low + (high - low) * (p - from) / (to - from);
    return Number((log ? Math.exp(value) : value).toPrecision(DIGITS));
  });
}

/** With one column on both axes the bounds of the second one hold. */
function bound(url, { key }, [min, max]) {
  url.searchParams.set(`${key}_min`, min);
  url.searchParams.set(`${key}_max`, max);
}

function clear(figure) {
  drag = null;
  figure.querySelector(".brush")?.remove();
  const line = figure.querySelector(".brushed");
  line.textContent = line.dataset.hint;
}

function brushOf(figure) {
  return JSON.parse(figure.dataset.brush);
}
