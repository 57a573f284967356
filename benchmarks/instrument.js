// Notes, inside a page under measurement, when its answer and its chart appear, how steady it is, and when charts are drawn.
(() => {
  const seen = { answer: null, chart: null, lcp: 0, shift: 0, long: 0, input: 0, first: 0, drawn: 0 };
  window.__seen = seen;
  const observe = (type, each) => {
    new PerformanceObserver((list) => list.getEntries().forEach(each)).observe({ type, buffered: true });
  };
  observe("largest-contentful-paint", (entry) => { seen.lcp = entry.startTime; });
  observe("layout-shift", (entry) => { if (!entry.hadRecentInput) seen.shift += entry.value; });
  observe("longtask", (entry) => { seen.long += entry.duration; });
  for (const type of ["pointerup", "keydown"]) {
    addEventListener(type, (event) => { seen.input = event.timeStamp; seen.first = seen.drawn = 0; }, true);
  }
  // plotly.js gives each chart its own `emit` before it draws: heard here, no drawing is missed, not even a chart's first.
  Object.defineProperty(HTMLElement.prototype, "emit", {
    configurable: true,
    set(emit) {
      const heard = (name, ...rest) => {
        if (name === "plotly_afterplot") {
          seen.drawn = performance.now();
          // a chart is seen once the frame is painted that follows its drawing
          if (!seen.first) {
            seen.first = -1;
            requestAnimationFrame(() => setTimeout(() => { seen.first = performance.now(); }, 0));
          }
        }
        return emit(name, ...rest);
      };
      Object.defineProperty(this, "emit", { value: heard, configurable: true, writable: true });
    },
  });
  const visible = (selector) => [...document.querySelectorAll(selector)].some((one) => one.getBoundingClientRect().height > 0);
  const look = () => {
    if (seen.answer === null && visible("__ANSWER__")) seen.answer = performance.now();
    if (seen.chart === null && visible("__CHART__")) seen.chart = performance.now();
    requestAnimationFrame(look);
  };
  look();
})();
