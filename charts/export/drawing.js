// Draws a figure once and gives it in each format that is wanted; for a PDF the figure is left on the page, to be printed.

const INCH = 96;
const SLIDE_WIDTH = 13 + 1 / 3;

async function picture(figure, size, told, formats) {
    document.body.replaceChildren();
    repeatChance();
    const image = await Plotly.toImage(figure, {...size, format: "svg", imageDataOnly: true, setBackground: ""});
    const svg = described(image, told);
    const found = {svg};
    if (formats.includes("png")) found.png = await asPng(svg, size);
    if (formats.includes("pdf")) layOut(svg, size, told);
    return found;
}

// plotly.js names the parts of a drawing by chance: the same chance gives the same file
function repeatChance() {
    let state = 1;
    Math.random = () => (state = (state * 48271) % 2147483647) / 2147483647;
}

function described(image, {title, alt}) {
    const drawn = new DOMParser().parseFromString(image, "image/svg+xml").documentElement;
    const words = [["title", title], ["desc", alt]].filter(([, text]) => text).map(([name, text]) => {
        const part = drawn.ownerDocument.createElementNS(drawn.namespaceURI, name);
        part.textContent = text;
        return part;
    });
    drawn.prepend(...words);
    drawn.setAttribute("role", "img");
    for (const part of [drawn, ...drawn.querySelectorAll("*")]) inOrder(part);
    return new XMLSerializer().serializeToString(drawn);
}

// plotly.js adds attributes in whichever order its work ends: the same order gives the same file
function inOrder(part) {
    const own = [...part.attributes].sort((one, other) => (one.name < other.name ? -1 : 1));
    for (const attribute of own) part.setAttributeNode(part.removeAttributeNode(attribute));
}

async function asPng(svg, {width, height, scale}) {
    const image = new Image();
    image.src = URL.createObjectURL(new Blob([svg], {type: "image/svg+xml"}));
    await image.decode();
    URL.revokeObjectURL(image.src);
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [Math.round(width * scale), Math.round(height * scale)];
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    return canvas.toDataURL("image/png").split(",")[1];
}

function layOut(svg, {width, height}, {title, alt}) {
    const [wide, high] = [SLIDE_WIDTH * INCH, (SLIDE_WIDTH * INCH * height) / width];
    document.title = title;
    document.body.innerHTML = `<style>@page {size: ${wide}px ${high}px; margin: 0} body {margin: 0}
        svg.main-svg {display: block; width: ${wide}px; height: ${high - 1}px}</style>${svg}`;
    document.querySelector("svg").setAttribute("aria-label", alt);
}
