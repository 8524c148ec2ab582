/* Answers and notes with their text formatted. The text area stays what is kept and sent, and holds Markdown; this is
   its face. Without it, where it fails to load, or where somebody prefers it so, the text area is the box.

   <textarea data-rich="address that gives Markdown as HTML" data-rich-pictures="address of a picture, with 0 for its number">. */
import { say } from "./words.js";

const PLAIN = "keepwell:plain-box";
const MOMENT_MS = 300;
const prefersPlain = () => localStorage.getItem(PLAIN) !== null;
const opening = new WeakSet();
const composing = new WeakSet();

export function richBox(field) {
  field.addEventListener("focus", () => open(field));
  field.addEventListener("compositionstart", () => composing.add(field));
  field.addEventListener("compositionend", () => composing.delete(field));
  field.addEventListener("keepwell:plain", () => prefer(field, true));
  if (prefersPlain()) offer(field);
  else if (field.value.trim() || document.activeElement === field) open(field);
}

/* The box that holds the text with its formats, once it is sure to keep all of it. */
async function open(field) {
  if (opening.has(field) || field.hidden || prefersPlain()) return;
  opening.add(field);
  field.parentElement.querySelector(".rich-refused")?.remove();
  try {
    const { Rich } = await import("./rich-element.js");
    while (field.isConnected && !prefersPlain()) if (await isDone(field, Rich)) return;
  } catch {
    /* The text area is there, and works. */
  } finally {
    opening.delete(field);
  }
}

/* Only what was not typed on while the server read it is put into the other box. */
async function isDone(field, Rich) {
  const text = field.value;
  const html = text.trim() ? await read(field, text) : "";
  const rich = new Rich(field, html);
  const isKept = !text.trim() || rich.markdown === text || same(await read(field, rich.markdown), html);
  if (field.value !== text || composing.has(field) || !field.isConnected) {
    rich.leave();
    await new Promise((resolve) => setTimeout(resolve, MOMENT_MS));
    return false;
  }
  if (isKept) rich.enter();
  else {
    rich.leave();
    refuse(field);
  }
  return true;
}

async function read(field, text) {
  const token = JSON.parse(document.body.getAttribute("hx-headers"))["X-CSRFToken"];
  const headers = { "HX-Request": "true", "X-CSRFToken": token };
  const answer = await fetch(field.dataset.rich, { method: "POST", body: new URLSearchParams({ body: text }), headers });
  if (!answer.ok) throw new Error(answer.statusText);
  return answer.text();
}

/* Space between words and tags is nothing that anybody sees, but within code. */
const parts = (html) => html.split(/(<pre>.*?<\/pre>)/s).map((part) => (part.startsWith("<pre>") ? part : part.replace(/\s+/g, " ").replace(/ ?(<[^>]+>) ?/g, "$1").trim())).join("");
const same = (one, other) => parts(one) === parts(other);

function refuse(field) {
  const words = Object.assign(document.createElement("p"), { className: "rich-refused", role: "status", textContent: say("rich_refused") });
  field.after(words);
}

function prefer(field, isPlain) {
  if (isPlain) localStorage.setItem(PLAIN, "1");
  else localStorage.removeItem(PLAIN);
  if (isPlain) offer(field);
  field.focus();
  if (!isPlain) open(field);
}

/* The way to the formatted box. */
function offer(field) {
  const way = document.getElementById("rich-way")?.content.firstElementChild?.cloneNode(true);
  if (!way) return;
  field.after(way);
  way.addEventListener("click", () => {
    way.remove();
    prefer(field, false);
  });
}

/* Sent and replaced by an empty one, the box keeps the focus that it had. */
let left = "";
document.addEventListener("htmx:beforeSwap", () => (left = document.activeElement?.closest?.("keepwell-rich")?.closest("form")?.id ?? left));
document.addEventListener("htmx:afterSettle", () => {
  const form = left && document.getElementById(left);
  left = "";
  if (form && [document.body, form].includes(document.activeElement)) form.querySelector("[data-rich]")?.focus();
});
