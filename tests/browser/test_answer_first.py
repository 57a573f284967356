"""The answer first: what is seen without scrolling, and what a click or two give."""

import io
import re
import zipfile
from collections.abc import Callable, Iterator, Sequence

import pytest
from browser.tab import BETWEEN_FRAMES, leave, open_tab, wait_until_drawn
from PIL import Image, ImageChops
from playwright.sync_api import Browser, Page, ViewportSize, expect

pytestmark = pytest.mark.browser

LONGEST_PAGE = 1700
MOST_WORDS = 500
SMALL_DESK: ViewportSize = {"width": 1280, "height": 720}

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


def opened(browser: Browser, address: str, *, path: str = "", fresh: bool = False) -> Page:
    page = open_tab(browser, address, fresh=fresh).page
    page.set_viewport_size(SMALL_DESK)
    page.goto(f"{address}/{path}")
    wait_until_drawn(page)
    return page


@pytest.fixture(scope="module")
def tab(chromium: Browser, address: str) -> Iterator[Page]:
    """One tab for all tests of the first screen: its scripts are loaded once."""
    page = opened(chromium, address)
    yield page
    leave(page)


@pytest.fixture
def first(tab: Page, address: str) -> Page:
    """The first screen as a visitor meets it, whatever was opened or chosen in the tab before."""
    tab.bring_to_front()
    tab.set_viewport_size(SMALL_DESK)
    if tab.url != f"{address}/":
        tab.goto(address)
        wait_until_drawn(tab)
    return tab


def test_whether_the_gap_of_men_is_halved_takes_no_click(first: Page) -> None:
    expect(first.locator("h1")).to_contain_text("not being halved")
    men = first.locator(".answer", has=first.get_by_text("Men", exact=True))
    expect(men).to_be_in_viewport()
    expect(men.locator(".number")).to_have_text("5.9 years")
    expect(men.locator(".chip")).to_contain_text("No clear change")
    course = men.locator("xpath=following-sibling::p[1]")
    expect(course).to_contain_text("Not on course")
    expect(course).to_be_in_viewport()


def test_what_the_latest_release_changed_takes_no_click_and_the_first_screen_is_short(first: Page) -> None:
    for fallen in ("6.5", "7.0"):
        expect(first.get_by_text(f"Newest figures: down from {fallen} in 2021 to 2023")).to_be_in_viewport(ratio=1)
    first.set_viewport_size({"width": 1440, "height": 900})
    assert first.locator("[data-testid=stMain]").evaluate("main => main.scrollHeight") <= LONGEST_PAGE
    assert 100 < first.evaluate(WORDS) <= MOST_WORDS


def test_one_click_downloads_the_data_and_charts_of_this_screen(first: Page, address: str) -> None:
    with first.expect_download(timeout=60_000) as taken:
        first.get_by_role("button", name="Download").click()
    with zipfile.ZipFile(io.BytesIO(taken.value.path().read_bytes())) as bundle:
        names = bundle.namelist()
        assert sum(name.endswith(".csv") for name in names) == 2
        assert sum(name.endswith(".html") for name in names) == 2
        assert address in bundle.read("README.txt").decode()


def test_one_click_shows_how_to_cite_this_screen(first: Page) -> None:
    first.get_by_role("button", name="Cite").click()
    citation = first.locator("[data-testid=stPopoverBody] code")
    expect(citation).to_contain_text(re.compile("The gap.*Figures released 19 February 2026.*Viewed .*http"))
    first.keyboard.press("Escape")


def test_two_clicks_save_the_path_of_mens_gap_for_a_slide(first: Page) -> None:
    # the code behind the buttons is there before they are: a quick click would be lost
    first.wait_for_function(
        "performance.getEntriesByName(new URL('app/static/pictures.js', location.origin).href).length"
    )
    men = first.locator(".st-key-panel-gap-path-male")
    men.get_by_role("button", name="Picture, data, notes").click()
    with first.expect_download(timeout=60_000) as taken:
        first.get_by_role("button", name="PNG, Slide, 16:9").click()
    with Image.open(taken.value.path()) as picture:
        assert picture.size == (1920, 1080)
    assert "men" in taken.value.suggested_filename
    first.keyboard.press("Escape")


def test_search_explains_a_term_and_offers_what_is_near(first: Page) -> None:
    for typed, found in (("baseline", "Baseline"), ("Midlesbrough", "Middlesbrough"), ("xyzzy", "Nothing found")):
        first.get_by_role("textbox", name="Search").fill(typed)
        first.keyboard.press("Enter")
        expect(first.locator(".st-key-search-results")).to_contain_text(found)


def test_two_clicks_say_what_the_slope_index_is_and_where_its_numbers_come_from(first: Page) -> None:
    first.locator(".menu").get_by_role("link", name="Deprivation", exact=True).click()
    expect(first).to_have_title(re.compile("^Deprivation "))
    wait_until_drawn(first)
    first.get_by_role("button", name="Definitions").click()
    said = first.locator("[data-testid=stPopoverBody]")
    expect(said).to_contain_text("Slope index of inequality")
    source = first.locator(".st-key-screen-foot")
    expect(source).to_contain_text(re.compile("Source: Office for National Statistics.*released .* 20"))
    first.keyboard.press("Escape")
    first.go_back()
    wait_until_drawn(first)


def test_four_clicks_ask_for_fifths_and_2030(first: Page) -> None:
    first.get_by_role("button", name="Change settings").click()
    for label, choice in (
        ("Who counts as richest and poorest", "Least and most deprived fifth"),
        ("Target year", "2030"),
    ):
        box = first.locator(".stSelectbox", has_text=label).locator("input")
        box.click()  # the second and the third click; the choice is typed
        box.fill(choice)
        box.press("Enter")
        wait_until_drawn(first)
    first.keyboard.press("Escape")
    expect(first.locator(".st-key-settings-said")).to_contain_text("fifth of local authorities, to be halved by 2030")
    expect(first.locator(".answer").first.locator("xpath=following-sibling::p[1]")).to_contain_text("by 2030")


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


@pytest.mark.parametrize(
    ("typed", "said"),
    [("Middlesbrough", "Middlesbrough"), ("E08000016", "Barnsley"), ("Scarborough", "North Yorkshire")],
)
def test_search_opens_a_place_by_name_former_code_or_district(
    chromium: Browser, address: str, typed: str, said: str
) -> None:
    page = opened(chromium, address, path="data?part=cite")
    page.get_by_role("textbox", name="Search").fill(typed)
    page.keyboard.press("Enter")
    page.wait_for_url("**/place*")
    wait_until_drawn(page)
    expect(page.get_by_text(said).first).to_be_visible()
    if typed == "Scarborough":
        expect(page.get_by_text("Scarborough lies in North Yorkshire")).to_be_visible()
    leave(page)


def button(name: str) -> Callable[[Page], None]:
    return lambda page: page.get_by_role("radio", name=name, exact=True).first.click()


def target(year: str) -> Callable[[Page], None]:
    def choose(page: Page) -> None:
        page.get_by_role("button", name="Change settings").click()
        box = page.locator(".stSelectbox", has_text="Target year").locator("input")
        box.click()
        box.fill(year)
        box.press("Enter")
        wait_until_drawn(page)
        page.keyboard.press("Escape")

    return choose


WALK: Sequence[tuple[str, Callable[[Page], None]]] = (
    ("The gap", target("2040")),
    ("Map", button("Men")),
    ("Place", button("Women")),
    ("What it would take", button("Men")),
    ("Deprivation", button("What averages hide")),
    ("Levers", button("Who is responsible")),
    ("Slides", target("2036")),
    ("Data and methods", button("Methods")),
)
"""Every screen, and a setting to change on it; several settings are shared by screens that follow one another."""
SAME_COLOUR = 64
"""Steps of 256 by which edges of letters and lines may differ from one drawing to the next."""


def test_a_menu_click_is_one_entry_and_back_and_forward_show_what_was_seen(chromium: Browser, address: str) -> None:
    page = opened(chromium, address, path="?definition=deprivation-regions", fresh=True)
    seen: list[tuple[str, Image.Image]] = []
    for name, change in WALK:
        before = page.evaluate("history.length")
        if seen:
            page.locator(".menu").get_by_role("link", name=name, exact=True).click()
            expect(page).to_have_title(re.compile(f"^{name} "))
            wait_until_drawn(page)
        change(page)
        picture = as_seen(page)
        assert page.evaluate("history.length") == before + bool(seen), name
        seen.append(picture)
    for step, left in (("go_back", seen[-2::-1]), ("go_forward", seen[1:4])):
        for url, picture in left:
            getattr(page, step)()
            page.wait_for_url(url)
            now = as_seen(page)
            assert now[0] == url
            difference = ImageChops.difference(now[1], picture).convert("L")
            assert difference.getextrema()[1] <= SAME_COLOUR, (step, url, difference.getbbox())
    leave(page)


def as_seen(page: Page) -> tuple[str, Image.Image]:
    """The address, and the picture of the screen from its top, with nothing pointed at."""
    wait_until_drawn(page)
    page.mouse.move(2, 2)
    page.evaluate("""() => { document.activeElement.blur();
                             document.querySelector("[data-testid=stMain]").scrollTo({top: 0, behavior: "instant"}); }""")
    wait_until_drawn(page, calm=BETWEEN_FRAMES)  # what was pointed at fades
    return page.url, Image.open(io.BytesIO(page.screenshot(animations="disabled"))).convert("RGB")
