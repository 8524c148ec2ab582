/* Dialogs open by data-opens, or when htmx brings one; a question before an act is asked in the house's own dialog. */
document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-opens]");
  if (opener) {
    const dialog = document.getElementById(opener.dataset.opens);
    opener.closest("[popover]")?.hidePopover();
    if (dialog && !dialog.open) dialog.showModal();
  }
  if (event.target.closest("[data-closes]")) event.target.closest("dialog, [popover]")?.close?.();
  const backdrop = event.target.closest("dialog[open]");
  if (backdrop === event.target && outside(backdrop, event) && !isFilled(backdrop)) backdrop.close();
});

function outside(dialog, { clientX, clientY }) {
  const box = dialog.getBoundingClientRect();
  return clientX < box.left || clientX > box.right || clientY < box.top || clientY > box.bottom;
}

/* A click beside a dialog never throws away what was typed in it. */
const isFilled = (dialog) => [...dialog.querySelectorAll("textarea, input[type=text]")].some((field) => field.value !== field.defaultValue);
document.addEventListener("input", (event) => {
  const dialog = event.target.closest("dialog[closedby=any]");
  if (dialog && dialog.id !== "palette") dialog.setAttribute("closedby", "closerequest");
});

document.addEventListener("htmx:load", (event) => {
  const arrived = event.detail.elt;
  const dialog = arrived.matches?.("dialog[data-arrives]") ? arrived : arrived.querySelector?.("dialog[data-arrives]");
  if (dialog && !dialog.open) dialog.showModal();
});

/* The server says with HX-Trigger: {"closeDialog": "id"} that the work of a dialog is done. */
document.addEventListener("closeDialog", (event) => {
  const id = event.detail?.value;
  for (const dialog of document.querySelectorAll("dialog[open]")) if (!id || dialog.id === id) dialog.close();
});

document.addEventListener("htmx:confirm", (event) => {
  if (event.detail.question) ask(event, event.detail.question, () => event.detail.issueRequest(true));
});

/* An ordinary form asks by data-asks="Really?"; without scripts it goes on at once. */
document.addEventListener("submit", (event) => {
  const { target: form, submitter } = event;
  if (!form.dataset.asks || form.dataset.asked) return;
  ask(event, form.dataset.asks, () => {
    form.dataset.asked = "yes";
    form.requestSubmit(submitter);
  });
});

function ask(event, question, goOn) {
  const box = document.getElementById("confirm");
  if (!box) return;
  event.preventDefault();
  box.querySelector("#confirm-words").textContent = question;
  box.returnValue = "";
  box.addEventListener("close", () => box.returnValue === "yes" && goOn(), { once: true });
  box.showModal();
}

/* Where the browser cannot tie a menu to its button, we put it there. */
if (!CSS.supports("position-area", "block-end")) {
  document.addEventListener("toggle", (event) => {
    const menu = event.target;
    if (event.newState !== "open" || !menu.matches?.(".menu[popover]")) return;
    const at = document.querySelector(`[popovertarget="${menu.id}"]`)?.getBoundingClientRect();
    if (!at) return;
    const left = Math.max(8, Math.min(menu.matches(".menu-end") ? at.right - menu.offsetWidth : at.left, innerWidth - menu.offsetWidth - 8));
    const below = at.bottom + menu.offsetHeight + 8 < innerHeight;
    Object.assign(menu.style, { position: "fixed", inset: "auto", left: `${left}px`, top: `${below ? at.bottom : Math.max(8, at.top - menu.offsetHeight - 8)}px` });
  }, true);
}

/* A menu closes when one of its entries was used. */
document.addEventListener("click", (event) => {
  const entry = event.target.closest(".menu[popover] .menu-entry");
  if (entry) entry.closest("[popover]").hidePopover();
});

/* A thread that has moved under its head shows a line there. */
document.addEventListener("scroll", (event) => event.target.classList?.contains("case-main") && event.target.toggleAttribute("data-scrolled", event.target.scrollTop > 4), true);
