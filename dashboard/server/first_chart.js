// On a fresh page the first chart is shown before the others. A browser that has just read plotly.js draws all charts it has
// got in one go and shows none of them before the last, so what comes after the first chart waits until that is drawn.
(() => {
  const LONGEST_MILLISECONDS = 3000;
  const waiting = [];
  let state = "no chart yet";

  const release = () => {
    state = "drawn";
    for (const deliver of waiting.splice(0)) deliver();
  };
  const drawn = () =>
    document.querySelector(".js-plotly-plot .main-svg") &&
    (!document.querySelector(".js-plotly-plot .geolayer > *") || document.querySelector(".choroplethlayer path"));
  const look = () => {
    if (drawn()) setTimeout(release); // after the frame that shows it
    else if (state === "first chart") requestAnimationFrame(look);
  };
  const isChart = (bytes) => new TextDecoder("latin1").decode(bytes).includes('{"data":[{');

  const receive = (event, deliver) => {
    if (state === "first chart") {
      waiting.push(deliver);
      return;
    }
    deliver();
    if (state === "no chart yet" && event.data instanceof ArrayBuffer && isChart(event.data)) {
      state = "first chart";
      setTimeout(release, LONGEST_MILLISECONDS);
      look();
    }
  };

  window.WebSocket = class extends WebSocket {
    constructor(...address) {
      super(...address);
      super.addEventListener("close", release);
    }

    addEventListener(type, listener, ...how) {
      const paced = (event) => receive(event, () => listener.call(this, event));
      super.addEventListener(type, type === "message" ? paced : listener, ...how);
    }
  };
})();
