/* A list by keyboard: j and k move, Enter opens, x ticks; and ticking many rows at once. */
import { isTyping } from "./shortcuts.js";
import { say } from "./words.js";

/* A list that fetched itself again keeps what was ticked and where one stood. */
const kept = new Map();

export function walk(list) {
  restore(list);
  document.addEventListener("keydown", (event) => list.isConnected && onKey(list, event));
  list.addEventListener("click", (event) => onTick(list, event));
  list.addEventListener("change", () => told(list));
  told(list);
}

const nameOf = (row) => row.querySelector("[data-open]")?.getAttribute("href");

function restore(list) {
  const { ticked, at } = kept.get(list.id) ?? {};
  if (!list.id || !ticked) return;
  for (const box of ticks(list)) box.checked = ticked.has(box.value);
  if (at && !list.querySelector("[data-at]")) rows(list).find((row) => nameOf(row) === at)?.setAttribute("data-at", "");
}

function remember(list) {
  const here = list.querySelector("[data-row][data-at]");
  kept.set(list.id, { ticked: new Set(ticks(list).filter((box) => box.checked).map((box) => box.value)), at: here && nameOf(here) });
}

const rows = (list) => [...list.querySelectorAll("[data-row]")];
const ticks = (list) => [...list.querySelectorAll(".list-tick:not([data-tick-all])")];

function onKey(list, event) {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  if (document.querySelector("dialog[open]") || !list.checkVisibility()) return;
  const here = list.querySelector("[data-row][data-at]");
  if (event.key === "j" || event.key === "k") move(list, here, event.key === "j" ? 1 : -1);
  else if (event.key === "x" && here) here.querySelector(".list-tick")?.click();
  else if (event.key === "Enter" && here && !event.target.closest("a, button, input, summary")) here.querySelector("[data-open]")?.click();
  else return;
  event.preventDefault();
}

function move(list, here, step) {
  const all = rows(list);
  const next = all[Math.min(all.length - 1, Math.max(0, all.indexOf(here) + (here ? step : 1)))];
  if (!next) return;
  here?.removeAttribute("data-at");
  next.setAttribute("data-at", "");
  next.scrollIntoView({ block: "nearest" });
  next.querySelector("[data-open]")?.focus({ preventScroll: true });
  remember(list);
  next.dispatchEvent(new CustomEvent("row", { bubbles: true }));
}

let last = null;
function onTick(list, event) {
  const box = event.target.closest(".list-tick");
  if (!box) return;
  const all = ticks(list);
  if ("tickAll" in box.dataset) for (const each of all) each.checked = box.checked;
  else if (event.shiftKey && last) {
    const [from, to] = [all.indexOf(last), all.indexOf(box)].sort((a, b) => a - b);
    if (from >= 0) for (const each of all.slice(from, to + 1)) each.checked = box.checked;
  }
  last = box;
}

/* The bar of acts on many rows stands only while rows are ticked: [data-bulk="id of the list"]. */
function told(list) {
  remember(list);
  const count = ticks(list).filter((box) => box.checked).length;
  const every = list.querySelector("[data-tick-all]");
  if (every) {
    every.checked = count > 0 && count === ticks(list).length;
    every.indeterminate = count > 0 && !every.checked;
  }
  const bar = list.id && document.querySelector(`[data-bulk="${CSS.escape(list.id)}"]`);
  if (!bar) return;
  bar.hidden = count === 0;
  const words = bar.querySelector("[data-bulk-count]");
  if (words) words.textContent = say("selected", { count });
}
