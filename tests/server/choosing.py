"""A browser in which something has been chosen, to be asked about it once its server is gone and another has come."""

import re
from collections.abc import Mapping

from playwright.sync_api import Browser, Page, expect


def chosen(chromium: Browser, address: str, *, cookie: Mapping[str, str] | None = None) -> Page:
    """The map, on which regions have been chosen."""
    context = chromium.new_context()
    if cookie:
        context.add_cookies([{**cookie, "url": address}])  # type: ignore[typeddict-item] # name and value
    page = context.new_page()
    page.goto(f"{address}/map")
    page.get_by_role("radio", name="Regions").click(timeout=30_000)
    expect(page).to_have_url(re.compile("level=Regions"), timeout=30_000)
    return page


def still_chosen(page: Page) -> None:
    """It connects again by itself, with its choice, and what is chosen then is heeded."""
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-connection-state", "CONNECTED", timeout=60_000)
    expect(page.get_by_role("radio", name="Regions")).to_be_checked(timeout=30_000)
    page.get_by_role("radio", name="Combined authorities").click(timeout=30_000)
    expect(page).to_have_url(re.compile("level=Combined"), timeout=30_000)
    page.context.close()
