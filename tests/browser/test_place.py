"""The Place screen in a browser: what a visitor wants to know of a place is a click or two away and in sight."""

from collections.abc import Iterator

import pytest
from browser.tab import DESK, PHONE, Tab, leave, open_tab, wait_until_drawn
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser

HARTLEPOOL, MIDDLESBROUGH = "E06000001", "E06000002"


@pytest.fixture
def tab(chromium: Browser, address: str) -> Iterator[Tab]:
    found = open_tab(chromium, address)
    yield found
    assert found.console_errors == []
    assert found.other_hosts == []
    leave(found.page)


def opened(tab: Tab, address: str, *, width: int = DESK, height: int = 900) -> Page:
    tab.page.set_viewport_size({"width": width, "height": height})
    tab.page.goto(address)
    wait_until_drawn(tab.page)
    return tab.page


def choose(page: Page, words: str) -> None:
    box = page.locator(".st-key-place input")
    box.click()
    box.fill(words)
    box.press("Enter")


def test_middlesbrough_beside_its_region_and_similar_places_takes_a_click_and_typing(tab: Tab, address: str) -> None:
    page = opened(tab, f"{address}/place")
    choose(page, "Middlesbrough")
    table = page.locator(".data-table").first
    expect(table).to_contain_text("54.2 (50.9 to 57.4)", timeout=20_000)
    expect(table).to_contain_text("56.9 (55.9 to 57.9)")
    expect(table).to_contain_text("10 most similar places, lowest to highest")
    expect(page.locator(".chart-title").nth(1)).to_contain_text("similar to all 10 equally deprived authorities")


def test_how_sure_hartlepools_last_place_is_takes_a_click(tab: Tab, address: str) -> None:
    page = opened(tab, f"{address}/place?place={HARTLEPOOL}")
    page.get_by_role("radio", name="Similar places and rank").click()
    said = page.locator(".stMarkdown").filter(has_text="Women:")
    expect(said).to_contain_text("ranks 131 to 151 of 151 fit the figures", timeout=20_000)
    expect(said).to_contain_text("it may not be last")


def test_back_after_a_link_by_code_shows_the_same_place_until_it_leaves(chromium: Browser, address: str) -> None:
    page = opened(open_tab(chromium, address, fresh=True), f"{address}/place?place={HARTLEPOOL}&alike=global")
    shown = page.url
    for _ in ("alike", "place"):  # each was put into words, which made an entry of the history
        page.go_back()
        page.wait_for_url(shown)
        wait_until_drawn(page)
        expect(page.locator("h1")).to_have_text("Hartlepool")
        expect(page.locator(".chart-title").nth(1)).to_contain_text("ONS neighbours")
    page.go_back()
    assert page.url == "about:blank"
    leave(page)


def test_the_name_of_a_district_leads_to_its_authority(tab: Tab, address: str) -> None:
    page = opened(tab, f"{address}/place")
    choose(page, "Scarborough")
    expect(page.locator("h1")).to_have_text("North Yorkshire", timeout=20_000)
    expect(page.locator("[data-testid=stMain]")).to_contain_text("Scarborough lies in North Yorkshire")
    assert "place=North+Yorkshire" in page.url


def test_on_a_phone_sentence_and_first_chart_fit_and_no_table_is_cut(tab: Tab, address: str) -> None:
    page = opened(tab, f"{address}/place?place={MIDDLESBROUGH}", width=PHONE, height=844)
    sentence = page.locator(".place-summary").bounding_box()
    assert sentence is not None
    assert sentence["y"] + sentence["height"] <= 844
    assert page.locator(".stPlotlyChart").first.bounding_box()["y"] < 844  # type: ignore[index]
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE
    assert page.evaluate(
        "[...document.querySelectorAll('.data-table')].every(one => one.scrollWidth <= one.clientWidth)"
    )
