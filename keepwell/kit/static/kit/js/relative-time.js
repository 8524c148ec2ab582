/* Keeps "20 min ago" and "due in 2 h 10" true while the page stays open. */
import { duration, now, roughly, say } from "./words.js";

const EVERY_MS = 15000;
const SOON_SHARE = 0.25;

function ago(element) {
  const seconds = (now() - Date.parse(element.dateTime)) / 1000;
  if (Math.abs(seconds) < 60) return put(element, say("just_now"));
  const span = roughly(seconds);
  if (span) put(element, say(seconds > 0 ? "ago" : "in", { span }));
}

function clock(element) {
  const due = Date.parse(element.dataset.due);
  const left = (due - now()) / 1000;
  const whole = (due - Date.parse(element.dataset.start)) / 1000;
  const share = whole > 0 ? Math.min(1, Math.max(0, left / whole)) : 0;
  const span = duration(left);
  if (span) put(element.querySelector("[data-left]"), wording(element.dataset.clock, left, span));
  element.style.setProperty("--left", share.toFixed(3));
  element.querySelector(".promise-ring")?.style.setProperty("--used", (1 - share).toFixed(3));
  tone(element, left < 0 ? "late" : "warned" in element.dataset || share < SOON_SHARE ? "soon" : "ok");
}

function wording(form, left, span) {
  if (form === "short") return left < 0 ? say("late", { span }) : span;
  if (left < 0) return say("late_by", { span });
  return left < 60 ? say("due_now") : say("due_in", { span });
}

function tone(element, name) {
  const kind = element.classList.contains("promise") ? "promise" : "clock";
  for (const other of ["ok", "soon", "late"]) element.classList.toggle(`${kind}-${other}`, other === name);
}

function put(element, text) {
  if (element && element.textContent !== text) element.textContent = text;
}

export function refresh() {
  if (document.hidden) return;
  document.querySelectorAll('time[data-words="ago"]').forEach(ago);
  document.querySelectorAll("[data-clock][data-due]").forEach(clock);
}

setInterval(refresh, EVERY_MS);
document.addEventListener("visibilitychange", refresh);
document.addEventListener("pageshow", (event) => event.persisted && refresh());
