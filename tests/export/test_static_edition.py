"""The static edition opens from a disk: nothing is fetched, every link leads somewhere, every chart has its table.

Each page opens with pictures, and a chart is drawn by plotly.js once that is of use to the reader.
"""

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, ViewportSize, expect

from charts.export.site.contents import places
from charts.export.site.pictures import WIDTH
from charts.export.site.write import MENU, write_site
from pipeline.processed import Tables

HARTLEPOOL, CITY, NORTH_EAST = "E06000001", "E09000001", "E12000001"
SCREEN: ViewportSize = {"width": 1440, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 844}
LOADS = 30_000
"""The most that plotly.js may take to load and draw on a busy machine, in milliseconds."""
PAGES = [
    *("index.html", "gap-slope-deciles.html", "map.html", "takes.html", "deprivation.html", "levers.html"),
    *(f"places/{code}.html" for code in (HARTLEPOOL, CITY, NORTH_EAST)),
]


class Addresses(HTMLParser):
    """Notes every address of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [str(value) for name, value in attrs if name in {"src", "href"}]
        self.found += [one for name, value in attrs if name == "data-needs" for one in str(value).split()]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, tables: Tables, browser_path: str) -> Path:
    folder = tmp_path_factory.mktemp("site")
    write_site(tables, folder, address="https://dashboard.example", codes=(HARTLEPOOL, CITY, NORTH_EAST))
    return folder


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    faults: list[str] = []
    found = chromium.new_page(viewport=SCREEN)
    found.on("pageerror", lambda error: faults.append(str(error)))
    yield found
    found.close()
    assert faults == []


def test_every_link_and_script_is_a_file_of_the_edition_or_the_live_dashboard(site: Path) -> None:
    for file in site.rglob("*.html"):
        reader = Addresses()
        reader.feed(file.read_text(encoding="utf-8"))
        assert len(reader.found) > len(MENU)
        for address in reader.found:
            live = address.startswith(("https://dashboard.example", "#", "https://"))
            assert live or (file.parent / address).is_file(), (file.name, address)


def test_nothing_but_links_leads_to_a_network(site: Path) -> None:
    for file in site.rglob("*.html"):
        text = file.read_text(encoding="utf-8")
        assert not re.search(r"(src|srcset)=\"(https?:)?//", text)
        assert not re.search(r"<link[^>]*https?:", text)


def test_every_place_has_a_page_and_the_whole_has_one_copy_of_the_chart_library(site: Path, tables: Tables) -> None:
    assert len(places(tables)) == 177  # 153 authorities, 15 combined authorities, 9 regions
    assert {file.stem for file in (site / "places").iterdir()} == {HARTLEPOOL, CITY, NORTH_EAST}
    assert [file.name for file in site.rglob("*plotly*")] == ["plotly.min.js"]


@pytest.mark.parametrize("path", PAGES)
def test_on_opening_every_chart_in_view_is_a_picture_and_plotly_is_not_loaded(
    site: Path, page: Page, path: str
) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto((site / path).as_uri())
    charts = page.locator(".drawing")
    in_view = [box for box in (one.bounding_box() for one in charts.all()) if box and box["y"] < SCREEN["height"]]
    assert in_view
    for number, box in enumerate(in_view):
        picture = charts.nth(number).locator("img")
        assert picture.evaluate("one => [one.complete, one.naturalWidth]") == [True, WIDTH]
        assert picture.bounding_box() == box
        assert box["width"] == WIDTH
    _two_frames(page)
    assert not [address for address in asked if "plotly" in address]


@pytest.mark.parametrize("path", ["index.html", "map.html", f"places/{HARTLEPOOL}.html"])
def test_a_page_has_no_fault_of_access_with_its_pictures_and_with_its_charts(site: Path, page: Page, path: str) -> None:
    page.goto((site / path).as_uri())
    assert page.locator(".drawing").count() == page.locator("section table").count()
    assert _faults_of_access(page) == []
    page.locator(".drawing").first.hover()
    expect(page.locator(".drawing .main-svg").first).to_be_visible(timeout=LOADS)
    assert _faults_of_access(page) == []


def test_a_chart_that_is_pointed_at_takes_the_place_of_its_picture_and_answers(site: Path, page: Page) -> None:
    page.goto((site / "map.html").as_uri())
    name = page.locator(".drawing").first.get_attribute("aria-label")
    before = page.evaluate("document.documentElement.scrollHeight")
    page.locator(".drawing").first.hover()
    expect(page.locator(".hoverlayer .hovertext")).to_have_count(1, timeout=LOADS)
    chart = page.locator(".drawing").first
    expect(chart.locator("img")).to_have_count(0)
    assert page.evaluate("document.documentElement.scrollHeight") == before
    assert page.get_by_role("img", name=name).count() == 1
    expect(page.locator(".drawing img")).to_have_count(1)


def test_a_chart_below_the_pictures_is_drawn_as_it_comes_near(site: Path, page: Page) -> None:
    page.goto((site / "index.html").as_uri())
    third = page.locator(".drawing").nth(2)
    expect(third).to_be_empty()
    third.scroll_into_view_if_needed()
    expect(third.locator(".main-svg").first).to_be_visible(timeout=LOADS)


def test_on_a_phone_a_chart_is_drawn_for_its_width(site: Path, page: Page) -> None:
    page.set_viewport_size(PHONE)
    page.goto((site / f"places/{HARTLEPOOL}.html").as_uri())
    first = page.locator(".drawing").first
    expect(first.locator(".main-svg").first).to_be_visible(timeout=LOADS)
    expect(first.locator("img")).to_have_count(0)
    drawn, place = first.locator(".main-svg").first.bounding_box(), first.bounding_box()
    assert drawn
    assert place
    assert drawn["width"] == place["width"] < PHONE["width"]
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]


def test_without_scripts_a_page_shows_its_pictures_and_says_what_its_other_charts_show(
    site: Path, chromium: Browser
) -> None:
    page = chromium.new_page(java_script_enabled=False, viewport=SCREEN)
    page.goto((site / "index.html").as_uri())
    heights = [(page.locator(".drawing").nth(number).bounding_box() or {})["height"] for number in (0, 1, 2)]
    assert heights[:2] == [310, 310]  # as high as the chart is drawn
    assert 0 < heights[2] < 150  # some lines of words
    page.close()


def test_the_keys_that_print_wait_for_every_chart(site: Path, page: Page) -> None:
    page.add_init_script(
        "window.print = () => { window.printed = document.querySelectorAll('.drawing:empty').length; }"
    )
    page.goto((site / "index.html").as_uri())
    assert page.locator(".drawing:empty").count() > 0
    page.keyboard.press("Control+p")
    page.wait_for_function("window.printed !== undefined")
    assert page.evaluate("window.printed") == 0


@pytest.mark.parametrize(
    ("path", "answers"),
    [
        ("index.html", ["The gap is not being halved"]),
        (f"places/{CITY}.html", ["No healthy life expectancy is published for women", "is published for men"]),
    ],
)
def test_a_page_answers_its_question_before_its_charts(site: Path, path: str, answers: list[str]) -> None:
    before_charts = (site / path).read_text(encoding="utf-8").split("<section>")[0]
    assert all(answer in before_charts for answer in answers)


def test_charts_of_women_and_of_men_share_one_scale(site: Path) -> None:
    text = (site / f"places/{HARTLEPOOL}.html").read_text(encoding="utf-8")
    drawings = [json.loads(found) for found in re.findall(r'<script type="application/json">(.*?)</script>', text)]
    women, men = (one["layout"]["yaxis"]["range"] for one in drawings[:2])
    assert women == men


def test_a_place_is_found_as_its_name_is_typed(site: Path, page: Page) -> None:
    page.goto((site / "places.html").as_uri())
    page.get_by_label("Find a place").fill("hartle")
    expect(page.locator("#found")).to_have_text("1 place")
    page.get_by_role("link", name="Hartlepool").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Hartlepool")


def _faults_of_access(page: Page) -> list[tuple[str, list[str]]]:
    found = Axe().run(page).response["violations"]
    return [(one["id"], [node["target"] for node in one["nodes"]][:3]) for one in found]


def _two_frames(page: Page) -> None:
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
