/* Words translated by the server (kit/script_words.py), and spans of time in them. */
const words = JSON.parse(document.getElementById("kit-words")?.textContent || "{}");

export function say(name, values = {}) {
  return String(words[name] ?? "").replace(/%\((\w+)\)(02d|s)/g, (_, key, form) =>
    form === "02d" ? String(values[key]).padStart(2, "0") : values[key]);
}

const MINUTE = 60;
const HOUR = 3600;
const DAY = 86400;

/* Seconds as kit/wording.py says them; null where only the server knows the words. */
export function duration(seconds) {
  const span = Math.abs(seconds);
  if (span < MINUTE) return say("under_a_minute");
  if (span < HOUR) return say("minutes", { minutes: Math.floor(span / MINUTE) });
  const hours = Math.floor(span / HOUR);
  if (span < DAY) {
    const minutes = Math.floor((span % HOUR) / MINUTE);
    return minutes && span < 10 * HOUR ? say("hours_minutes", { hours, minutes }) : say("hours", { hours });
  }
  const days = words.days?.[Math.floor(span / DAY)];
  const rest = hours % 24;
  return days && span < 2 * DAY && rest ? say("days_hours", { days, hours: rest }) : (days ?? null);
}

/* In its largest unit alone: 2 h, 1 day. */
export function roughly(seconds) {
  const span = Math.abs(seconds);
  const unit = [DAY, HOUR].find((each) => span >= each) ?? MINUTE;
  return duration(Math.floor(span / unit) * unit);
}

/* The server's clock, whatever this device believes. */
const ahead = Date.parse(document.documentElement.dataset.now) - Date.now() || 0;
export const now = () => Date.now() + ahead;
