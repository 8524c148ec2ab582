/* What every page runs: small modules that look after elements by their attributes. Others are fetched when used. */
import "./dialogs.js";
import "./focus.js";
import "./progress.js";
import "./relative-time.js";
import "./scheme.js";
import "./shortcuts.js";
import "./undo-toast.js";
import "./live.js";
import { whenShown } from "./shown.js";

whenShown("[data-keep]", async (form) => (await import("./drafts.js")).keep(form));
whenShown("[data-upload]", async (place) => (await import("./upload.js")).receive(place));
whenShown("[data-list]", async (list) => (await import("./rows.js")).walk(list));
whenShown("[data-tabs]", async (box) => (await import("./tabs.js")).tabs(box));
whenShown("#palette", async (dialog) => (await import("./palette.js")).palette(dialog));
