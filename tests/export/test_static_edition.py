"""The static edition opens from a disk: nothing is fetched, every link leads somewhere, every chart has its table."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from charts.export.site.contents import places
from charts.export.site.write import MENU, write_site
from pipeline.processed import Tables

HARTLEPOOL, CITY, NORTH_EAST = "E06000001", "E09000001", "E12000001"


class Addresses(HTMLParser):
    """Notes every address of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [str(value) for name, value in attrs if name in {"src", "href"}]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, tables: Tables) -> Path:
    folder = tmp_path_factory.mktemp("site")
    write_site(tables, folder, address="https://dashboard.example", codes=(HARTLEPOOL, CITY, NORTH_EAST))
    return folder


@pytest.fixture
def page(chromium: Browser) -> Page:
    found = chromium.new_page()
    found.on("pageerror", lambda error: pytest.fail(str(error)))
    return found


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


@pytest.mark.parametrize("path", ["index.html", "map.html", f"places/{HARTLEPOOL}.html"])
def test_a_page_draws_its_charts_from_the_disk_and_has_no_fault_of_access(site: Path, page: Page, path: str) -> None:
    page.goto((site / path).as_uri())
    expect(page.locator(".drawing .main-svg").first).to_be_visible()
    assert page.locator(".drawing").count() == page.locator("section table").count()
    found = Axe().run(page).response["violations"]
    assert [(one["id"], [node["target"] for node in one["nodes"]][:3]) for one in found] == []
    page.close()


def test_a_place_is_found_as_its_name_is_typed(site: Path, page: Page) -> None:
    page.goto((site / "places.html").as_uri())
    page.get_by_label("Find a place").fill("hartle")
    expect(page.locator("#found")).to_have_text("1 place")
    page.get_by_role("link", name="Hartlepool").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Hartlepool")
    page.close()
