/* Calls once for each element that matches: those on the page now, and those that htmx brings later. */
const tasks = [];

export function whenShown(selector, task) {
  const done = new WeakSet();
  const look = (root) => {
    const found = [...root.querySelectorAll(selector)];
    if (root.matches?.(selector)) found.unshift(root);
    for (const element of found) {
      if (done.has(element)) continue;
      done.add(element);
      task(element);
    }
  };
  tasks.push(look);
  look(document);
}

document.addEventListener("htmx:load", (event) => {
  for (const look of tasks) look(event.detail.elt);
});
