/* Go to anything, do anything: what this page offers by key, then what the server finds. */
import { key, pick } from "./palette-choice.js";
import { say } from "./words.js";

const PAUSE_MS = 120;

export function palette(dialog) {
  const input = dialog.querySelector("[role=combobox]");
  const list = dialog.querySelector("[role=listbox]");
  let timer = 0;
  let asked = 0;

  async function search() {
    const words = input.value.trim();
    const number = ++asked;
    const here = offered().filter((answer) => matches(answer.label, words));
    draw(list, here, words);
    const found = await fetched(dialog.dataset.url, words);
    if (number === asked) draw(list, [...here, ...found], words);
    pick(input, list, 0);
  }

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(search, PAUSE_MS);
  });
  input.addEventListener("keydown", (event) => key(event, input, list));
  list.addEventListener("click", (event) => run(event.target.closest("[role=option]"), dialog));
  input.addEventListener("open-answer", (event) => run(event.detail, dialog));
  new MutationObserver(() => {
    if (!dialog.open) return;
    input.select();
    search();
  }).observe(dialog, { attributeFilter: ["open"] });
}

/* Acts on the present page are its own buttons: what can be pressed there can be found here. */
function offered() {
  return [...document.querySelectorAll("[data-key]:not(dialog *)")]
    .filter((element) => element.checkVisibility() && !element.disabled)
    .map((element) => ({ label: label(element), hint: element.querySelector("kbd")?.textContent ?? element.dataset.key.toUpperCase(), group: say("here"), element }));
}

const label = (element) => element.getAttribute("aria-label") || [...element.childNodes].filter((node) => node.nodeType === 3).map((node) => node.textContent).join(" ").trim();
const matches = (text, words) => words.toLowerCase().split(/\s+/).every((word) => text.toLowerCase().includes(word));

/* Answers of the server: {"answers": [{"group", "label", "hint", "href"}]}. */
async function fetched(url, words) {
  if (!url) return [];
  try {
    const response = await fetch(`${url}?q=${encodeURIComponent(words)}`, { headers: { Accept: "application/json" } });
    return response.ok ? (await response.json()).answers : [];
  } catch {
    return [];
  }
}

function draw(list, answers, words) {
  list.replaceChildren();
  let group = "";
  answers.forEach((answer, number) => {
    if (answer.group && answer.group !== group) list.append(heading((group = answer.group)));
    list.append(option(answer, number));
  });
  if (!answers.length && words) list.append(heading(say("nothing_found"), "palette-none"));
}

function heading(text, name = "") {
  const element = document.createElement(name ? "p" : "h3");
  element.className = name;
  element.setAttribute("role", "presentation");
  element.textContent = text;
  return element;
}

function option(answer, number) {
  const element = document.createElement(answer.href ? "a" : "div");
  element.className = "palette-answer";
  element.id = `palette-answer-${number}`;
  element.setAttribute("role", "option");
  if (answer.href) element.href = answer.href;
  element.tabIndex = -1;
  element.append(Object.assign(document.createElement("span"), { className: "cut", textContent: answer.label }));
  if (answer.hint) element.append(Object.assign(document.createElement("small"), { textContent: answer.hint }));
  element.does = answer.element;
  return element;
}

function run(element, dialog) {
  if (!element) return;
  dialog.close();
  if (element.does) element.does.click();
  else if (element.href) location.assign(element.href);
}

document.addEventListener("keydown", (event) => {
  if (event.target.matches?.("[data-opens-palette]") && event.key === "ArrowDown") document.getElementById("palette")?.showModal();
});
