/* Beside a form stands what it would give: its preview is asked for again a moment after each change. */
const MOMENT_MS = 500;

for (const button of document.querySelectorAll("[data-previews]")) {
  let soon;
  button.form.addEventListener("input", () => {
    clearTimeout(soon);
    soon = setTimeout(() => button.form.requestSubmit(button), MOMENT_MS);
  });
}
