/* Files by choosing, dropping or pasting; each with its progress, each refused on its own.

   data-upload="/url": each file goes there at once (field "file") and the answer is the list item to show, which
   carries a hidden field; a refusal answers 4xx with the words. data-upload="": the files go with the form. */
import { say } from "./words.js";

export function receive(place) {
  const input = place.querySelector("input[type=file]");
  const list = place.querySelector(".files");
  const form = place.closest("form") ?? place;
  const take = (files) => (place.dataset.upload ? [...files].forEach((file) => send(place.dataset.upload, file, list)) : along(input, files, list));
  input.addEventListener("change", () => {
    take(input.files);
    if (place.dataset.upload) input.value = "";
  });
  for (const name of ["dragenter", "dragover"]) form.addEventListener(name, (event) => hasFiles(event) && (event.preventDefault(), (place.dataset.dropping = "")));
  for (const name of ["dragleave", "drop"]) form.addEventListener(name, () => delete place.dataset.dropping);
  form.addEventListener("drop", (event) => hasFiles(event) && (event.preventDefault(), add(event.dataTransfer.files)));
  form.addEventListener("paste", (event) => event.clipboardData?.files.length && (event.preventDefault(), add(event.clipboardData.files)));
  list.addEventListener("click", (event) => event.target.closest("[data-remove-file]")?.closest("li").remove());

  function add(files) {
    if (place.dataset.upload) return take(files);
    const all = new DataTransfer();
    for (const file of [...input.files, ...files]) all.items.add(file);
    input.files = all.files;
    along(input, input.files, list);
  }
}

const hasFiles = (event) => event.dataTransfer?.types.includes("Files");

/* Files that go with the form: named, with their size, each to be left out again. */
function along(input, files, list) {
  list.replaceChildren(...[...files].map((file) => row(file, () => {
    const rest = new DataTransfer();
    for (const other of input.files) if (other !== file) rest.items.add(other);
    input.files = rest.files;
    along(input, input.files, list);
  })));
}

function row(file, remove) {
  const item = document.createElement("li");
  item.className = "file";
  item.append(span("cut", file.name), Object.assign(document.createElement("small"), { textContent: size(file.size) }));
  const button = Object.assign(document.createElement("button"), { type: "button", className: "button button-quiet button-small button-alone", textContent: "×" });
  button.setAttribute("aria-label", `${say("file_removed")} ${file.name}`);
  button.addEventListener("click", remove);
  item.append(button);
  return item;
}

const span = (className, textContent) => Object.assign(document.createElement("span"), { className, textContent });
const size = (bytes) => (bytes < 1e6 ? `${Math.max(1, Math.round(bytes / 1e3))} kB` : `${(bytes / 1e6).toFixed(1)} MB`);

/* One file for the form; gives its list item once it has arrived, null where it did not. */
export const upload = (place, file) => send(place.dataset.upload, file, place.querySelector(".files"));

function send(url, file, list) {
  const request = new XMLHttpRequest();
  const item = row(file, () => (request.abort(), item.remove()));
  const bar = Object.assign(document.createElement("progress"), { max: 1, value: 0 });
  bar.setAttribute("aria-label", file.name);
  item.append(bar);
  list.append(item);
  request.upload.addEventListener("progress", (event) => (bar.value = event.loaded / event.total));
  const done = new Promise((resolve) => {
    request.addEventListener("load", () => resolve(request.status < 300 ? arrived(item, request.responseText) : refused(item, request)));
    request.addEventListener("error", () => resolve(refused(item, request)));
    request.addEventListener("abort", () => resolve(null));
  });
  request.open("POST", url);
  request.setRequestHeader("X-CSRFToken", JSON.parse(document.body.getAttribute("hx-headers"))["X-CSRFToken"]);
  request.setRequestHeader("HX-Request", "true");
  const body = new FormData();
  body.append("file", file);
  request.send(body);
  return done;
}

function arrived(item, html) {
  const shape = document.createElement("template");
  shape.innerHTML = html.trim();
  const fresh = shape.content.firstElementChild;
  item.replaceWith(fresh);
  window.htmx?.process(fresh);
  return fresh;
}

function refused(item, request) {
  item.classList.add("file-refused");
  item.querySelector("progress")?.remove();
  const isPlain = (request.getResponseHeader("Content-Type") ?? "").startsWith("text/plain");
  item.querySelector("small").textContent = isPlain && request.status >= 400 ? request.responseText : say("file_failed");
  return null;
}
