// Presents a deck: the slide fills the window whatever its size, and the keys of a presenter's clicker turn the pages.

const BAR = 56;

const KEYS = {
  ArrowRight: "next", ArrowDown: "next", PageDown: "next", " ": "next", Enter: "next",
  ArrowLeft: "previous", ArrowUp: "previous", PageUp: "previous", Backspace: "previous",
  Home: "first", End: "last",
};

/** Scale the drawings: not what holds them, since Streamlit measures that and would draw them anew at its size. */
function fit() {
  const stage = document.querySelector(".st-key-stage");
  if (stage) {
    const {offsetWidth: width, offsetHeight: height} = stage;
    const bar = document.querySelector(".st-key-bar") ? BAR : 0; // a chart alone has nothing to press
    const scale = Math.min(innerWidth / width, (innerHeight - bar) / height);
    scaleTo(stage, scale);
    stage.style.left = `${Math.max(0, (innerWidth - width * scale) / 2)}px`;
  }
  for (const preview of document.querySelectorAll(".st-key-preview")) {
    const scale = Math.min(1.4, preview.parentElement.clientWidth / preview.offsetWidth);
    scaleTo(preview, scale);
    preview.style.marginBottom = `${(scale - 1) * preview.offsetHeight}px`;
  }
}

function scaleTo(holder, scale) {
  for (const plot of holder.querySelectorAll(".js-plotly-plot")) {
    plot.style.transformOrigin = "0 0";
    plot.style.transform = `scale(${scale})`;
  }
}

let early = null;

/** Press one of the buttons; one that has not arrived yet, though its slide has, is pressed as soon as it is there. */
function press(name) {
  const button = document.querySelector(`.st-key-${name} button`);
  early = button ? null : name;
  if (button && !button.disabled) button.click();
}

function onKey(event) {
  if (!document.querySelector(".st-key-stage") || event.ctrlKey || event.altKey || event.metaKey) return;
  const onControl = event.target.closest?.("button, a, input, select, textarea, [role=option]");
  if (onControl && (event.key === "Enter" || event.key === " ")) return;
  if (event.key === "Escape") document.querySelector(".st-key-bar a")?.click(); // the browser itself leaves the full screen
  else if (event.key === "f" || event.key === "F") toggleFullScreen();
  else if (KEYS[event.key]) {
    event.preventDefault();
    press(KEYS[event.key]);
  }
}

function toggleFullScreen() {
  if (document.fullscreenElement) document.exitFullscreen();
  else document.documentElement.requestFullscreen?.();
}

// once, however often the page names this script
if (!window.presenting) {
  window.presenting = true;
  document.addEventListener("keydown", onKey);
  document.addEventListener("click", (event) => {
    if (event.target.closest?.("[data-present=fullscreen]")) toggleFullScreen();
  });
  addEventListener("resize", fit);
  let waiting = false;
  new MutationObserver(() => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      fit();
      if (early) press(early);
    });
  }).observe(document.body, { childList: true, subtree: true });
}
fit();
