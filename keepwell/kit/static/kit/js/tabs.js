/* Tabs of one box: arrow keys move, the chosen panel shows, its first field takes the focus when chosen by a key. */
const shown = (panel, selector) => [...panel.querySelectorAll(selector)].find((element) => element.checkVisibility());

export function tabs(box) {
  const all = [...box.querySelectorAll("[role=tab]")];
  const panel = (tab) => document.getElementById(tab.getAttribute("aria-controls"));
  const choose = (tab, event) => {
    for (const other of all) {
      other.setAttribute("aria-selected", String(other === tab));
      other.tabIndex = other === tab ? 0 : -1;
      const part = panel(other);
      part.hidden = other !== tab;
      for (const field of part.querySelectorAll("[data-only-shown]")) field.disabled = other !== tab;
    }
    if (event?.type === "click") (shown(panel(tab), "textarea, [contenteditable=true]") ?? shown(panel(tab), "input:not([type=hidden])"))?.focus();
  };
  for (const tab of all) tab.addEventListener("click", (event) => {
    if (tab.localName === "a") event.preventDefault();
    choose(tab, event);
  });
  box.querySelector("[role=tablist]")?.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const next = all[(all.indexOf(document.activeElement) + step + all.length) % all.length];
    choose(next);
    next.focus();
  });
}
