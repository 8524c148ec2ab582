/* Light, dark or as the system says, at once; the form does the same without scripts. And the reader's zone, told once. */
const YEAR_SECONDS = 31536000;

function keep(name, value) {
  document.cookie = `${name}=${value}; path=/; max-age=${value ? YEAR_SECONDS : 0}; samesite=lax`;
}

document.addEventListener("submit", (event) => {
  const form = event.target.closest("[data-scheme-choice]");
  if (!form) return;
  event.preventDefault();
  const chosen = event.submitter?.value ?? "";
  keep("scheme", chosen);
  if (chosen) document.documentElement.dataset.scheme = chosen;
  else delete document.documentElement.dataset.scheme;
  for (const button of document.querySelectorAll("[data-scheme-choice] button[name=scheme]")) {
    button.setAttribute("aria-pressed", String(button.value === chosen));
  }
});

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
if (zone && !document.cookie.includes(`zone=${zone}`)) keep("zone", zone);
