/* Any wait over 300 ms shows that it works; nothing is sent twice; what failed is said in words. */
import { toast } from "./undo-toast.js";
import { say } from "./words.js";

const PATIENCE_MS = 300;
const FETCHED_WITHIN_MS = 60_000;
let running = 0;
let timer = 0;

function begin() {
  running += 1;
  if (running === 1) timer = setTimeout(() => (document.body.dataset.waiting = ""), PATIENCE_MS);
}

function end() {
  running = Math.max(0, running - 1);
  if (running) return;
  clearTimeout(timer);
  delete document.body.dataset.waiting;
}

const buttonOf = (detail) => detail.requestConfig?.triggeringEvent?.submitter ?? detail.elt?.closest?.("button");

document.addEventListener("htmx:beforeRequest", (event) => {
  if (isQuiet(event.detail)) return;
  begin();
  buttonOf(event.detail)?.setAttribute("aria-busy", "true");
});
document.addEventListener("htmx:afterRequest", (event) => {
  if (isQuiet(event.detail)) return;
  end();
  buttonOf(event.detail)?.removeAttribute("aria-busy");
});

/* A part that fetches itself again because somebody else did something asks for no attention. */
const isQuiet = (detail) => detail.requestConfig?.triggeringEvent?.type === "live";

document.addEventListener("submit", (event) => {
  const button = event.submitter;
  if (event.defaultPrevented || event.target.method === "dialog" || event.target.matches("[hx-post], [data-hx-post]")) return;
  if (button?.getAttribute("aria-busy") === "true") return event.preventDefault();
  begin();
  button?.setAttribute("aria-busy", "true");
});
addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  running = 0;
  end();
  for (const button of document.querySelectorAll("[aria-busy=true].button")) button.removeAttribute("aria-busy");
});

const SAID = { 401: "signed_out", 403: "forbidden", 404: "gone", 429: "too_many", 503: "away" };
document.addEventListener("htmx:responseError", (event) => {
  if (!isQuiet(event.detail)) toast({ words: say(SAID[event.detail.xhr.status] ?? "failed"), tone: "bad" });
});
document.addEventListener("htmx:sendError", (event) => {
  if (!isQuiet(event.detail)) toast({ words: say("not_reached"), tone: "bad" });
});

/* A file that takes a while to make (data-making="Making the PDF…"): its link says so until the file is there.
   It is fetched, because nothing tells a page when a download begins. */
document.addEventListener("click", async (event) => {
  const link = event.target.closest("a[data-making]");
  if (!link || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  if ("busy" in link.dataset) return;
  const text = [...link.childNodes].findLast((node) => node.nodeType === Node.TEXT_NODE);
  const words = text.data;
  text.data = link.dataset.making;
  link.dataset.busy = "";
  begin();
  await take(link.href).catch(() => toast({ words: say("not_reached"), tone: "bad" }));
  end();
  delete link.dataset.busy;
  text.data = words;
});

async function take(address) {
  const answer = await fetch(address);
  if (!answer.ok) return toast({ words: say(SAID[answer.status] ?? "failed"), tone: "bad" });
  const name = /filename="([^"]+)"/.exec(answer.headers.get("Content-Disposition"))?.[1];
  if (!name) return location.assign(answer.url); // signed out: the page that asks who it is
  const file = Object.assign(document.createElement("a"), { href: URL.createObjectURL(await answer.blob()), download: name });
  file.click();
  setTimeout(() => URL.revokeObjectURL(file.href), FETCHED_WITHIN_MS);
}
