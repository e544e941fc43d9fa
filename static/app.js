/**
 * What pages gain from JavaScript beyond htmx. Nothing here is needed: every link and form works without it.
 *
 * data-copy="text" or data-copy="#id" on a button copies; <time data-relative datetime> stays current; hx-confirm asks in a dialog.
 */
const TICK_MS = 30_000;
/** Units of a plot within which a point counts as pointed at. */
const NEAR = 12;
const STEPS = [
  [31_536_000, "year"],
  [2_592_000, "month"],
  [86_400, "day"],
  [3600, "hour"],
  [60, "minute"],
];

document.addEventListener("htmx:confirm", ask);
document.addEventListener("htmx:error", () => toast("Could not update."));
document.addEventListener("htmx:response:error", onResponseError);
document.addEventListener("htmx:before:request", (e) => busy(e, true));
document.addEventListener("htmx:finally:request", (e) => busy(e, false));
document.addEventListener("htmx:after:swap", onSwap);
document.addEventListener("htmx:before:swap", onBeforeSwap);
document.addEventListener("htmx:after:process", onNewContent);
document.addEventListener("htmx:sse:error", (e) => {
  if (e.detail.status === 401) location.reload();
});
document.addEventListener("click", onClick);
document.addEventListener("pointermove", onPointer);
document.addEventListener("click", openNearest);
document.addEventListener("click", onBar);
document.addEventListener("visibilitychange", refreshTimes);
setInterval(refreshTimes, TICK_MS);
enhance();
// What htmx has brought before this script came.
countInTitle();

/** Adds what only makes sense with JavaScript, once per element. */
function enhance() {
  for (const button of document.querySelectorAll("[data-copy][hidden]")) {
    button.hidden = false;
  }
  for (const input of document.querySelectorAll("[type=password]")) {
    if (!input.previousElementSibling?.matches(".reveal")) addReveal(input);
  }
  refreshTimes();
}

function addReveal(input) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "link reveal";
  button.textContent = "Show";
  button.setAttribute("aria-controls", input.id);
  button.setAttribute("aria-pressed", "false");
  button.setAttribute("aria-label", "Show password");
  button.addEventListener("click", () => {
    const shown = input.type === "text";
    input.type = shown ? "password" : "text";
    button.textContent = shown ? "Show" : "Hide";
    button.setAttribute("aria-pressed", String(!shown));
  });
  input.before(button);
}

function onSwap(event) {
  busy(event, false);
  // htmx sets the title after this.
  setTimeout(countInTitle);
}

let focusCount = false;

/** Notes a link that is about to be replaced: the focus would fall back to the top of the page. */
function onBeforeSwap(event) {
  const source = event.detail.ctx?.sourceElement;
  focusCount = Boolean(source?.matches?.(".pager a, .chips a, thead a"));
}

/** Events of elements that were replaced reach nobody, so what follows a swap hangs on what came in. */
function onNewContent() {
  document.getElementById("toasts")?.replaceChildren();
  enhance();
  if (focusCount) document.getElementById("count")?.focus();
  focusCount = false;
  setTimeout(countInTitle);
}

/** Shows the number of unfinished downloads in the tab. */
function countInTitle() {
  const count = document.getElementById("dl-badge")?.textContent.trim();
  const title = document.title.replace(/^\(\d+\) /, "");
  document.title = /^\d+$/.test(count ?? "") && count !== "0"
    ? `(${count}) ${title}`
    : title;
}

function busy(event, on) {
  const { ctx } = event.detail;
  if (ctx?.target?.isConnected && ctx.target.id !== "dl-badge") {
    if (on) ctx.target.setAttribute("aria-busy", "true");
    else ctx.target.removeAttribute("aria-busy");
  }
}

function onResponseError(event) {
  const { response, sourceElement } = event.detail.ctx;
  if (response.status === 401) {
    if (!response.headers.get("HX-Redirect")) location.reload();
    return;
  }
  if (response.status === 422 || sourceElement?.id === "dl-badge") return;
  toast(
    response.status === 429
      ? "Too many requests. Please wait a little."
      : `Could not update (${response.status}).`,
  );
}

/** Asks in one dialog of our own; Esc and No drop the request, the focus returns to what was pressed. */
function ask(event) {
  event.preventDefault();
  const { ctx, issueRequest, dropRequest } = event.detail;
  const dialog = document.createElement("dialog");
  dialog.className = "confirm";
  const text = document.createElement("p");
  text.id = "confirm-text";
  text.textContent = ctx.confirm;
  dialog.setAttribute("aria-labelledby", text.id);
  const actions = document.createElement("div");
  actions.className = "actions";
  actions.append(
    choice("No", "secondary", () => dialog.close("")),
    choice("Yes", "danger", () => dialog.close("yes")),
  );
  dialog.append(text, actions);
  dialog.addEventListener("close", () => {
    dialog.remove();
    if (dialog.returnValue === "yes") issueRequest();
    else dropRequest();
  });
  document.body.append(dialog);
  dialog.showModal();
}

function choice(label, className, act) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = className;
  button.textContent = label;
  button.addEventListener("click", act);
  return button;
}

/** A message in the corner, read out; it stays until it is closed or something works again. */
function toast(message) {
  let box = document.getElementById("toasts");
  if (!box) {
    box = document.createElement("div");
    box.id = "toasts";
    box.setAttribute("role", "status");
    document.body.append(box);
  }
  const line = document.createElement("p");
  line.append(message, choice("Close", "link", () => line.remove()));
  box.replaceChildren(line);
}

/** A bar of a histogram is a link; only the results change, so that the filters stay where they were scrolled to. */
function onBar(event) {
  const bar = event.target.closest?.(".histogram a");
  const opensElsewhere = event.ctrlKey || event.metaKey || event.shiftKey;
  if (!bar || opensElsewhere || event.button !== 0) return;
  event.preventDefault();
  htmx.ajax("GET", bar.getAttribute("href"), {
    target: "#results",
    swap: "outerHTML",
  });
}

async function onClick(event) {
  const button = event.target.closest?.("[data-copy]");
  if (!button) return;
  const what = button.dataset.copy;
  const text = what.startsWith("#")
    ? document.querySelector(what)?.textContent
    : what;
  try {
    await navigator.clipboard.writeText(text.trim());
    const before = button.textContent;
    button.textContent = "Copied";
    setTimeout(() => button.textContent = before, 2000);
  } catch {
    toast("Your browser did not allow copying.");
  }
}

function refreshTimes() {
  for (const time of document.querySelectorAll("time[data-relative]")) {
    time.textContent = ago(new Date(time.dateTime));
  }
}

/** As `ago` in components/format.ts. */
function ago(moment) {
  const seconds = (Date.now() - moment) / 1000;
  for (const [size, unit] of STEPS) {
    const n = Math.floor(Math.abs(seconds) / size);
    if (Math.abs(seconds) >= size) {
      const words = `${n.toLocaleString("en-GB")} ${unit}${n === 1 ? "" : "s"}`;
      return seconds > 0 ? `${words} ago` : `in ${words}`;
    }
  }
  return seconds >= 0 ? "just now" : "in a moment";
}

/** Places of a cloud of points in its own units, with the number of the run: read once. */
const clouds = new WeakMap();

/** Names the run nearest to the pointer in a cloud of points, and rings it. */
function onPointer(event) {
  const svg = event.target.closest?.(".cloud svg[role=img]");
  const data = svg?.parentElement.querySelector("script");
  if (!data) return;
  if (!clouds.has(svg)) clouds.set(svg, JSON.parse(data.textContent));
  const at = new DOMPoint(event.clientX, event.clientY)
    .matrixTransform(svg.getScreenCTM().inverse());
  let best = null;
  let least = NEAR ** 2;
  for (const place of clouds.get(svg)) {
    const distance = (place[0] - at.x) ** 2 + (place[1] - at.y) ** 2;
    if (distance < least) [best, least] = [place, distance];
  }
  showNearest(svg, best);
}

function showNearest(svg, place) {
  const figure = svg.parentElement;
  svg.querySelector(".ring")?.remove();
  figure.querySelector(".nearest").textContent = place
    ? `Run ${place[2]}: click to open`
    : "";
  if (!place) return delete figure.dataset.run;
  figure.dataset.run = place[2];
  const ring = document.createElementNS(svg.namespaceURI, "circle");
  ring.setAttribute("class", "ring");
  ring.setAttribute("cx", place[0]);
  ring.setAttribute("cy", place[1]);
  ring.setAttribute("r", 5);
  svg.append(ring);
}

function openNearest(event) {
  const figure = event.target.closest?.(".cloud svg[role=img]")?.parentElement;
  if (!figure?.dataset.run) return;
  const address = `/runs/${figure.dataset.run}`;
  if (event.ctrlKey || event.metaKey) open(address, "_blank", "noopener");
  else location.assign(address);
}
