"""Every page, opened first, is the right page and whole, on a fresh server too."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from browser.tab import DESK, PHONE, leave, open_tab, wait_until_drawn
from playwright.sync_api import Browser, expect

from dashboard.shell import MENU

pytestmark = pytest.mark.browser

HEADINGS = {
    "app.py": re.compile(r"^The gap is not being halved\."),
    "pages/place.py": re.compile(r"^How many healthy years can people expect where you live\?$"),
}
"""Screens whose heading is no name: its answer, or what it asks first."""


def path_of(file: str) -> str:
    """Return the address of a screen."""
    return "/" if file == "app.py" else f"/{Path(file).stem}"


@pytest.mark.parametrize(
    ("file", "width"), [*zip(HEADINGS, (PHONE, DESK), strict=True)], ids=[path_of(file) for file in HEADINGS]
)
def test_a_page_opened_first_is_right_and_whole(
    chromium: Browser, fresh_address: Callable[[], str], file: str, width: int
) -> None:
    """As the first one of a server, where Streamlit does not know the others yet."""
    address, label = fresh_address(), dict(MENU)[file]
    tab = open_tab(chromium, address, width=width)
    page = tab.page
    page.goto(address + path_of(file))
    wait_until_drawn(page)

    expect(page.locator("h1")).to_have_text(HEADINGS[file])
    assert page.title().startswith(f"{label} ")
    links = page.locator(".menu a").all_inner_texts()
    assert links == [name for _, name in MENU]
    assert page.locator(".stException, [data-testid=stAlertContentError]").count() == 0
    assert tab.console_errors == []
    assert tab.other_hosts == []
    assert tab.failed == []
    too_wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert too_wide <= 0
    leave(page)


@pytest.mark.parametrize(
    ("level", "areas"),
    [("region", 9), ("combined-authority", 15 + 9), ("utla", 153)],  # the regions stand behind the 15
)
def test_every_area_of_the_map_has_a_shape(chromium: Browser, address: str, level: str, areas: int) -> None:
    tab = open_tab(chromium, address)
    tab.page.goto(f"{address}/map?level={level}")
    wait_until_drawn(tab.page)
    england = ".geolayer > :first-child .choroplethlayer path"  # beside it stands London, larger
    tab.page.wait_for_selector(england, state="attached", timeout=60_000)
    shapes = tab.page.locator(england).evaluate_all("paths => paths.map(p => (p.getAttribute('d') || '').length)")
    assert len(shapes) == areas
    assert min(shapes) > 10
    leave(tab.page)


def test_a_link_carries_every_control(chromium: Browser, address: str) -> None:
    query = "sex=male&definition=deprivation-regions&baseline=2014+to+2016&target=2040&rule=england&share=33&tab=ends"
    tab = open_tab(chromium, address)
    tab.page.goto(f"{address}/progress?{query}")
    wait_until_drawn(tab.page)
    tab.page.locator(".st-key-panel-both-ends").get_by_role("button", name=re.compile("^Picture, data, notes")).click()
    notes = tab.page.locator("[data-testid=stPopoverBody]")
    for said in (
        "South East minus North East",
        "Baseline 2014 to 2016",
        "33% of it closed by 2040",
        "rises with England",
    ):
        expect(notes).to_contain_text(said, timeout=30_000)
    leave(tab.page)
