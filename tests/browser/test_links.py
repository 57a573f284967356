"""Links in a real browser: opened cold they show what they say, one chart can be shown alone, one page prints on one page."""

import re
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from browser.tab import Tab, open_tab, wait_until_drawn
from playwright.sync_api import Browser, expect

pytestmark = pytest.mark.browser

EVERY_CONTROL = {
    "": {"definition": "deprivation-regions", "target": "2040"},
    "progress": {
        "sex": "male",
        "definition": "deprivation-regions",
        "baseline": "2012 to 2014",
        "target": "2038",
        "share": "0.75",
        "rule": "england",
        "path": "geometric",
    },
    "place": {
        "place": "E08000016",
        "sex": "male",
        "definition": "extreme-regions",
        "target": "2036",
        "layout": "page",
    },
    "data": {"part": "downloads", "table": "places"},
}
COPIED = {"0.75": "75", "E08000016": "E08000038"}
"""What a link may say -> how the copied one says it: a share in per cent, a place by the code in force."""

RAW = [
    "sex=%ff%fe",
    "sex=%",
    "&&&&",
    "=male",
    "sex",
    "sex=male&sex=female&sex=x",
    "%00=%00",
    "place=" + "A" * 1500,
    "?sex=male",
    "sex=Men#fragment",
    "embed=maybe&chart=gap-path-female",
    "embed_options=nothing",
]


def opened(browser: Browser, address: str, path: str) -> Tab:
    tab = open_tab(browser, address)
    tab.page.goto(f"{address.rstrip('/')}/{path}")
    tab.page.wait_for_selector("h1:visible, .chart-title:visible, [data-testid=stAlert]:visible", timeout=60_000)
    return tab


def copied(tab: Tab) -> dict[str, str]:
    tab.page.get_by_role("button", name="Copy link to this view").click()
    code = tab.page.locator("code", has_text=re.compile("[?]")).first
    expect(code).to_be_visible()
    return {name: values[0] for name, values in parse_qs(urlsplit(code.inner_text()).query).items()}


@pytest.mark.parametrize("screen", EVERY_CONTROL)
def test_a_cold_link_sets_every_control_and_the_link_to_copy_says_so_again(
    chromium: Browser, address: str, screen: str
) -> None:
    asked = EVERY_CONTROL[screen]
    tab = opened(chromium, address, f"{screen}?{urlencode(asked)}")
    again = copied(tab)
    assert {name: again.get(name) for name in asked} == {name: COPIED.get(text, text) for name, text in asked.items()}
    assert tab.page.locator("[data-testid=stAlert]", has_text="not understood").count() == 0
    # what the address bar shows may be shared as well: it opens the same view
    tab.page.goto(tab.page.url)
    tab.page.wait_for_selector("h1", timeout=60_000)
    assert copied(tab) == again
    tab.page.close()


def test_embedded_one_chart_is_shown_alone_with_its_source(chromium: Browser, address: str) -> None:
    tab = opened(chromium, address, "?embed=true&chart=gap-path-male&definition=deprivation-regions")
    expect(tab.page.locator(".stPlotlyChart:visible")).to_have_count(1, timeout=60_000)
    expect(tab.page.locator(".chart-title:visible")).to_contain_text("Men")
    expect(tab.page.locator(".chart-foot:visible")).to_contain_text("Source: Office for National Statistics")
    assert tab.page.locator("h1:visible").count() == 0
    assert tab.page.locator(".stPageLink:visible").count() == 0
    tab.page.close()


def test_embedded_without_a_chart_of_that_name_the_names_are_said(chromium: Browser, address: str) -> None:
    tab = opened(chromium, address, "?embed=true&chart=no-such-chart")
    expect(tab.page.get_by_text("There is no chart")).to_contain_text("gap-path-female", timeout=60_000)
    assert tab.page.locator(".stPlotlyChart:visible").count() == 0
    tab.page.close()


@pytest.mark.parametrize("query", RAW)
def test_an_address_that_is_damaged_gives_a_friendly_page(chromium: Browser, address: str, query: str) -> None:
    tab = opened(chromium, address, f"map?{query}")
    wait_until_drawn(tab.page)
    assert tab.page.locator("[data-testid=stException]").count() == 0
    assert tab.page.get_by_text("This app has encountered an error").count() == 0
    assert not tab.console_errors
    tab.page.close()


@pytest.mark.parametrize("code", ["E08000038", "E06000058", "E12000003"])
def test_the_page_to_print_is_one_page(chromium: Browser, address: str, code: str) -> None:
    tab = opened(chromium, address, f"place?place={code}&layout=page")
    wait_until_drawn(tab.page)
    tab.page.wait_for_timeout(1000)
    printed = tab.page.pdf(format="A4", prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1
    tab.page.close()
