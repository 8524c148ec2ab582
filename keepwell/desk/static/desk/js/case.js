/* What only a script can do on a case: say that somebody is here, count down, keep the newest in view. */
const BEAT_MS = 15000;
const WRITES_FOR_MS = 20000;
const page = document.querySelector("[data-case][data-presence]");
const token = () => JSON.parse(document.body.getAttribute("hx-headers") || "{}")["X-CSRFToken"] ?? "";
const reply = () => document.getElementById("reply-body");
let wroteAt = -Infinity;
let said = "";
let before = Promise.resolve();

/* One after the other: what was said last must arrive last. Leaving waits for nothing. */
function tell(doing) {
  const thread = document.getElementById("thread")?.dataset ?? {};
  const body = new URLSearchParams({ doing });
  if (!document.hidden) {
    body.set("message", thread.lastMessage ?? "");
    body.set("note", thread.lastNote ?? "");
  }
  said = doing;
  const headers = { "HX-Request": "true", "X-CSRFToken": token() };
  const send = () => fetch(page.dataset.presence, { method: "POST", body, keepalive: true, headers }).catch(() => {});
  before = doing === "gone" ? send() : before.then(send);
}

const doing = () => (performance.now() - wroteAt < WRITES_FOR_MS ? "writing" : "reading");
const beat = () => document.hidden || tell(doing());

function presence() {
  // Somebody may have begun before this was here to hear it.
  if (reply()?.value.trim() && reply().value !== reply().defaultValue) wroteAt = performance.now();
  beat();
  setInterval(beat, BEAT_MS);
  document.addEventListener("visibilitychange", beat);
  addEventListener("pagehide", () => tell("gone"));
  addEventListener("pageshow", (event) => event.persisted && beat());
  page.addEventListener("input", (event) => {
    if (!event.target.matches(".reply-text")) return;
    wroteAt = event.target.value.trim() ? performance.now() : -Infinity;
    if (said !== doing()) tell(doing());
  });
}

/* "Leaves in 8 s." */
/* What leaves later than that says when, as it came. */
const COUNTED_SECONDS = 90;
function count() {
  const ahead = Date.parse(document.documentElement.dataset.now) - loadedAt;
  for (const place of document.querySelectorAll("[data-leaves]")) {
    const seconds = Math.ceil((Date.parse(place.dataset.leaves) - Date.now() - ahead) / 1000);
    if (seconds > COUNTED_SECONDS) continue;
    if (seconds > 0) place.textContent = place.dataset.words.replace("%(seconds)s", seconds);
    else place.closest("form")?.querySelector("button")?.setAttribute("disabled", "");
  }
}
const loadedAt = Date.now();

/* What is being written goes along where the answer depends on it. */
function goAlong(event) {
  const { path, parameters } = event.detail;
  if (path.endsWith("/news/") && reply()?.value.trim()) parameters.writing = "1";
  if (path.endsWith("/undo/")) parameters.begun = reply()?.value ?? "";
}

/* A case opens where it stands now: at its last words. */
function showNewest() {
  if (location.hash || location.search.includes("before=")) return;
  const column = page.querySelector(".case-main");
  if (column) column.scrollTop = column.scrollHeight;
}

if (page) {
  showNewest();
  presence();
  count();
  setInterval(count, 1000);
  document.addEventListener("htmx:load", count);
  document.addEventListener("htmx:configRequest", goAlong);
}
