"""The Levers screen in a browser: the department with the widest gap is one click away, and gaps begin with the widest."""

from collections.abc import Iterator

import pytest
from browser.tab import Tab, open_tab, wait_until_drawn
from playwright.sync_api import Browser, expect

pytestmark = pytest.mark.browser


@pytest.fixture
def tab(chromium: Browser, address: str) -> Iterator[Tab]:
    found = open_tab(chromium, address)
    found.page.goto(f"{address}/levers")
    wait_until_drawn(found.page)
    yield found
    assert found.console_errors == []
    found.page.close()


def test_the_department_with_the_widest_gap_is_one_click_away(tab: Tab) -> None:
    tab.page.get_by_role("radio", name="Who is responsible", exact=True).click()
    first = tab.page.locator(".data-table tbody tr").first
    expect(first).to_contain_text("Work and Pensions", timeout=20_000)
    expect(first).to_contain_text("Child poverty after housing costs")


def test_ten_gaps_are_drawn_first_and_all_at_a_click(tab: Tab) -> None:
    foot = tab.page.locator(".chart-foot").first
    expect(foot).to_contain_text("The 10 widest gaps of 30 are drawn")
    tab.page.get_by_text("Show every building block").click()
    expect(foot).not_to_contain_text("are drawn", timeout=20_000)
