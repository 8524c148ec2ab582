/* Focus is never lost: after a swap it stays on the same thing, or goes to what replaced it. */
let kept = null;

document.addEventListener("htmx:beforeSwap", () => {
  const here = document.activeElement;
  if (!here || here === document.body) return;
  kept = { here, ways: ways(here), parents: parents(here) };
});

document.addEventListener("htmx:afterSettle", () => {
  if (!kept) return;
  const { here, ways: selectors, parents: ids } = kept;
  kept = null;
  if (here.isConnected || document.activeElement !== document.body) return;
  const wanted = document.querySelector("[data-focus-here]") ?? first(selectors) ?? place(ids);
  wanted?.focus({ preventScroll: true });
});

function ways(element) {
  const found = [];
  if (element.id) found.push(`#${CSS.escape(element.id)}`);
  const inside = element.closest("[id]:not(body)");
  const scope = inside && inside !== element ? `#${CSS.escape(inside.id)} ` : "";
  for (const name of ["name", "data-key", "href", "hx-post", "aria-label"]) {
    const value = element.getAttribute(name);
    if (value) found.push(`${scope}${element.localName}[${name}="${CSS.escape(value)}"]`);
  }
  return found;
}

function parents(element) {
  const ids = [];
  for (let at = element.parentElement; at; at = at.parentElement) if (at.id) ids.push(at.id);
  return [...ids, "main"];
}

const first = (selectors) => selectors.map((selector) => document.querySelector(selector)).find(Boolean);

function place(ids) {
  const element = ids.map((id) => document.getElementById(id)).find(Boolean);
  if (element && !element.hasAttribute("tabindex")) element.tabIndex = -1;
  return element;
}

/* A form that came back with errors: the first of them. */
document.addEventListener("htmx:load", (event) => {
  event.detail.elt.querySelector?.('[aria-invalid="true"]')?.focus();
});
