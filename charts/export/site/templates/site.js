// Draws each chart of a page as it comes near the view, or in place of its picture, and finds places in the list as a name is typed.

const NEAR = "300px";
const needed = document.currentScript.dataset.needs?.split(" ") ?? [];
const topology = document.getElementById("topology");
if (topology) window.PlotlyGeoAssets = {topojson: {world_110m: JSON.parse(topology.textContent)}};

let loading;  // plotly.js takes longer than all else on a page: nobody waits for it who sees pictures only
const loaded = () => (loading ??= Promise.all(needed.map(load)));

function load(address) {
    const script = document.createElement("script");
    script.src = address;
    document.head.append(script);
    return new Promise((done, failed) => Object.assign(script, {onload: done, onerror: failed}));
}

async function draw(place) {
    if (place.dataset.drawn) return;
    place.dataset.drawn = "yes";
    await loaded();
    const {data, layout} = JSON.parse(place.nextElementSibling.textContent);
    for (const trace of data) {
        if (typeof trace.geojson === "string") trace.geojson = window.BOUNDARIES[trace.geojson.split("/").pop()];
    }
    const picture = place.querySelector("img");
    await Plotly.newPlot(place, data, layout, {displaylogo: false, displayModeBar: false, responsive: true});
    if (!picture) return;
    picture.remove();
    answer(pointer);
}

// The last place of the pointer: a chart drawn beneath a pointer at rest has seen no movement to answer to
let pointer;
for (const kind of ["pointermove", "pointerdown"]) addEventListener(kind, (event) => { pointer = event; });

function answer({clientX, clientY} = {}) {
    const touched = clientX === undefined ? null : document.elementFromPoint(clientX, clientY);
    touched?.dispatchEvent(new MouseEvent("mousemove", {clientX, clientY, bubbles: true}));
}

const drawings = [...document.querySelectorAll(".drawing")];
const near = new IntersectionObserver((entries) => {
    for (const {isIntersecting, target} of entries) if (isIntersecting) draw(target);
}, {rootMargin: NEAR});
// A picture made for a wide page has words too small for a narrow one
const widths = new ResizeObserver((entries) => {
    for (const {target} of entries) if (target.clientWidth < target.querySelector("img")?.getAttribute("width")) near.observe(target);
});

// Pictures first: a chart below them waits until they are seen
addEventListener("load", () => {
    for (const place of drawings) {
        const picture = place.querySelector("img");
        (picture ? widths : near).observe(place);
        if (picture) place.addEventListener("pointerenter", () => draw(place), {once: true});
    }
});

// Pictures are printed as they are; a browser waits for no others, so the keys that print wait for them here
const unseen = () => drawings.filter((place) => !place.childElementCount);
addEventListener("keydown", async (event) => {
    if (event.key !== "p" || !(event.ctrlKey || event.metaKey) || !unseen().length) return;
    event.preventDefault();
    await Promise.all(unseen().map(draw));
    print();
});
addEventListener("beforeprint", () => unseen().forEach(draw));

const plain = (text) => text.toLowerCase().normalize("NFD").replace(/[^a-z0-9]+/g, " ").trim();
document.getElementById("search")?.addEventListener("input", ({target}) => {
    const words = plain(target.value).split(" ");
    const items = [...document.querySelectorAll("#places li")];
    for (const item of items) item.hidden = !words.every((word) => plain(item.textContent).includes(word));
    const left = items.filter((item) => !item.hidden).length;
    document.getElementById("found").textContent = left === 1 ? "1 place" : `${left} places`;
});
