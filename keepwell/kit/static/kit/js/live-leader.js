/* Where there is no shared worker: one tab holds the stream (the lock says which) and tells the others. */
import { Hub } from "./live-hub.js";

const NAME = "keepwell-live";

export function connect(url, hear) {
  const channel = new BroadcastChannel(NAME);
  const id = crypto.randomUUID();
  let mine = [];
  let hub = null;

  const out = (message) => {
    channel.postMessage(message);
    hear(message);
  };
  channel.addEventListener("message", ({ data }) => {
    if (data.kind === "listen") hub?.listen(data.id, data.topics);
    else if (data.kind === "bye") hub?.leave(data.id);
    else if (data.kind === "leader") channel.postMessage({ kind: "listen", id, topics: mine });
    else hear(data);
  });
  navigator.locks.request(NAME, () => {
    hub = new Hub(url, out);
    hub.listen(id, mine);
    channel.postMessage({ kind: "leader" });
    return new Promise(() => {});
  });
  addEventListener("pagehide", () => channel.postMessage({ kind: "bye", id }));
  return (topics) => {
    mine = topics;
    if (hub) hub.listen(id, topics);
    else channel.postMessage({ kind: "listen", id, topics });
  };
}
