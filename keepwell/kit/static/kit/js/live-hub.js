/* One stream for everybody who listens here: a shared worker's tabs, or the tabs of a leader.

   The stream carries the union of the topics. When somebody joins, a new stream is opened first and the old one
   closed when the new one says hello. It is opened with marks, each naming the last thing that was known: those of
   the pages that join, and what was heard here last. What came since is told before hello, so nothing is missed
   between the making of a page and its stream, nor between two streams. */
const SETTLE_MS = 120;
const SLOWEST_MS = 30000;

export class Hub {
  constructor(url, tell) {
    this.url = url;
    this.tell = tell; // tell(message): {kind: "topic", topic, entry} | {kind: "resync"} | {kind: "state", isLive}
    this.listeners = new Map();
    this.joining = new Set();
    this.stream = null;
    this.asked = "";
    this.heard = "";
    this.fails = 0;
  }

  listen(id, topics, mark) {
    this.listeners.set(id, topics);
    this.joining.add({ mark });
    this.#soon(SETTLE_MS);
  }

  leave(id) {
    if (this.listeners.delete(id)) this.#soon(SETTLE_MS);
  }

  #soon(wait) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.#open(), wait);
  }

  #open() {
    const topics = [...new Set([...this.listeners.values()].flat())].sort();
    const asked = topics.join(" ");
    const stands = this.stream && this.stream.readyState !== 2;
    if (stands && asked === this.asked && !this.joining.size) return;
    this.asked = asked;
    this.next?.close();
    if (!topics.length) return this.#close();
    const joining = [...this.joining];
    const since = new Set(joining.map(({ mark }) => mark));
    if (this.heard) since.add(this.heard);
    const stream = new EventSource(`${this.url}?${new URLSearchParams([...named("topic", topics), ...named("since", since)])}`);
    this.next = stream;
    stream.addEventListener("hello", (event) => this.#hello(stream, joining, event));
    stream.addEventListener("topic", (event) => this.#hear(event, { kind: "topic", ...JSON.parse(event.data) }));
    stream.addEventListener("resync", (event) => this.#hear(event, { kind: "resync" }));
    stream.addEventListener("beat", (event) => this.#hear(event));
    stream.addEventListener("error", () => this.#broken(stream));
  }

  #hello(stream, joined, event) {
    if (this.stream && this.stream !== stream) this.stream.close();
    this.stream = stream;
    this.next = null;
    this.fails = 0;
    for (const one of joined) this.joining.delete(one);
    this.#hear(event, { kind: "state", isLive: true });
  }

  #hear(event, message) {
    this.heard = event.lastEventId || this.heard;
    if (message) this.tell(message);
  }

  /* The browser opens a broken stream again by itself, unless the server refused it for good. */
  #broken(stream) {
    if (stream !== this.stream && stream !== this.next) return;
    this.tell({ kind: "state", isLive: false });
    if (stream.readyState !== 2) return;
    this.asked = "";
    this.fails += 1;
    this.#soon(Math.min(SLOWEST_MS, 1000 * 2 ** this.fails) * (0.75 + Math.random() / 2));
  }

  #close() {
    this.stream?.close();
    this.stream = this.next = null;
  }
}

const named = (name, values) => [...values].map((value) => [name, value]);
