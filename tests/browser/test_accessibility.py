"""Every screen passes the automatic checks of WCAG 2.2 AA, at a desk and on a phone, light and dark."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from browser.tab import DESK, PHONE, open_tab, wait_until_drawn
from playwright.sync_api import Browser, Page

from dashboard.shell import MENU

pytestmark = pytest.mark.browser

RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}
PATHS = ["/" if file == "app.py" else f"/{Path(file).stem}" for file, _ in MENU]


def violations(page: Page) -> list[str]:
    """Return what axe finds, one line for each element."""
    found = Axe().run(page, options=RULES).response["violations"]
    return [
        f"{rule['id']}: {node['target']} {node['html'][:160]} | {node.get('failureSummary', '')[:300]}"
        for rule in found
        for node in rule["nodes"]
    ]


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [DESK, PHONE])
@pytest.mark.parametrize("path", PATHS)
def test_axe_finds_no_violation(chromium: Browser, address: str, path: str, width: int, dark: bool) -> None:
    tab = open_tab(chromium, address, width=width, dark=dark)
    tab.page.goto(address + path)
    wait_until_drawn(tab.page)
    assert violations(tab.page) == []
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
