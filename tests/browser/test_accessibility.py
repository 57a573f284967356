"""Every screen passes the automatic checks of WCAG 2.2 AA, at a desk and on a phone, light and dark."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from browser.tab import DESK, PHONE, open_tab, wait_until_drawn
from playwright.sync_api import Browser, Page, expect

from dashboard.shell import MENU

pytestmark = pytest.mark.browser

RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]},
}
"""What WCAG asks for, and what is good practice besides, as that no heading skips a level."""
EXAMPLES = {"place": "place?place=E06000009"}
"""What a screen is opened with, where it starts empty."""

PATHS = ["/" if file == "app.py" else f"/{EXAMPLES.get(Path(file).stem, Path(file).stem)}" for file, _ in MENU]


def violations(page: Page) -> list[str]:
    """Return what axe finds, one line for each element."""
    found = Axe().run(page, options=RULES).response["violations"]
    return [
        f"{rule['id']}: {node['target']} {node['html'][:160]} | {node.get('failureSummary', '')[:300]}"
        for rule in found
        for node in rule["nodes"]
    ]


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("path", PATHS)
def test_axe_finds_no_violation_at_a_desk_and_on_a_phone(
    chromium: Browser, address: str, path: str, dark: bool
) -> None:
    tab = open_tab(chromium, address, dark=dark)
    tab.page.goto(address + path)
    for width in (DESK, PHONE):
        tab.page.set_viewport_size({"width": width, "height": 900})
        wait_until_drawn(tab.page)
        assert violations(tab.page) == [], width
    tab.page.close()


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_axe_finds_no_violation_in_what_a_phone_opens(chromium: Browser, address: str, dark: bool) -> None:
    tab = open_tab(chromium, address, width=PHONE, dark=dark)
    tab.page.goto(f"{address}/map")
    wait_until_drawn(tab.page)
    tab.page.locator(".fold summary").click()  # the controls, folded on a phone
    expect(tab.page.get_by_role("radiogroup", name="Areas")).to_be_visible()
    for button in (
        "Definitions",
        "View data",
        "Save picture",
        "Notes",
        "Embed a chart",
    ):
        tab.page.get_by_role("button", name=button).first.click()
        opened = tab.page.locator("[data-testid=stPopoverBody]")
        expect(opened.locator("p, li, table, button, code").first).to_be_visible()
        if button == "View data":  # the widest table there is, in a box of its own
            wide = opened.locator(".data-table")
            expect(wide).to_be_visible()
            assert wide.evaluate("box => box.scrollWidth > box.clientWidth")
        wait_until_drawn(tab.page)
        assert violations(tab.page) == [], button
        tab.page.keyboard.press("Escape")
        expect(opened).to_have_count(0)
    tab.page.close()


def test_axe_would_find_a_violation(chromium: Browser, address: str) -> None:
    tab = open_tab(chromium, address)
    tab.page.goto(address)
    wait_until_drawn(tab.page)
    tab.page.evaluate("document.querySelector('[data-testid=stMain]').insertAdjacentHTML('afterbegin', '<img src=x>')")
    assert any("image-alt" in line for line in violations(tab.page))
    tab.page.close()


@pytest.mark.parametrize("path", PATHS)
def test_the_tab_key_reaches_every_control(chromium: Browser, address: str, path: str) -> None:
    tab = open_tab(chromium, address)
    tab.page.goto(address + path)
    wait_until_drawn(tab.page)
    controls = tab.page.locator(
        "[data-testid=stMain] :is(button, input, select, textarea, a[href], [role=radio], [role=combobox])"
        ":not([disabled]):not([tabindex='-1']):visible"
    )
    expected = controls.count()
    tab.page.evaluate("document.body.focus()")
    reached = set()
    for _ in range(4 * expected + 40):
        tab.page.keyboard.press("Tab")
        reached.add(
            tab.page.evaluate(
                """() => {
                    const e = document.activeElement;
                    if (!e.dataset.reached) e.dataset.reached = String(Math.random());
                    return e.dataset.reached;
                }"""
            )
        )
        missed = controls.evaluate_all("all => all.filter(e => !e.dataset.reached).length")
        if missed == 0:
            break
    # a group of buttons of which one is chosen is one stop; the arrow keys move inside it
    unreached = controls.evaluate_all(
        """all => all.filter(e => !e.dataset.reached && !e.closest('[role=radiogroup],[role=group]'))
                      .map(e => e.outerHTML.slice(0, 160))"""
    )
    assert unreached == []
    tab.page.close()
