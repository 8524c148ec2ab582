/* The editor (ProseMirror and Tiptap, as django-prose-editor ships them): what Markdown can say, and nothing else. It is
   fetched when a box is used. Styles come from our own style sheet, so that it needs to write none. */
import {
  Blockquote, Bold, BulletList, Code, CodeBlock, Document, Editor, Extension, HardBreak, Heading, History,
  HorizontalRule, Image, Italic, Link, ListItem, OrderedList, Paragraph, Placeholder, Strike, Text,
} from "../../django_prose_editor/editor.js";
import { markdown } from "./rich-markdown.js";
import { pictures } from "./rich-pictures.js";

const LINK = /^(?:https?:\/\/|mailto:|tel:|\/(?!\/))/i;
const PICTURE = /^\/files\/\d{1,18}$/;

/* Whether an empty line stands between its items: read from what was loaded, false for a list that is made here. */
const tight = {
  default: true,
  rendered: false,
  parseHTML: (list) => !list.querySelector(":scope > li > p"),
};
const withTight = (list) =>
  list.extend({
    addAttributes() {
      return { ...this.parent?.(), tight };
    },
  });

const Picture = Image.extend({
  addOptions() {
    return { ...this.parent?.(), inline: true, place: "" };
  },
  addAttributes() {
    return {
      src: { default: "", parseHTML: (image) => image.dataset.picture ?? image.getAttribute("src") },
      alt: { default: "", parseHTML: (image) => image.getAttribute("alt") ?? "" },
      waits: { default: "", parseHTML: () => null },
    };
  },
  parseHTML: () => [{ tag: "img", getAttrs: (image) => PICTURE.test(image.dataset.picture ?? image.getAttribute("src")) && null }],
  renderHTML({ node }) {
    const { src, alt, waits } = node.attrs;
    if (waits) return ["span", { class: "rich-waits", "data-waits": waits }, alt];
    return ["img", { src: this.options.place.replace("/0/", `/${src.split("/").at(-1)}/`), alt, "data-picture": src }];
  },
  addInputRules: () => [],
});

/* Ctrl K is the palette's, Ctrl Enter sends. */
const Keys = Extension.create({
  name: "keys",
  addKeyboardShortcuts() {
    return {
      "Mod-Shift-k": () => {
        this.editor.emit("keepwell:link");
        return true;
      },
    };
  },
});

export const extensions = ({ place = "", placeholder = "" } = {}) => [
  Document, Paragraph, Text, Bold, Italic, Strike, Heading, Blockquote, HorizontalRule, CodeBlock, History, Keys,
  ListItem.extend({ content: "block+" }),
  Code.extend({ excludes: "" }),
  withTight(BulletList),
  withTight(OrderedList),
  HardBreak.extend({
    addKeyboardShortcuts() {
      return { "Shift-Enter": () => this.editor.commands.setHardBreak() };
    },
  }),
  Link.extend({ addKeyboardShortcuts: () => ({}) }).configure({
    openOnClick: false,
    enableTarget: false,
    isAllowedUri: (address) => LINK.test(address),
    shouldAutoLink: (address) => /^https?:\/\//i.test(address),
  }),
  Picture.configure({ place }),
  Placeholder.configure({ placeholder }),
];

/* HTML that the server made of Markdown. Line ends between its tags are nothing, nor is the one that closes a block of
   code; all other space was written. */
export const loaded = (html) =>
  html.split(/(<pre>.*?<\/pre>)/s).map((part) => (part.startsWith("<pre>") ? part.replace(/\n<\/code><\/pre>$/, "</code></pre>") : part.replaceAll("\n", ""))).join("");
export const parseOptions = { preserveWhitespace: "full" };

export function editorOf(field, html, changed) {
  const view = document.createElement("div");
  const pasted = pictures(field);
  const editor = new Editor({
    element: view,
    content: loaded(html),
    parseOptions,
    extensions: extensions({ place: field.dataset.richPictures, placeholder: field.placeholder }),
    injectCSS: false,
    editorProps: {
      attributes: {
        class: "prose rich-text",
        role: "textbox",
        "aria-multiline": "true",
        "aria-label": field.getAttribute("aria-label"),
      },
      handleDOMEvents: { keydown: (_, event) => (event.ctrlKey || event.metaKey) && event.key === "Enter" },
      handlePaste: pasted.paste,
      handleDrop: pasted.drop,
      transformPastedHTML: pasted.own,
      clipboardTextParser: pastedText,
    },
    onUpdate: changed,
  });
  pasted.watch(editor);
  return { editor, view, markdown: () => markdown(editor.state.doc) };
}

/* Plain text keeps its lines; an empty one ends a paragraph. */
function pastedText(text, context) {
  const { schema } = context.doc.type;
  const paragraphs = text.replace(/\r\n?/g, "\n").split(/\n(?:[ \t]*\n)+/).map((part) => {
    const pieces = part.split("\n").flatMap((line, at) => [...(at ? [schema.node("hardBreak")] : []), ...(line ? [schema.text(line)] : [])]);
    return schema.node("paragraph", null, pieces);
  });
  const doc = schema.node("doc", null, paragraphs);
  return doc.slice(1, doc.content.size - 1);
}
