/* What every page runs: small modules that look after elements by their attributes. Others are fetched when used. */
import "./dialogs.js";
import "./focus.js";
import "./progress.js";
import "./relative-time.js";
import "./scheme.js";
import "./shortcuts.js";
import "./undo-toast.js";
import "./live.js";
import { walk } from "./rows.js";
import { whenShown } from "./shown.js";
import { tabs } from "./tabs.js";

whenShown("[data-list]", walk);
whenShown("[data-tabs]", tabs);
whenShown(".views [aria-current]", (place) => place.scrollIntoView({ block: "nearest", inline: "center" }));
whenShown("[data-keep]", async (form) => (await import("./drafts.js")).keep(form));
whenShown("[data-upload]", async (place) => (await import("./upload.js")).receive(place));
whenShown("[data-rich]", async (field) => (await import("./rich-box.js")).richBox(field));
whenShown("keepwell-chart", () => import("./chart.js"));
whenShown("#palette", async (dialog) => (await import("./palette.js")).palette(dialog));
