"""Takes the pictures of the screens that README and docs show: `make pictures`."""

import io
from pathlib import Path

import numpy as np
from browser.tab import DESK, PHONE, ZOOMED, open_tab, wait_until_drawn
from chromium import ARGUMENTS, installed
from PIL import Image
from playwright.sync_api import Browser, sync_playwright
from server.running import dashboard

from dashboard.shell import MENU

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "pictures"
LONGEST = 10_000
"""Pixels of height that a picture may have."""

COMMON = 12
"""Colours of a picture that are kept exactly: paper, ink, fields, lines."""

FIRST_SIGHT = 1230
"""Height of the picture at the head of the README: what is seen without scrolling."""

DEVICES = {DESK: "desk", PHONE: "phone", ZOOMED: "twice-as-large"}

EXAMPLES = {"place": "?place=E06000009"}
"""What a screen shows on its picture, where it starts empty."""


def take(browser: Browser, address: str, name: str, *, width: int, height: int = 0) -> None:
    """Take the picture of a screen, whole or down to a height."""
    tab = open_tab(browser, address, width=width)
    path = "" if name == "the-gap-today" else name
    tab.page.goto(f"{address}/{path}{EXAMPLES.get(name, '')}")
    wait_until_drawn(tab.page)
    tab.page.wait_for_timeout(1500)
    whole = tab.page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
    tab.page.set_viewport_size({"width": width, "height": min(height or whole, LONGEST)})
    tab.page.wait_for_timeout(1500)
    device = "first" if height else DEVICES[width]
    picture = Image.open(io.BytesIO(tab.page.screenshot()))
    _with_few_colours(picture.convert("RGB")).save(FOLDER / f"{name}-{device}.png", optimize=True)
    tab.page.close()


def _with_few_colours(picture: Image.Image) -> Image.Image:
    """Return a picture at a quarter of its size: colours of which there is little are kept, the commonest are exact."""
    few = picture.quantize(160, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    palette = few.getpalette() or []
    commonest = sorted(picture.getcolors(maxcolors=1 << 24) or [], reverse=True)[:COMMON]
    pixels, numbers = np.asarray(picture), np.asarray(few)
    for _, colour in reversed(commonest):
        at = 3 * int(numbers[(pixels == colour).all(axis=2)][0])
        palette[at : at + 3] = colour
    few.putpalette(palette)
    return few


def main() -> None:
    """Take every screen at a desk, on a phone and with text twice as large, and the first sight of the first one."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with dashboard() as running, sync_playwright() as tool:
        browser = tool.chromium.launch(executable_path=installed() or None, args=ARGUMENTS)
        take(browser, running.address, "the-gap-today", width=DESK, height=FIRST_SIGHT)
        for file, _ in MENU:
            name = "the-gap-today" if file == "app.py" else Path(file).stem
            for width in DEVICES:
                take(browser, running.address, name, width=width)
        browser.close()


if __name__ == "__main__":
    main()
