"""On a phone, and with text twice as large as usual, nothing is cut off and no words of a chart lie over others."""

from pathlib import Path

import pytest
from browser.tab import PHONE, ZOOMED, open_tab, wait_until_drawn
from playwright.sync_api import Browser, Page

from dashboard.shell import MENU

pytestmark = pytest.mark.browser

EXAMPLES = {"place": ["place?place=E06000009"], "levers": ["levers", "levers?view=holders"]}
"""What a screen is opened with, where it starts empty or has several views."""

PATHS = [
    path
    for file, _ in MENU
    for path in ([""] if file == "app.py" else EXAMPLES.get(Path(file).stem, [Path(file).stem]))
]

OUTSIDE = """() => {
    const main = document.querySelector("[data-testid=stMain]");
    const apart = "svg, .data-table table, .menu > *, [role=tablist] > *, .st-key-preview, [role=tooltip]";
    return [...main.querySelectorAll("*")]
        .filter(one => !one.closest(apart) && getComputedStyle(one).visibility !== "hidden")
        .filter(one => { const box = one.getBoundingClientRect();
                         return box.width && box.height && (box.right > main.clientWidth + 1 || box.left < -1); })
        .map(one => `${one.tagName} ${one.className}`.slice(0, 80));
}"""
"""Parts of the screen that stick out of it; a table, menu or row of tabs that scrolls in a box of its own is no such part."""

CLIPPED = """() => [...document.querySelectorAll("[data-testid=stMain] :is(p, span, h1, h2, h3, h4, th, td, label, button, a)")]
    .filter(one => one.innerText.trim() && !one.closest("svg, .st-key-preview"))
    .filter(one => { while (one && getComputedStyle(one).clipPath !== "inset(50%)") one = one.parentElement; return !one; })
    .filter(one => getComputedStyle(one).overflowX !== "visible" && one.clientWidth && one.scrollWidth > one.clientWidth + 2)
    .map(one => one.innerText.slice(0, 80))"""
"""Words that are cut off, or end in dots, because their room is too narrow; those for screen readers alone are not meant to be seen."""

COLLIDING = """() => [...document.querySelectorAll("[data-testid=stMain] .stPlotlyChart")].flatMap(chart => {
    const frame = chart.getBoundingClientRect();
    const words = [...chart.querySelectorAll("text")]
        .filter(one => one.textContent.trim() && getComputedStyle(one).visibility !== "hidden")
        .map(one => [one.textContent, one.getBoundingClientRect()])
        .filter(([, box]) => box.width && box.height);
    const cut = words.filter(([, box]) => box.left < frame.left - 1 || box.right > frame.right + 1
                                       || box.top < frame.top - 2 || box.bottom > frame.bottom + 2);
    const over = words.flatMap(([said, one], i) => words.slice(i + 1)
        .filter(([, other]) => Math.min(one.right, other.right) - Math.max(one.left, other.left) > 2
                            && Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > 5)
        .map(([also]) => `${said} over ${also}`));
    return [...cut.map(([said]) => `cut: ${said}`), ...over];
})"""
"""Words of a chart that leave it or lie over one another."""


def faults(page: Page) -> list[str]:
    return [fault for what in (OUTSIDE, CLIPPED, COLLIDING) for fault in page.evaluate(what)]


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path or "first")
def test_nothing_is_cut_off_or_lies_over_anything_else(chromium: Browser, address: str, path: str) -> None:
    tab = open_tab(chromium, address, width=ZOOMED)
    for width in (ZOOMED, PHONE):
        tab.page.set_viewport_size({"width": width, "height": 450})
        tab.page.goto(f"{address}/{path}")
        wait_until_drawn(tab.page)
        assert faults(tab.page) == [], width
    tab.page.close()


def test_a_table_does_not_break_words(chromium: Browser, address: str) -> None:
    tab = open_tab(chromium, address, width=PHONE)
    tab.page.goto(f"{address}/?tab=definitions")
    wait_until_drawn(tab.page)
    verdicts = tab.page.locator(".data-table td", has_text="Wider")
    lines = verdicts.evaluate_all(
        """cells => cells.map(cell => { const range = document.createRange(); range.selectNodeContents(cell);
                                        return range.getClientRects().length; })"""
    )
    assert lines
    assert set(lines) == {1}
    tab.page.close()


def test_a_part_that_sticks_out_and_words_that_collide_would_be_found(chromium: Browser, address: str) -> None:
    tab = open_tab(chromium, address, width=PHONE)
    tab.page.goto(f"{address}/deprivation")
    wait_until_drawn(tab.page)
    tab.page.evaluate(
        """() => {
            const head = document.querySelector("[data-testid=stMain] h1");
            head.insertAdjacentHTML("afterend", "<div style='width: 700px'>wide</div><p style='width: 9px; overflow: hidden; white-space: nowrap'>clipped</p>");
            const [one, other] = document.querySelectorAll(".stPlotlyChart .ytick text");
            other.setAttribute("transform", one.getAttribute("transform") ?? "");
            for (const name of ["x", "y"]) other.setAttribute(name, one.getAttribute(name));
        }"""
    )
    found = faults(tab.page)
    assert any(fault.startswith("DIV") for fault in found)
    assert "clipped" in found
    assert any(" over " in fault for fault in found)
    tab.page.close()
