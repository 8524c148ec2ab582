/* What is typed is never lost: kept on this device at once, on the server a moment later, and given back after a failure.

   <form data-keep="case:12:reply" data-keep-url="/desk/cases/12/draft">. The server's copy is what the form came with.
   The copy here goes when htmx says the form was taken, or when a page says so: <meta data-keep-done="case:12:reply">. */
import { say } from "./words.js";

const PREFIX = "keepwell:draft:";
const PAUSE_MS = 1200;
const DAYS_KEPT = 14;

const fields = (form) => [...form.elements].filter((field) => field.name && field.matches("textarea, select, input:is([type=text], [type=email], [type=tel], [type=search], [type=radio], [type=checkbox], :not([type]))") && field.name !== "csrfmiddlewaretoken" && !field.closest(".trap"));
const isTick = (field) => field.type === "radio" || field.type === "checkbox";

export function keep(form) {
  const name = PREFIX + form.dataset.keep;
  let timer = 0;
  let isTaken = false;
  if ("keepFresh" in form.dataset) localStorage.removeItem(name);
  restore(form, name);
  form.addEventListener("input", () => {
    isTaken = false;
    write(name, values(form));
    clearTimeout(timer);
    timer = setTimeout(() => save(form), PAUSE_MS);
  });
  form.addEventListener("submit", () => clearTimeout(timer));
  /* Before the answer is put in, for it may replace this form with an empty one. */
  form.addEventListener("htmx:beforeOnLoad", (event) => {
    if (event.detail.elt !== form || event.detail.xhr.status >= 400 || isLooking(event)) return;
    isTaken = true;
    localStorage.removeItem(name);
  });
  document.addEventListener("visibilitychange", () => {
    if (document.hidden && form.isConnected && !isTaken && timer && isDirty(form)) save(form);
  });
  addEventListener("online", () => form.isConnected && !isTaken && isDirty(form) && save(form));
}

/* Looked at only: nothing was taken. */
const isLooking = ({ detail }) => detail.requestConfig?.triggeringEvent?.submitter?.value === "preview";
const isDirty = (form) => fields(form).some((field) => field.matches("textarea, input") && !isTick(field) && field.value !== field.defaultValue);
const values = (form) => Object.fromEntries(fields(form).filter((field) => !isTick(field) || field.checked).map((field) => [field.name, field.value]));

function write(name, kept) {
  const isEmpty = Object.values(kept).every((value) => !value.trim());
  try {
    if (isEmpty) localStorage.removeItem(name);
    else localStorage.setItem(name, JSON.stringify({ at: Date.now(), kept }));
  } catch {
    /* A full or forbidden store: the server's copy has to do. */
  }
}

function restore(form, name) {
  const text = localStorage.getItem(name);
  if (!text) return;
  const { kept } = JSON.parse(text);
  const changed = fields(form).filter((field) => !isTick(field) && field.matches("textarea, input") && kept[field.name] && kept[field.name] !== field.value);
  for (const field of fields(form)) {
    if (isTick(field)) field.checked ||= field.type === "radio" && kept[field.name] === field.value;
    else if (kept[field.name]) field.value = kept[field.name];
  }
  if (changed.length) state(form, say("draft_restored"));
}

async function save(form) {
  const url = form.dataset.keepUrl;
  if (!url) return;
  try {
    const body = new FormData(form);
    for (const [key, value] of [...body]) if (value instanceof File) body.delete(key);
    const response = await fetch(url, { method: "POST", body, keepalive: true, headers: { "HX-Request": "true", "X-CSRFToken": token() } });
    state(form, say(response.ok ? "draft_saved" : "draft_kept"));
  } catch {
    state(form, say("draft_kept"));
  }
}

const token = () => JSON.parse(document.body.getAttribute("hx-headers") || "{}")["X-CSRFToken"] ?? "";

function state(form, words) {
  const place = form.querySelector("[data-keep-state]");
  if (place && place.textContent !== words) place.textContent = words;
}

for (const done of document.querySelectorAll("[data-keep-done]")) localStorage.removeItem(PREFIX + done.dataset.keepDone);
for (const name of Object.keys(localStorage).filter((key) => key.startsWith(PREFIX))) {
  if (Date.now() - (JSON.parse(localStorage.getItem(name))?.at ?? 0) > DAYS_KEPT * 86400000) localStorage.removeItem(name);
}
