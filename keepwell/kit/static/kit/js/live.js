/* A part of the page with data-live="case:12 cases:0" fetches itself again (hx-trigger="live") when a topic is heard.

   Ids are pushed, HTML is pulled: what arrives here is a topic and a number, never a word of what happened. The page
   carries a mark of what it was made from; by it the stream tells first what happened since. */
import { say } from "./words.js";

const TOGETHER_MS = 60;
const PATIENCE_MS = 4000;
const { stream, worker, mark } = document.querySelector("meta[name=live]")?.dataset ?? {};
const state = document.getElementById("live-state");
const waiting = new Set();
let send = null;
let told = "";
let timer = 0;
let quiet = 0;

const parts = () => [...document.querySelectorAll("[data-live]")];
const topicsOf = (part) => part.dataset.live.split(/\s+/).filter(Boolean);

function listen() {
  const topics = [...new Set(parts().flatMap(topicsOf))].sort();
  if (topics.join(" ") === told) return;
  told = topics.join(" ");
  send ??= connect();
  send(topics);
}

function connect() {
  const url = new URL(stream, location.href).href;
  if (!("SharedWorker" in window)) {
    const led = import("./live-leader.js").then((leader) => leader.connect(url, mark, hear));
    return (topics) => led.then((tellOf) => tellOf(topics));
  }
  const { port } = new SharedWorker(worker, { type: "module", name: "keepwell-live" });
  port.addEventListener("message", ({ data }) => hear(data));
  port.start();
  addEventListener("pagehide", () => port.postMessage({ kind: "bye", url }));
  addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    told = "";
    listen();
  });
  return (topics) => port.postMessage({ kind: "listen", url, topics, mark });
}

function hear(message) {
  if (message.kind === "topic") again(parts().filter((part) => topicsOf(part).includes(message.topic)));
  else if (message.kind === "resync") again(parts());
  else if (message.kind === "state") show(message.isLive);
}

function again(heard) {
  for (const part of heard) waiting.add(part);
  timer ||= setTimeout(fetchAgain, TOGETHER_MS);
}

/* A part that is not looked at waits until it is; one that is being written in waits until that is over. */
function fetchAgain() {
  clearTimeout(timer);
  timer = 0;
  if (document.hidden) return;
  for (const part of waiting) {
    if (isWrittenIn(part)) continue;
    waiting.delete(part);
    if (part.isConnected) window.htmx.trigger(part, "live");
  }
}

const isWrittenIn = (part) => part.contains(document.activeElement) && document.activeElement.matches("textarea, input:not([type=checkbox], [type=radio]), select, [contenteditable=true]");

function show(isLive) {
  clearTimeout(quiet);
  if (isLive) {
    if (state?.textContent) state.textContent = "";
    return;
  }
  quiet = setTimeout(() => state && (state.textContent = say("offline")), PATIENCE_MS);
}

if (stream) {
  listen();
  document.addEventListener("htmx:load", listen);
  document.addEventListener("visibilitychange", fetchAgain);
  document.addEventListener("focusout", () => waiting.size && again([]));
}
