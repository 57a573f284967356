// Draws each chart of a page as it comes into view, and finds places in the list as a name is typed.

const topology = document.getElementById("topology");
if (topology) window.PlotlyGeoAssets = {topojson: {world_110m: JSON.parse(topology.textContent)}};

function draw(place) {
    const {data, layout} = JSON.parse(place.nextElementSibling.textContent);
    for (const trace of data) {
        if (typeof trace.geojson === "string") trace.geojson = window.BOUNDARIES[trace.geojson.split("/").pop()];
    }
    Plotly.newPlot(place, data, layout, {displaylogo: false, displayModeBar: false, responsive: true});
}

const watcher = new IntersectionObserver((entries) => {
    for (const {isIntersecting, target} of entries) {
        if (!isIntersecting) continue;
        watcher.unobserve(target);
        draw(target);
    }
}, {rootMargin: "300px"});
document.querySelectorAll(".drawing").forEach((place) => watcher.observe(place));
window.addEventListener("beforeprint", () => document.querySelectorAll(".drawing:empty").forEach(draw));

const plain = (text) => text.toLowerCase().normalize("NFD").replace(/[^a-z0-9]+/g, " ").trim();
document.getElementById("search")?.addEventListener("input", ({target}) => {
    const words = plain(target.value).split(" ");
    const items = [...document.querySelectorAll("#places li")];
    for (const item of items) item.hidden = !words.every((word) => plain(item.textContent).includes(word));
    const left = items.filter((item) => !item.hidden).length;
    document.getElementById("found").textContent = left === 1 ? "1 place" : `${left} places`;
});
