// Saves charts as PNG or SVG at the size of a slide, and copies them, without asking any server: plotly.js draws the
// chart that stands on the screen once more, in the layout that the page has sent along.

const READY_MILLISECONDS = 20000;

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("button[data-picture]");
  if (button) act(button);
});

async function act(button) {
  const group = button.closest("[data-pictures]");
  const status = group.querySelector("[role=status]");
  button.disabled = true;
  status.textContent = "Drawing…";
  try {
    status.textContent = await ACTIONS[button.dataset.picture](button, group);
  } catch (error) {
    status.textContent = `That did not work: ${error.message}`;
  } finally {
    button.disabled = false;
  }
}

const ACTIONS = {
  png: (button) => saveOne(button, "png"),
  svg: (button) => saveOne(button, "svg"),
  copy: copyOne,
  "all-png": (button, group) => saveAll(button, group, "png"),
  "all-svg": (button, group) => saveAll(button, group, "svg"),
};

async function saveOne(button, format) {
  const frame = frameOf(button);
  const blob = await picture(frame, format);
  save(blob, `${frame.name}.${format}`);
  return `Saved ${frame.name}.${format}`;
}

async function copyOne(button) {
  if (!navigator.clipboard?.write || typeof ClipboardItem === "undefined") {
    throw new Error("this browser copies images only on a secure (https) page. Save the PNG instead.");
  }
  // the promise goes in, not its result: some browsers forbid copying once the click lies too far back
  const item = new ClipboardItem({ "image/png": picture(frameOf(button), "png") });
  await navigator.clipboard.write([item]);
  return "Copied. Paste it into a slide or document.";
}

async function saveAll(button, group, format) {
  const files = [];
  for (const holder of document.querySelectorAll("[data-frame]")) {
    const frame = readFrame(holder);
    const number = String(files.length + 1).padStart(2, "0");
    const bytes = new Uint8Array(await (await picture(frame, format)).arrayBuffer());
    files.push({ name: `${number}-${frame.name}.${format}`, bytes });
  }
  save(zip(files), `${group.dataset.pictures}-${format}.zip`);
  return `Saved ${files.length} files in one zip`;
}

function frameOf(button) {
  return readFrame(button.closest("[data-frame]"));
}

function readFrame(holder) {
  return JSON.parse(holder.dataset.frame);
}

/** Draw a chart in a frame and return it as a Blob. */
async function picture(frame, format) {
  const address = await window.Plotly.toImage(
    { data: await marks(frame), layout: frame.layout, config: frame.config },
    { format, width: frame.width, height: frame.height, scale: frame.scale },
  );
  const comma = address.indexOf(",");
  if (format === "svg") {
    return new Blob([decodeURIComponent(address.slice(comma + 1))], { type: "image/svg+xml" });
  }
  const text = atob(address.slice(comma + 1));
  return new Blob([Uint8Array.from(text, (letter) => letter.charCodeAt(0))], { type: "image/png" });
}

/** Return what a frame draws: sent along, or taken from the chart on the screen. */
async function marks(frame) {
  if (frame.data) {
    await until(() => window.Plotly);
    return frame.data;
  }
  const plot = await plotOf(frame.plot);
  return plot.data.map((trace, i) => ({ ...trace, selectedpoints: undefined, ...frame.traces[i] }));
}

/** Return the chart of a name once it is drawn: whoever opens a link may press before the chart is there. */
async function plotOf(name) {
  return until(() => {
    const plot = document.querySelector(`.st-key-${CSS.escape(name)} .js-plotly-plot`);
    return plot?.data?.length && window.Plotly ? plot : null;
  });
}

async function until(found) {
  const end = Date.now() + READY_MILLISECONDS;
  while (Date.now() < end) {
    const result = found();
    if (result) return result;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error("the chart has not finished loading. Try again in a moment.");
}

function save(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}

// A zip archive without compression: pictures are compressed already.

function zip(files) {
  const parts = [];
  const entries = [];
  let offset = 0;
  for (const { name, bytes } of files) {
    const label = new TextEncoder().encode(name);
    const common = [20, 0, 0, 0, 0, 0, 0, 0, 33, 0, ...four(crc32(bytes)), ...four(bytes.length), ...four(bytes.length),
      ...two(label.length), 0, 0];
    const head = Uint8Array.from([0x50, 0x4b, 3, 4, ...common]);
    parts.push(head, label, bytes);
    entries.push(Uint8Array.from([0x50, 0x4b, 1, 2, 20, 0, ...common, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, ...four(offset)]), label);
    offset += head.length + label.length + bytes.length;
  }
  const length = entries.reduce((sum, part) => sum + part.length, 0);
  const end = Uint8Array.from([0x50, 0x4b, 5, 6, 0, 0, 0, 0, ...two(files.length), ...two(files.length), ...four(length),
    ...four(offset), 0, 0]);
  return new Blob([...parts, ...entries, end], { type: "application/zip" });
}

const two = (n) => [n & 255, (n >>> 8) & 255];
const four = (n) => [...two(n & 65535), ...two(n >>> 16)];

const TABLE = Array.from({ length: 256 }, (_, n) => {
  for (let k = 0; k < 8; k++) n = n & 1 ? 0xedb88320 ^ (n >>> 1) : n >>> 1;
  return n >>> 0;
});

function crc32(bytes) {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = TABLE[(crc ^ byte) & 255] ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}
