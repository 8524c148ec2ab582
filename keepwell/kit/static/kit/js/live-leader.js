/* Where there is no shared worker: one tab holds the stream (the lock says which) and tells the others.

   A tab knows the mark of its page only until somebody leads. When another one takes over, nobody can say what was
   missed in between: an empty mark lets everything be fetched again. */
import { Hub } from "./live-hub.js";

const NAME = "keepwell-live";

export function connect(url, mark, hear) {
  const channel = new BroadcastChannel(NAME);
  const id = crypto.randomUUID();
  let mine = [];
  let hub = null;

  const take = (message) => {
    if (message.kind === "state" && message.isLive) mark = "";
    hear(message);
  };
  const out = (message) => {
    channel.postMessage(message);
    take(message);
  };
  channel.addEventListener("message", ({ data }) => {
    if (data.kind === "listen") hub?.listen(data.id, data.topics, data.mark);
    else if (data.kind === "bye") hub?.leave(data.id);
    else if (data.kind === "leader") channel.postMessage({ kind: "listen", id, topics: mine, mark });
    else take(data);
  });
  navigator.locks.request(NAME, () => {
    hub = new Hub(url, out);
    hub.listen(id, mine, mark);
    channel.postMessage({ kind: "leader" });
    return new Promise(() => {});
  });
  addEventListener("pagehide", () => channel.postMessage({ kind: "bye", id }));
  return (topics) => {
    mine = topics;
    if (hub) hub.listen(id, topics, mark);
    else channel.postMessage({ kind: "listen", id, topics, mark });
  };
}
