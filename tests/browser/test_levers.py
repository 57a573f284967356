"""The Levers screen in a browser: the department with the widest gap is one click away, and gaps begin with the widest."""

import re
from collections.abc import Iterator

import pytest
from browser.tab import Tab, leave, open_tab, wait_until_drawn
from playwright.sync_api import Browser, expect

pytestmark = pytest.mark.browser


@pytest.fixture
def tab(chromium: Browser, address: str) -> Iterator[Tab]:
    found = open_tab(chromium, address)
    found.page.goto(f"{address}/levers")
    wait_until_drawn(found.page)
    yield found
    assert found.console_errors == []
    leave(found.page)


def test_the_department_with_the_widest_gap_is_one_click_away(tab: Tab) -> None:
    tab.page.get_by_role("radio", name="Who is responsible", exact=True).click()
    first = tab.page.locator(".data-table tbody tr").first
    expect(first).to_contain_text("Work and Pensions", timeout=20_000)
    expect(first).to_contain_text("Child poverty after housing costs")


def test_ten_gaps_are_drawn_first_and_all_at_a_click(tab: Tab) -> None:
    rows = tab.page.locator(".st-key-panel-lever-gaps svg text", has_text=re.compile(r"\sv\s"))  # 39.3% v 18.2%
    expect(rows).to_have_count(10, timeout=20_000)
    notes = tab.page.locator(".st-key-panel-lever-gaps").get_by_role("button", name="Picture, data, notes")
    notes.click()
    expect(tab.page.locator("[data-testid=stPopoverBody]")).to_contain_text(
        "The 10 widest gaps of 30 building blocks", timeout=20_000
    )
    tab.page.keyboard.press("Escape")
    tab.page.get_by_text("Show every building block").click()
    expect(rows).to_have_count(30, timeout=20_000)
