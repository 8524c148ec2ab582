/* The tools below the formatted box: each presses like a key of its own, and says whether it is on. */
const ACTS = {
  bold: { run: (chain) => chain.toggleBold(), is: ["bold"] },
  italic: { run: (chain) => chain.toggleItalic(), is: ["italic"] },
  strike: { run: (chain) => chain.toggleStrike(), is: ["strike"] },
  code: { run: (chain) => chain.toggleCode(), is: ["code"] },
  heading: { run: (chain) => chain.toggleHeading({ level: 3 }), is: ["heading"] },
  bullets: { run: (chain) => chain.toggleBulletList(), is: ["bulletList"] },
  numbers: { run: (chain) => chain.toggleOrderedList(), is: ["orderedList"] },
  quote: { run: (chain) => chain.toggleBlockquote(), is: ["blockquote"] },
  block: { run: (chain) => chain.toggleCodeBlock(), is: ["codeBlock"] },
};

export function tools(editor, change) {
  const bar = document.getElementById("rich-tools").content.firstElementChild.cloneNode(true);
  const buttons = [...bar.querySelectorAll("[data-rich-act]")];
  const link = linking(bar, editor);
  for (const button of buttons) {
    button.addEventListener("click", () => {
      const act = button.dataset.richAct;
      if (act === "plain") change();
      else if (act === "link") link.ask();
      else ACTS[act].run(editor.chain().focus()).run();
    });
  }
  /* A pressed button takes no focus from the text, so that a phone's keyboard stays. */
  bar.addEventListener("mousedown", (event) => event.target.closest("[data-rich-act]") && event.preventDefault());
  editor.on("transaction", () => show(buttons, editor));
  editor.on("keepwell:link", link.ask);
  rove(bar, buttons);
  show(buttons, editor);
  return bar;
}

function show(buttons, editor) {
  for (const button of buttons) {
    const { is } = ACTS[button.dataset.richAct] ?? { is: button.dataset.richAct === "link" && ["link"] };
    if (is) button.setAttribute("aria-pressed", String(editor.isActive(...is)));
  }
}

/* One stop for the Tab key; arrows go on from there. */
function rove(bar, buttons) {
  const stop = (wanted) => buttons.forEach((button) => (button.tabIndex = button === wanted ? 0 : -1));
  stop(buttons[0]);
  bar.querySelector("[role=toolbar]").addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const next = buttons[(buttons.indexOf(document.activeElement) + step + buttons.length) % buttons.length];
    stop(next);
    next.focus();
  });
}

/* Where a link leads is asked below the tools; Enter sets it, Escape leaves all as it was. */
function linking(bar, editor) {
  const place = bar.querySelector(".rich-link");
  const input = place.querySelector("input");
  const [set, remove] = place.querySelectorAll("button");
  input.id = `rich-link-${Math.random().toString(36).slice(2)}`;
  place.querySelector("label").htmlFor = input.id;
  const close = () => {
    place.hidden = true;
    editor.commands.focus();
  };
  const apply = () => {
    const href = whole(input.value.trim());
    if (href) linked(editor, href);
    close();
  };
  set.addEventListener("click", apply);
  remove.addEventListener("click", () => (editor.chain().extendMarkRange("link").unsetLink().run(), close()));
  place.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
    else if (event.key === "Enter" && event.target === input) apply();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  return {
    ask() {
      input.value = editor.getAttributes("link").href ?? "";
      remove.hidden = !editor.isActive("link");
      place.hidden = false;
      input.focus();
    },
  };
}

const whole = (typed) => (!typed || /^(?:https?:|mailto:|tel:|\/)/i.test(typed) ? typed : typed.includes("@") && !typed.includes("/") ? `mailto:${typed}` : `https://${typed}`);

function linked(editor, href) {
  const chain = editor.chain().focus();
  const isBare = editor.state.selection.empty && !editor.isActive("link");
  if (isBare) chain.insertContent({ type: "text", text: href, marks: [{ type: "link", attrs: { href } }] }).run();
  else chain.extendMarkRange("link").setLink({ href }).run();
}
