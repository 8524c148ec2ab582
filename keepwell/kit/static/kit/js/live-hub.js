/* One stream for everybody who listens here: a shared worker's tabs, or the tabs of a leader.

   The stream carries the union of the topics. When that changes, the new stream is opened first and the old one
   closed when the new one says hello, so that nothing is missed in between. */
const SETTLE_MS = 120;
const SLOWEST_MS = 30000;

export class Hub {
  constructor(url, tell) {
    this.url = url;
    this.tell = tell; // tell(message): {kind: "topic", topic, entry} | {kind: "resync"} | {kind: "state", isLive}
    this.listeners = new Map();
    this.stream = null;
    this.asked = "";
    this.fails = 0;
    this.wasDown = false;
  }

  listen(id, topics) {
    this.listeners.set(id, topics);
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
    if (asked === this.asked && this.stream && this.stream.readyState !== 2) return;
    this.asked = asked;
    this.next?.close();
    if (!topics.length) return this.#close();
    const stream = new EventSource(`${this.url}?${topics.map((topic) => `topic=${encodeURIComponent(topic)}`).join("&")}`);
    this.next = stream;
    stream.addEventListener("hello", () => this.#hello(stream));
    stream.addEventListener("topic", (event) => this.tell({ kind: "topic", ...JSON.parse(event.data) }));
    stream.addEventListener("resync", () => this.tell({ kind: "resync" }));
    stream.addEventListener("error", () => this.#broken(stream));
  }

  #hello(stream) {
    if (this.stream && this.stream !== stream) this.stream.close();
    this.stream = stream;
    this.next = null;
    this.fails = 0;
    if (this.wasDown) this.tell({ kind: "resync" });
    this.wasDown = false;
    this.tell({ kind: "state", isLive: true });
  }

  /* The browser opens a broken stream again by itself, unless the server refused it for good. */
  #broken(stream) {
    if (stream !== this.stream && stream !== this.next) return;
    this.wasDown = true;
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
