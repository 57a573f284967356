"""A visitor on a slow line who does not wait for an answer before choosing anew gets the answer to the last choice."""

import pytest
from browser.tab import leave, open_tab, wait_until_drawn
from playwright.sync_api import Browser, expect

pytestmark = pytest.mark.browser

SLOW_LINE = """
window.WebSocket = class extends WebSocket {
  addEventListener(kind, heard, ...rest) {
    super.addEventListener(kind, kind === "message" ? (event) => setTimeout(heard, 400, event) : heard, ...rest);
  }
};
"""
"""Everything the server says is heard 0.4 seconds later."""


def test_coming_back_to_an_earlier_choice_in_haste_does_not_freeze_the_screen(chromium: Browser, address: str) -> None:
    tab = open_tab(chromium, address)
    page = tab.page
    page.add_init_script(SLOW_LINE)
    with page.expect_websocket() as opened:
        page.goto(f"{address}/map")
    wait_until_drawn(page)

    def choose(level: str) -> None:
        page.get_by_role("radio", name=level, exact=True).click()

    first, second, third = "Local authorities", "Combined authorities", "Regions"
    for level, place in ((first, "Hartlepool"), (second, "Tees Valley")):
        choose(level)
        page.get_by_text(f"healthy years in {place}").first.wait_for()
        wait_until_drawn(page)
    with opened.value.expect_event("framesent"):
        choose(third)
    choose(first)
    page.get_by_text("healthy years in Hartlepool").first.wait_for()
    wait_until_drawn(page)
    choose(second)
    page.get_by_text("healthy years in Tees Valley").first.wait_for()
    expect(page.get_by_role("radio", name=second, exact=True)).to_be_enabled()
    assert tab.console_errors == []
    leave(page)
