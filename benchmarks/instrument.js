// Notes, inside a page under measurement, when its answer appears and when its charts are drawn.
(() => {
  const seen = { answer: 0, drawn: 0, input: 0 };
  window.__seen = seen;
  for (const type of ["pointerup", "keydown"]) {
    addEventListener(type, (event) => { seen.input = event.timeStamp; seen.drawn = 0; }, true);
  }
  // plotly.js gives each chart its own `emit` before it draws: heard here, no drawing is missed, not even a chart's first.
  Object.defineProperty(HTMLElement.prototype, "emit", {
    configurable: true,
    set(emit) {
      const heard = (name, ...rest) => {
        if (name === "plotly_afterplot") seen.drawn = performance.now();
        return emit(name, ...rest);
      };
      Object.defineProperty(this, "emit", { value: heard, configurable: true, writable: true });
    },
  });
  const look = () => {
    const found = [...document.querySelectorAll("__ANSWER__")].some((one) => one.getBoundingClientRect().height > 0);
    if (found) seen.answer = performance.now();
    else requestAnimationFrame(look);
  };
  look();
})();
