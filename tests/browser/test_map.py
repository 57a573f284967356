"""The Map screen in a browser: links carry every control, and clicking and choosing do the same."""

from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
from browser.tab import DESK, PHONE, Tab, leave, open_tab, wait_until_drawn
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser

MANCHESTER = "E08000003"
SMALLEST_LETTERS = 12
"""Pixels of height of letters that are read on a phone."""

LINKS = [
    (
        {"level": "region", "sex": "male", "measure": "difference", "periods": "four"},
        ("Difference from England in healthy life expectancy", "men, 4 periods without a common year"),
        "Regions of England.",
    ),
    (
        {"view": "tiles", "period": "2014 to 2016", "measure": "hle-deprivation"},
        ("women, 2014 to 2016", "thirds of areas"),
        "Local authorities of England, one square for each.",
    ),
    (
        {"measure": "change", "since": "2014 to 2016", "place": MANCHESTER},
        ("2014 to 2016 up to 2022 to 2024", "More about Manchester", "years since 2014 to 2016"),
        "Local authorities of England.",
    ),
    (
        {"measure": "life-expectancy", "level": "combined-authority", "period": "2021 to 2023", "place": "E12000002"},
        ("Life expectancy at birth, women, 2021 to 2023", "More about the North West"),
        "Combined authorities of England.",
    ),
]
"""Words of a link, what the screen then says, and which areas the notes of the map name."""


@pytest.fixture
def tab(chromium: Browser, address: str) -> Iterator[Tab]:
    found = open_tab(chromium, address)
    found.page.set_viewport_size({"width": DESK, "height": 1500})  # the whole map in sight, so that it can be clicked
    yield found
    assert found.console_errors == []
    assert found.other_hosts == []
    assert found.failed == []
    leave(found.page)


def opened(tab: Tab, address: str, **words: str) -> Page:
    tab.page.goto(f"{address}/map?{urlencode(words)}")
    wait_until_drawn(tab.page)
    return tab.page


def main_text(page: Page) -> str:
    """Return what the screen says once it has stopped changing."""
    wait_until_drawn(page)
    return page.locator("[data-testid=stMain]").inner_text()


@pytest.mark.parametrize(
    ("words", "said", "areas"), LINKS, ids=lambda value: urlencode(value) if isinstance(value, dict) else ""
)
def test_a_link_opens_its_view_cold_with_its_notes(
    tab: Tab, address: str, words: dict[str, str], said: tuple[str, ...], areas: str
) -> None:
    page = opened(tab, address, **words)
    for text in said:
        expect(page.locator("[data-testid=stMain]")).to_contain_text(text)
    assert "We could not use part of this link" not in main_text(page)
    page.get_by_role("button", name="Picture, data, notes").first.click()
    expect(page.locator("[data-testid=stPopoverBody] li", has_text=areas)).to_be_visible(timeout=20_000)


@pytest.mark.parametrize(
    ("words", "misread"),
    [
        (
            {
                "measure": "happiness",
                "level": "village",
                "view": "globe",
                "period": "1999 to 2001",
                "place": "E99999999",
            },
            5,
        ),
        ({"measure": "change", "since": "2030 to 2032", "sex": "<script>alert(1)</script>"}, 2),
    ],
)
def test_words_that_cannot_be_understood_leave_the_map_standing_and_are_named(
    tab: Tab, address: str, words: dict[str, str], misread: int
) -> None:
    page = opened(tab, address, **words)
    notice = page.locator("[data-testid=stAlert]", has_text="We could not use part of this link")
    expect(notice.locator("li")).to_have_count(misread)
    expect(page.locator(".js-plotly-plot").first).to_be_visible()


def whole_shapes(page: Page) -> int:
    """How many areas have a shape on the first map, the country's; beside it stands London, larger."""
    shapes = page.locator(".geolayer > :first-child .choroplethlayer path")
    lengths = shapes.evaluate_all("paths => paths.map(path => (path.getAttribute('d') || '').length)")
    assert min(lengths) > 10
    return len(lengths)


def middle_of(page: Page, code: str) -> tuple[float, float]:
    """Return the middle of the largest shape of an area, once the map stands still."""
    page.wait_for_function(
        "code => [...document.querySelectorAll('.choroplethlocation')].some(shape => shape.__data__.loc === code)",
        arg=code,
    )
    wait_until_drawn(page)
    box = page.evaluate(
        """code => [...document.querySelectorAll(".choroplethlocation")]
            .filter(shape => shape.__data__.loc === code)
            .map(shape => shape.getBoundingClientRect())
            .sort((one, other) => other.width - one.width)
            .map(box => [box.x + box.width / 2, box.y + box.height / 2])[0]""",
        code,
    )
    return float(box[0]), float(box[1])


@pytest.mark.parametrize("words", [{}, {"periods": "four", "view": "tiles"}], ids=urlencode)
def test_clicking_an_area_and_choosing_it_do_the_same(tab: Tab, address: str, words: dict[str, str]) -> None:
    code, name = ("E06000065", "North Yorkshire")
    page = opened(tab, address, **words)
    page.mouse.click(*middle_of(page, code))
    expect(page.locator("h3", has_text=name).first).to_have_text(name, timeout=20_000)
    clicked, at = main_text(page), page.url
    assert "place=North+Yorkshire" in at

    page = opened(tab, address, **words)
    box = page.locator(".stSelectbox", has_text="Place").locator("input")
    box.click()
    box.fill(name)
    box.press("Enter")
    expect(page.locator("h3", has_text=name).first).to_have_text(name, timeout=20_000)
    assert sorted(page.url.split("?")[1].split("&")) == sorted(at.split("?")[1].split("&"))
    assert main_text(page) == clicked


def test_pointing_at_an_area_says_its_name_value_and_interval(tab: Tab, address: str) -> None:
    page = opened(tab, address, level="region")
    x, y = middle_of(page, "E12000009")
    assert whole_shapes(page) == 9
    page.mouse.move(x - 5, y)
    page.mouse.move(x, y, steps=3)
    expect(page.locator(".hovertext")).to_contain_text("South West")
    expect(page.locator(".hovertext")).to_contain_text("62.4 (61.6 to 63.3) years")


def test_the_boundaries_are_fetched_once_and_not_sent_with_a_changed_control(tab: Tab, address: str) -> None:
    fetched: list[str] = []
    tab.page.on("request", lambda request: fetched.append(request.url) if ".geojson" in request.url else None)
    page = opened(tab, address)
    assert whole_shapes(page) == 153
    page.get_by_role("radio", name="Men", exact=True).click()
    expect(page.locator(".chart-subtitle").first).to_contain_text(" men,")
    wait_until_drawn(page)
    assert len(fetched) == len(set(fetched))
    assert not any(b'"coordinates"' in message for message in tab.received)


def test_the_period_slider_moves_by_keyboard(tab: Tab, address: str) -> None:
    page = opened(tab, address)
    page.get_by_role("button", name="More", exact=False).last.click()
    page.get_by_role("slider", name="Period").focus()
    page.keyboard.press("ArrowLeft")
    expect(page.locator(".chart-subtitle").first).to_contain_text("2021 to 2023")
    assert "period=2021+to+2023" in page.url


def test_the_table_twin_sorts(tab: Tab, address: str) -> None:
    page = opened(tab, address, level="combined-authority")
    assert whole_shapes(page) == 15 + 9  # the regions stand behind the 15
    page.get_by_role("button", name="Picture, data, notes").click()
    first = page.locator("[data-testid=stPopoverBody] .data-table tbody tr").first
    expect(first).to_contain_text("Tees Valley")
    box = page.locator("[data-testid=stPopoverBody] .stSelectbox", has_text="Sort by").locator("input")
    box.click()
    box.fill("Area")
    box.press("Enter")
    expect(first).to_contain_text("Cambridgeshire and Peterborough")


def test_tiles_do_not_stick_out_on_a_phone(chromium: Browser, address: str) -> None:
    tab = open_tab(chromium, address, width=PHONE)
    page = opened(tab, address, view="tiles", measure="difference")
    wide = page.evaluate(
        """width => [...document.querySelectorAll("[data-testid=stMain] *")]
            .filter(one => one.getBoundingClientRect().right > width + 1 && !one.closest("svg, .data-table, .menu > *, [role=tooltip]")
                && getComputedStyle(one).visibility !== "hidden" && one.getBoundingClientRect().width > 0)
            .map(one => one.className.toString().slice(0, 60))""",
        PHONE,
    )
    assert wide == []
    leave(tab.page)


def test_an_area_level_without_figures_says_why(tab: Tab, address: str) -> None:
    page = opened(tab, address, level="combined-authority", measure="life-expectancy")
    expect(page.locator("[data-testid=stMain]")).to_contain_text("no life expectancy for 2022 to 2024 is held")
    assert page.viewport_size is not None
    assert page.viewport_size["width"] == DESK


def test_the_lowest_combined_authority_for_women_and_its_rank_interval_are_two_clicks_away(
    tab: Tab, address: str
) -> None:
    tab.page.goto(address)
    wait_until_drawn(tab.page)
    tab.page.get_by_role("link", name="Map", exact=True).click()
    tab.page.get_by_role("radio", name="Combined authorities", exact=True).click()
    first = tab.page.locator(".data-table tbody tr").first
    expect(first).to_contain_text("Tees Valley", timeout=20_000)
    expect(first.locator("td").last).to_contain_text(" to 15")


def test_four_periods_are_one_click_away_and_their_title_says_what_changed(tab: Tab, address: str) -> None:
    page = opened(tab, address)
    page.get_by_role("radio", name="Four periods", exact=True).click()
    expect(page.locator(".chart-title").first).to_contain_text("rose from 10 to 38 of 151", timeout=20_000)


def test_tiles_are_offered_for_authorities_alone(tab: Tab, address: str) -> None:
    for level, offered in (("region", 0), ("utla", 1)):
        page = opened(tab, address, level=level)
        page.get_by_role("button", name="More", exact=False).last.click()
        expect(page.get_by_role("slider", name="Period")).to_be_visible()
        expect(page.get_by_role("radio", name="Tiles of one size")).to_have_count(offered)


def test_a_tap_on_a_phone_writes_the_figures_where_the_finger_is(chromium: Browser, address: str) -> None:
    tab = open_tab(chromium, address, width=PHONE)
    page = opened(tab, address, level="region")
    page.locator(".js-plotly-plot").first.scroll_into_view_if_needed()
    x, y = middle_of(page, "E12000001")
    page.mouse.click(x, y)
    told = page.locator(".scattergeo text", has_text="North East").first
    expect(told).to_be_visible(timeout=20_000)
    box = told.bounding_box()
    assert box is not None
    assert abs(box["x"] + box["width"] / 2 - x) < 80
    assert box["height"] > 3 * SMALLEST_LETTERS  # name, figure, interval
    leave(tab.page)
