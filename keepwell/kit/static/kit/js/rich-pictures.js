/* Pictures that are pasted or dropped into the formatted box: they go up as files of the draft, and stand where they were
   put once they have arrived. One that is refused says so beside the box, and leaves nothing behind. */
import { say } from "./words.js";
import { upload } from "./upload.js";

const KINDS = /^image\/(?:png|jpeg|gif|webp)$/;
let count = 0;

export function pictures(field) {
  const { form } = field;
  const place = form.querySelector("[data-upload]");

  function take(view, files, at) {
    for (const file of files) {
      const waits = KINDS.test(file.type) ? `picture-${(count += 1)}` : "";
      if (waits) insert(view, view.state.schema.node("image", { alt: file.name, waits }), at);
      upload(place, file).then((item) => waits && !view.isDestroyed && arrive(view, waits, item));
    }
  }

  return {
    paste(view, event) {
      const { files } = event.clipboardData ?? { files: [] };
      if (!files.length) return false;
      event.stopPropagation(); // or the form would take them a second time
      // Words that bring a picture of themselves, as office programs do, are meant as words.
      if (event.clipboardData.getData("text/plain").trim()) return false;
      take(view, files);
      return true;
    },

    drop(view, event) {
      const { files } = event.dataTransfer ?? { files: [] };
      if (!files.length) return false;
      event.stopPropagation();
      delete place.dataset.dropping;
      take(view, files, view.posAtCoords({ left: event.clientX, top: event.clientY })?.pos);
      return true;
    },

    /* Of pasted HTML: pictures of this draft stay, those of others and of the web are left out and not loaded. */
    own(html) {
      const shape = new DOMParser().parseFromString(silent(html), "text/html");
      for (const image of shape.querySelectorAll("img")) {
        const number = image.dataset.picture?.split("/").at(-1);
        if (!number || !form.querySelector(`[data-file="${CSS.escape(number)}"]`)) image.remove();
      }
      return shape.body.innerHTML;
    },

    /* A file that is taken out goes from the text, too; nothing is sent while one is on its way. */
    watch(editor) {
      const removed = (event) => {
        const file = event.detail.target;
        if (!file?.dataset?.file || file.isConnected || editor.isDestroyed) return;
        takeOut(editor.view, (node) => node.attrs.src === `/files/${file.dataset.file}`);
      };
      const held = (event) => {
        if (event.detail.elt !== form || editor.isDestroyed || !find(editor.view, (node) => node.attrs.waits).length) return;
        event.preventDefault();
        form.querySelector("[data-keep-state]").textContent = say("picture_waits");
      };
      form.addEventListener("htmx:afterRequest", removed);
      form.addEventListener("htmx:confirm", held);
      editor.on("destroy", () => {
        form.removeEventListener("htmx:afterRequest", removed);
        form.removeEventListener("htmx:confirm", held);
      });
    },
  };
}

/* Handlers, scripts and styles would not run, but the browser would report each to the server. */
const silent = (html) =>
  html.replace(/<(script|style)\b.*?<\/\1\s*>/gis, "").replace(/<[a-z][^>]*>/gi, (tag) => tag.replace(/\son[a-z]+\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>]+)/gi, ""));

function insert(view, node, at) {
  const { tr } = view.state;
  view.dispatch(at === undefined ? tr.replaceSelectionWith(node, false) : tr.insert(at, node));
}

function find(view, isWanted) {
  const found = [];
  view.state.doc.descendants((node, at) => void (node.type.name === "image" && isWanted(node) && found.push(at)));
  return found;
}

function arrive(view, waits, item) {
  const [at] = find(view, (node) => node.attrs.waits === waits);
  if (at === undefined) return;
  if (!item || !("picture" in item.dataset)) return takeOut(view, (node) => node.attrs.waits === waits);
  const { alt } = view.state.doc.nodeAt(at).attrs;
  const tr = view.state.tr.setNodeMarkup(at, null, { src: `/files/${item.dataset.file}`, alt, waits: "" });
  view.dispatch(tr.setMeta("addToHistory", false));
}

function takeOut(view, isWanted) {
  const { tr } = view.state;
  for (const at of find(view, isWanted).reverse()) tr.delete(at, at + 1);
  view.dispatch(tr);
}
