"""Links in a real browser: opened cold they show what they say, one chart can be shown alone, one page prints on one page."""

import re
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from browser.tab import Tab, leave, open_tab, wait_until_drawn
from cold_links import COPIED, EVERY_CONTROL
from playwright.sync_api import Browser, expect

pytestmark = pytest.mark.browser

RAW = ["sex=%ff%fe", "%00=%00", "sex=Men#fragment", "embed=maybe&chart=gap-path-female", "embed_options=nothing"]
"""What a browser or Streamlit's client might make something else of; more is tried at the server."""


def opened(browser: Browser, address: str, path: str) -> Tab:
    tab = open_tab(browser, address)
    tab.page.goto(f"{address.rstrip('/')}/{path}")
    tab.page.wait_for_selector("h1:visible, .chart-title:visible, [data-testid=stAlert]:visible", timeout=60_000)
    return tab


def copied(tab: Tab) -> dict[str, str]:
    wait_until_drawn(tab.page)
    link_ = tab.page.locator("[data-share]").get_attribute("data-share") or ""
    return {name: values[0] for name, values in parse_qs(urlsplit(link_).query).items()}


MANY_CONTROLS = {screen: asked for screen, asked in reversed(EVERY_CONTROL) if screen in {"", "map", "place", "slides"}}
"""Screens with every kind of control; tests/dashboard opens every link of every screen."""


@pytest.mark.parametrize(
    ("screen", "asked"), MANY_CONTROLS.items(), ids=[screen or "first" for screen in MANY_CONTROLS]
)
def test_a_cold_link_sets_every_control_and_the_link_to_copy_says_so_again(
    chromium: Browser, address: str, screen: str, asked: dict[str, str]
) -> None:
    tab = opened(chromium, address, f"{screen}?{urlencode(asked)}")
    again = copied(tab)
    assert again == {name: COPIED.get(text, text) for name, text in asked.items()}
    assert tab.page.locator("[data-testid=stAlert]", has_text="could not use part").count() == 0
    # what the address bar shows may be shared as well: it opens the same view
    tab.page.goto(tab.page.url)
    tab.page.wait_for_selector("h1", timeout=60_000)
    assert copied(tab) == again
    leave(tab.page)


def test_the_charts_to_embed_are_named_as_they_now_are(chromium: Browser, address: str) -> None:
    tab = opened(chromium, address, "progress")
    wait_until_drawn(tab.page)
    for name, who in (("Women", "Women: "), ("Men", "Men: "), ("Women", "Women: ")):
        tab.page.get_by_role("radio", name=name, exact=True).click()
        expect(tab.page.locator(".chart-title").first).to_contain_text(who)
        wait_until_drawn(tab.page)
        tab.page.get_by_role("button", name="Embed a chart").click()
        chart = tab.page.locator("[data-testid=stPopoverBody]").get_by_role("combobox", name="Chart")
        expect(chart).to_have_value(re.compile(f"^{who}"))
        tab.page.keyboard.press("Escape")
    leave(tab.page)


@pytest.mark.parametrize("screen", ["nonsense", "nonsense/deeper"])
def test_an_unknown_screen_word_and_value_are_each_named_with_what_there_is(
    chromium: Browser, address: str, screen: str
) -> None:
    tab = opened(chromium, address, f"{screen}?bogus=1&target=2034.5&utm_source=mail")
    notice = tab.page.locator("[data-testid=stAlert]", has_text="We could not use part of this link")
    expect(notice.locator("li")).to_have_text(
        [
            re.compile(f"There is no screen “{screen}”, so the first one is shown"),
            re.compile("“2034.5” is not one of the choices, so 2034 is shown. Choices run from 20.. to 2050"),
            re.compile(
                "There is no choice called “bogus”. The choices of this screen are called: definition, baseline, target, model"
            ),
        ]
    )
    tab.page.keyboard.press("Escape")  # Streamlit's own words in front of ours
    tab.page.locator(".menu").get_by_role("link", name="Map", exact=True).click()
    tab.page.wait_for_url(f"{address}/map")
    leave(tab.page)


@pytest.mark.parametrize(("path", "pages"), [("", 3), ("map", 1), ("progress", 2)])
def test_a_screen_prints_on_few_pages(chromium: Browser, address: str, path: str, pages: int) -> None:
    page = open_tab(chromium, address, dark=True).page
    page.goto(f"{address}/{path}")
    wait_until_drawn(page)
    printed = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) <= pages
    leave(page)


def test_embedded_one_chart_is_shown_alone_with_its_source(chromium: Browser, address: str) -> None:
    tab = opened(chromium, address, "?embed=true&chart=gap-path-male&definition=deprivation-regions")
    expect(tab.page.locator(".stPlotlyChart:visible")).to_have_count(1, timeout=60_000)
    expect(tab.page.locator(".chart-title:visible")).to_contain_text("Men")
    expect(tab.page.locator(".chart-foot:visible")).to_contain_text("Source: Office for National Statistics")
    assert tab.page.locator("h1:visible").count() == 0
    assert tab.page.locator(".menu:visible").count() == 0
    leave(tab.page)


def test_the_clean_view_of_a_chart_is_one_click_away_and_shows_the_picture_and_nothing_else(
    chromium: Browser, address: str
) -> None:
    tab = opened(chromium, address, "?embed=true&chart=gap-path-male&definition=deprivation-regions")
    link = tab.page.get_by_role("link", name="Clean view: Men")
    expect(link).to_be_visible(timeout=60_000)
    tab.page.goto(f"{address}/{link.get_attribute('href')}")
    picture = tab.page.locator(".st-key-stage")
    expect(picture.get_by_text("Source: Office for National Statistics")).to_be_visible(timeout=60_000)
    expect(picture.get_by_text("Least and most deprived region")).to_be_visible()
    assert tab.page.locator(".stMain :is(button, a, input, .chart-foot):visible").count() == 0
    assert tab.page.locator("h1").all_inner_texts()[0].startswith("Men")
    leave(tab.page)


def test_embedded_without_a_chart_of_that_name_the_names_are_said(chromium: Browser, address: str) -> None:
    tab = opened(chromium, address, "?embed=true&chart=no-such-chart")
    expect(tab.page.get_by_text("There is no chart")).to_contain_text("gap-path", timeout=60_000)
    assert tab.page.locator(".stPlotlyChart:visible").count() == 0
    leave(tab.page)


def test_an_address_that_is_damaged_gives_a_friendly_page(chromium: Browser, address: str) -> None:
    tab = open_tab(chromium, address)
    for query in RAW:
        tab.page.goto(f"{address}/data?{query}")
        wait_until_drawn(tab.page)
        assert tab.page.locator("[data-testid=stException]").count() == 0, query
        assert tab.page.get_by_text("This app has encountered an error").count() == 0, query
        assert not tab.console_errors, query
    leave(tab.page)


@pytest.mark.parametrize("code", ["E06000058", "E12000003"])
def test_the_page_to_print_is_one_page(chromium: Browser, address: str, code: str) -> None:
    tab = opened(chromium, address, f"place?place={code}&layout=page")
    wait_until_drawn(tab.page)
    printed = tab.page.pdf(format="A4", prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1
    leave(tab.page)
