/**
 * What pages gain from JavaScript beyond htmx. Nothing here is needed: every link and form works without it.
 *
 * data-copy="text" or data-copy="#id" on a button copies; <time data-relative datetime> stays current; hx-confirm asks in a dialog.
 */
const TICK_MS = 30_000;
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
document.addEventListener("visibilitychange", refreshTimes);
setInterval(refreshTimes, TICK_MS);
enhance();

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
