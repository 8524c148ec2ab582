/* <keepwell-chart>: draws the description that stands in it, as wide as there is room. Without this the table speaks.

   Colours are the page's own variables and no values, so that a drawn chart follows light and dark by itself.
   Nothing is evaluated: Vega interprets its expressions, and neither writes a style element. */
const OPTIONS = {
  renderer: "svg",
  actions: false,
  ast: true,
  defaultStyle: false,
  tooltip: { disableDefaultStyle: true },
};

const named = (_, value) =>
  typeof value === "string" && value.startsWith("token:") ? `var(--${value.slice(6)})` : value;

class Chart extends HTMLElement {
  async connectedCallback() {
    if (this.drawn) return;
    this.drawn = true;
    try {
      await this.draw();
      this.dataset.state = "drawn";
    } catch (error) {
      this.dataset.state = "failed";
      this.closest("figure")?.querySelector("details")?.setAttribute("open", "");
      throw error;
    }
  }

  async draw() {
    const { vegaEmbed } = await import("../made/vega.js");
    const { spec, config } = JSON.parse(this.querySelector("template").content.textContent);
    const plot = this.appendChild(document.createElement("div"));
    plot.className = "chart-plot";
    plot.ariaHidden = "true"; // the element itself has the name; these are a hundred lines without one
    const settings = JSON.parse(JSON.stringify(config), named);
    this.result = await vegaEmbed(plot, spec, { ...OPTIONS, config: settings });
    this.watch(plot, this.result.view);
  }

  /* A window's size is not all that changes: a side column opens, a tab is shown. */
  watch(plot, view) {
    let frame = 0;
    this.observer = new ResizeObserver(() => {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(() => plot.clientWidth && view.signal("width", plot.clientWidth).runAsync());
    });
    this.observer.observe(plot);
  }

  disconnectedCallback() {
    this.observer?.disconnect();
    this.result?.finalize();
  }
}

customElements.define("keepwell-chart", Chart);
