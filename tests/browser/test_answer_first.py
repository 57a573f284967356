"""The answer first: what is seen without scrolling, and what a click or two give."""

import io
import re
import zipfile

import pytest
from browser.tab import PHONE, open_tab, wait_until_drawn
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser

HIGHEST_FIRST_PLOT = 400
LONGEST_PAGE = 1700
MOST_WORDS = 500
PHONE_SCREENFUL = 844

WORDS = """() => {
    const hidden = "svg, em, .for-screen-readers, [data-testid=stIconMaterial]";
    const main = document.querySelector("[data-testid=stMain]");
    const walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
    let words = 0;
    while (walker.nextNode()) {
        const node = walker.currentNode;
        if (!node.parentElement.closest(hidden) && node.parentElement.getClientRects().length)
            words += node.textContent.split(/\\s+/).filter(word => /\\w/.test(word)).length;
    }
    return words;
}"""
"""Words in view, without those drawn in charts."""


def opened(browser: Browser, address: str, *, width: int = 1280, height: int = 720, path: str = "") -> Page:
    page = open_tab(browser, address, width=width).page
    page.set_viewport_size({"width": width, "height": height})
    page.goto(f"{address}/{path}")
    wait_until_drawn(page)
    return page


def test_the_first_plot_begins_within_400_pixels(chromium: Browser, address: str) -> None:
    page = opened(chromium, address)
    top = page.locator(".stPlotlyChart .main-svg").first.evaluate("plot => plot.getBoundingClientRect().top")
    assert top <= HIGHEST_FIRST_PLOT
    page.close()


def test_the_gap_is_short_before_a_tab_is_opened(chromium: Browser, address: str) -> None:
    page = opened(chromium, address, width=1440, height=900)
    assert page.locator("[data-testid=stMain]").evaluate("main => main.scrollHeight") <= LONGEST_PAGE
    assert 100 < page.evaluate(WORDS) <= MOST_WORDS
    page.close()


def test_a_phone_shows_both_answers_without_scrolling(chromium: Browser, address: str) -> None:
    page = opened(chromium, address, width=PHONE, height=PHONE_SCREENFUL)
    bottoms = page.locator(".answer").evaluate_all("all => all.map(one => one.getBoundingClientRect().bottom)")
    assert len(bottoms) == 2
    assert max(bottoms) <= PHONE_SCREENFUL
    page.close()


def test_whether_the_gap_of_men_is_halved_takes_no_click(chromium: Browser, address: str) -> None:
    page = opened(chromium, address)
    expect(page.locator("h1")).to_contain_text("not being halved")
    men = page.locator(".answer", has=page.get_by_text("Men", exact=True))
    expect(men).to_be_in_viewport()
    expect(men.locator(".number")).to_have_text("5.9 years")
    expect(men.locator(".chip")).to_contain_text("No clear change")
    course = men.locator("xpath=following-sibling::p[1]")
    expect(course).to_contain_text("Not on course")
    expect(course).to_be_in_viewport()
    page.close()


def test_what_the_latest_release_changed_takes_no_click(chromium: Browser, address: str) -> None:
    page = opened(chromium, address, width=1440, height=900)
    newest = page.locator(".st-key-strip").get_by_text("down from 6.5 in 2021 to 2023")
    expect(newest).to_be_in_viewport()
    page.close()


def test_one_click_copies_the_link_of_this_view(chromium: Browser, address: str) -> None:
    context = chromium.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(f"{address}/?target=2040")
    wait_until_drawn(page)
    page.get_by_role("button", name="Share").click()
    expect(page.get_by_text("Link copied")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith(f"{address}/?")
    assert "target=2040" in copied
    context.close()


def test_one_click_downloads_the_data_and_charts_of_this_screen(chromium: Browser, address: str) -> None:
    page = opened(chromium, address)
    with page.expect_download(timeout=60_000) as taken:
        page.get_by_role("button", name="Download").click()
    with zipfile.ZipFile(io.BytesIO(taken.value.path().read_bytes())) as bundle:
        names = bundle.namelist()
        assert sum(name.endswith(".csv") for name in names) == 2
        assert sum(name.endswith(".html") for name in names) == 2
        assert address in bundle.read("README.txt").decode()
    page.close()


def test_one_click_shows_how_to_cite_this_screen(chromium: Browser, address: str) -> None:
    page = opened(chromium, address)
    page.get_by_role("button", name="Cite").click()
    citation = page.locator("[data-testid=stPopoverBody] code")
    expect(citation).to_contain_text(re.compile("The gap.*Figures released 19 February 2026.*Viewed .*http"))
    page.close()


@pytest.mark.parametrize(
    ("typed", "said"),
    [("Middlesbrough", "Middlesbrough"), ("E08000016", "Barnsley"), ("Scarborough", "North Yorkshire")],
)
def test_search_opens_a_place_by_name_former_code_or_district(
    chromium: Browser, address: str, typed: str, said: str
) -> None:
    page = opened(chromium, address)
    page.get_by_role("textbox", name="Search").fill(typed)
    page.keyboard.press("Enter")
    page.wait_for_url("**/place*")
    wait_until_drawn(page)
    expect(page.get_by_text(said).first).to_be_visible()
    if typed == "Scarborough":
        expect(page.get_by_text("Scarborough lies in North Yorkshire")).to_be_visible()
    page.close()


def test_search_explains_a_term_and_offers_what_is_near(chromium: Browser, address: str) -> None:
    page = opened(chromium, address)
    for typed, found in (("baseline", "Baseline"), ("Midlesbrough", "Middlesbrough"), ("xyzzy", "Nothing found")):
        page.get_by_role("textbox", name="Search").fill(typed)
        page.keyboard.press("Enter")
        expect(page.locator(".st-key-search-results")).to_contain_text(found)
    page.close()


def test_back_shows_the_screens_that_were_left_one_by_one(chromium: Browser, address: str) -> None:
    page = opened(chromium, address, path="?target=2040&definition=deprivation-regions")
    seen = [(page.url, page.locator("h1").inner_text())]
    for name in ("Map", "What it would take", "Place"):
        before = page.evaluate("history.length")
        page.locator(".st-key-menu").get_by_role("link", name=name, exact=True).click()
        expect(page).to_have_title(re.compile(f"^{name} "))
        wait_until_drawn(page)
        assert page.evaluate("history.length") == before + 1
        seen.append((page.url, page.locator("h1").inner_text()))
    for url, heading in reversed(seen[:-1]):
        page.go_back()
        page.wait_for_url(url)
        wait_until_drawn(page)
        assert page.locator("h1").inner_text() == heading
    page.close()
