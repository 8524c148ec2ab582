/* Shared by all tabs of this browser: holds the one stream and tells each tab what it asked for. */
import { Hub } from "./live-hub.js";

const ports = new Map();
let hub = null;
let isLive = true;

const tell = (message) => {
  if (message.kind === "state") isLive = message.isLive;
  for (const [port, topics] of ports) if (message.kind !== "topic" || topics.includes(message.topic)) port.postMessage(message);
};

self.addEventListener("connect", (event) => {
  const port = event.ports[0];
  port.addEventListener("message", ({ data }) => {
    hub ??= new Hub(data.url, tell);
    if (data.kind === "bye") {
      ports.delete(port);
      return hub.leave(port);
    }
    ports.set(port, data.topics);
    hub.listen(port, data.topics, data.mark);
    port.postMessage({ kind: "state", isLive });
  });
  port.start();
});
