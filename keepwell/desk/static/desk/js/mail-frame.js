/* A frame as high as what it shows. Without this it scrolls. */
function fit(frame) {
  const shown = frame.contentDocument?.documentElement;
  if (shown) frame.style.height = `${shown.offsetHeight + 26}px`;
}

for (const frame of document.querySelectorAll("iframe[data-fits]")) {
  frame.addEventListener("load", () => fit(frame));
  addEventListener("resize", () => fit(frame));
  if (frame.contentDocument?.readyState === "complete") fit(frame);
}
