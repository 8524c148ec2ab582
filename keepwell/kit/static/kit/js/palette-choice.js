/* One answer of a list box is chosen at a time; the focus stays in the field. */
const options = (list) => [...list.querySelectorAll("[role=option]")];

export function pick(input, list, number) {
  const all = options(list);
  const chosen = all[(number + all.length) % all.length];
  for (const option of all) option.setAttribute("aria-selected", String(option === chosen));
  if (!chosen) return input.removeAttribute("aria-activedescendant");
  input.setAttribute("aria-activedescendant", chosen.id);
  chosen.scrollIntoView({ block: "nearest" });
}

export function key(event, input, list) {
  const all = options(list);
  const at = all.findIndex((option) => option.getAttribute("aria-selected") === "true");
  if (event.key === "ArrowDown") pick(input, list, at + 1);
  else if (event.key === "ArrowUp") pick(input, list, at - 1);
  else if (event.key === "Enter") input.dispatchEvent(new CustomEvent("open-answer", { detail: all[at] }));
  else return;
  event.preventDefault();
}
