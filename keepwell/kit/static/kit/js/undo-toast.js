/* A short word after an act, with the chance to take it back while it lasts. */
const SECONDS = 6;
const place = document.getElementById("toasts");

export function toast({ words, undo = "", seconds = 0, tone = "" }) {
  const element = document.getElementById("toast-shape")?.content.firstElementChild?.cloneNode(true);
  if (!element || !place) return;
  element.querySelector(".toast-words").textContent = words;
  element.classList.toggle("toast-bad", tone === "bad");
  const form = element.querySelector("[data-undo]");
  if (undo) {
    form.hidden = false;
    form.action = undo;
    form.setAttribute("hx-post", undo);
    element.dataset.seconds = seconds || SECONDS;
  } else form.remove();
  place.append(element);
  window.htmx?.process(element);
  show(element);
}

function show(element) {
  raise();
  const seconds = Number(element.dataset.seconds || 0);
  if (seconds) count(element, seconds);
  else if (!element.matches(".toast-bad")) wait(element, SECONDS);
}

/* Raised anew each time, so that it stands above any open dialog. */
function raise() {
  if (place.matches(":popover-open")) place.hidePopover();
  place.showPopover?.();
}

function count(element, seconds) {
  const bar = element.querySelector(".toast-left");
  bar.hidden = false;
  let left = seconds;
  const timer = setInterval(() => {
    if (!element.isConnected) return clearInterval(timer);
    left -= 1;
    bar.style.setProperty("--left", Math.max(0, left / seconds));
    if (left <= 0) dismiss(element);
  }, 1000);
}

/* Nobody has to read in a hurry: it stays while it is pointed at or holds the focus. */
function wait(element, seconds) {
  setTimeout(() => (element.matches(":hover, :focus-within") ? wait(element, 2) : dismiss(element)), seconds * 1000);
}

function dismiss(element) {
  element.remove();
  if (!place.childElementCount && place.matches(":popover-open")) place.hidePopover();
}

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-dismiss]")) dismiss(event.target.closest(".toast"));
  const said = event.target.closest("[data-toast]")?.dataset;
  if (said) toast({ words: said.toast, undo: said.toastUndo, seconds: Number(said.toastSeconds), tone: said.toastTone });
});
document.addEventListener("toast", (event) => toast(event.detail));
document.addEventListener("htmx:afterRequest", (event) => {
  const form = event.target.closest?.("[data-undo]");
  if (form && event.detail.successful) dismiss(form.closest(".toast"));
});
for (const element of place?.querySelectorAll(".toast") ?? []) show(element);
