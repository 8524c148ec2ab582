/* <keepwell-rich>: the formatted box in place of its text area, with the tools below it. */
import { editorOf } from "./rich-editor.js";
import { tools } from "./rich-tools.js";

export class Rich extends HTMLElement {
  constructor(field, html) {
    super();
    this.field = field;
    this.made = editorOf(field, html, () => this.write());
  }

  get markdown() {
    return this.made.markdown();
  }

  /* The text area's place, and its focus if it had it. */
  enter() {
    const { field, made } = this;
    const hadFocus = document.activeElement === field;
    this.label = field.getAttribute("aria-label");
    field.before(this);
    this.append(made.view, tools(made.editor, () => this.change()));
    if (hadFocus) {
      made.editor.commands.setTextSelection(made.editor.state.doc.content.size);
      made.editor.view.focus();
    }
    field.hidden = true;
    field.removeAttribute("aria-label");
  }

  write() {
    this.field.value = this.markdown;
    this.field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  /* Back to the text area, by choice. */
  change() {
    this.remove();
    this.field.hidden = false;
    this.field.setAttribute("aria-label", this.label);
    this.field.dispatchEvent(new Event("keepwell:plain"));
  }

  leave() {
    this.made.editor.destroy();
  }

  disconnectedCallback() {
    this.leave();
  }
}

customElements.define("keepwell-rich", Rich);
