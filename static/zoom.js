/**
 * Buttons that zoom into plots over time: those with data-zoom. They stay hidden without this script; what they show is fetched when the
 * first of them is pressed.
 */
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
    const { showZoom } = await import("./zoom_view.js");
    open.set(button, await showZoom(button));
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
