/* "Tell me on this device": asks the browser for a push subscription and sends it with the form. */
const form = document.querySelector("[data-push]");
const canBeTold = "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;

if (form && canBeTold) {
  document.querySelector("[data-push-missing]").hidden = true;
  form.hidden = false;
  form.elements.name.value ||= navigator.userAgentData?.platform ?? navigator.platform;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    subscribe();
  });
}

async function subscribe() {
  if ((await Notification.requestPermission()) !== "granted") {
    say(form.dataset.refused);
    return;
  }
  let made;
  try {
    made = await subscription();
  } catch {
    say(form.dataset.failed);
    return;
  }
  const { endpoint, keys } = made.toJSON();
  form.elements.endpoint.value = endpoint;
  form.elements.p256dh.value = keys.p256dh;
  form.elements.auth.value = keys.auth;
  form.submit();
}

async function subscription() {
  const registration = await navigator.serviceWorker.register(form.dataset.worker);
  const active = registration.active ? registration : await navigator.serviceWorker.ready;
  const known = await active.pushManager.getSubscription();
  const key = bytes(form.dataset.key);
  if (known && !isSame(new Uint8Array(known.options.applicationServerKey), key)) await known.unsubscribe();
  return active.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
}

function bytes(base64url) {
  const text = atob(base64url.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
}

function isSame(one, other) {
  return one.length === other.length && one.every((byte, place) => byte === other[place]);
}

function say(words) {
  const line = form.querySelector("[data-push-said]");
  line.textContent = words;
  line.hidden = false;
}
