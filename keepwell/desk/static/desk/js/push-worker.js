/* Shows what the push service brings, also while no page is open, and leads to it. */
self.addEventListener("push", (event) => {
  const told = event.data.json();
  const shown = { body: told.body, tag: told.tag, data: told.path };
  event.waitUntil(self.registration.showNotification(told.title, shown));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(lead(new URL(event.notification.data, self.location.origin).href));
});

async function lead(address) {
  const pages = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const open = pages.find((page) => page.url === address);
  return open ? open.focus() : self.clients.openWindow(address);
}
