/* One key, one act: an element with data-key is pressed (or filled in) by that key. Never while somebody types. */
const OFF = "keepwell:keys-off";

export const isTyping = (element) =>
  !!element?.closest?.("input:not([type=checkbox], [type=radio], [type=button], [type=submit]), textarea, select, [contenteditable=true]");

const isShown = (element) => element.checkVisibility?.({ visibilityProperty: true }) ?? !!element.offsetParent;

function wanted(key) {
  const open = [...document.querySelectorAll("dialog[open]")].at(-1);
  return [...(open ?? document).querySelectorAll(`[data-key="${CSS.escape(key)}"]`)].find(isShown);
}

function press(element) {
  if (element.matches("input, textarea, select")) element.focus();
  else element.click();
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.isComposing || event.altKey) return;
  const isCommand = event.ctrlKey || event.metaKey;
  if (isCommand && event.key === "Enter") return send(event);
  if (isCommand && event.key.toLowerCase() === "k") return open(event, "palette");
  if (isCommand || isTyping(event.target) || event.target.closest?.("[role=listbox]")) return;
  if (event.key === "?" && !document.querySelector("dialog[open]")) return open(event, "keys");
  if (localStorage.getItem(OFF)) return;
  const element = event.key.length === 1 && wanted(event.key);
  if (!element) return;
  event.preventDefault();
  press(element);
});

function open(event, id) {
  const dialog = document.getElementById(id);
  if (!dialog) return;
  event.preventDefault();
  if (!dialog.open) dialog.showModal();
}

/* Ctrl Enter sends what is being written, by the form's main button. */
function send(event) {
  const form = event.target.closest?.("form");
  if (!form || !isTyping(event.target)) return;
  event.preventDefault();
  form.requestSubmit(form.querySelector("[data-sends], .button-main[type=submit]") ?? undefined);
}

document.addEventListener("change", (event) => {
  if (!event.target.matches("[data-keys-switch]")) return;
  if (event.target.checked) localStorage.removeItem(OFF);
  else localStorage.setItem(OFF, "1");
});
for (const box of document.querySelectorAll("[data-keys-switch]")) box.checked = !localStorage.getItem(OFF);
