"""What a screen shows is whole, and what a link to it sets is set."""

import re

import pytest
from browser.tab import leave, open_tab, wait_until_drawn
from playwright.sync_api import Browser, expect

pytestmark = pytest.mark.browser


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
