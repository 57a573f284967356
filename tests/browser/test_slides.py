"""Slides in a browser: presented by keyboard alone, bookmarked one by one, taken away as files made on the spot."""

import io
import re
import zipfile
from pathlib import Path

import pytest
from browser.tab import PHONE, leave, open_tab, wait_until_drawn
from export.svg_text import words_in
from PIL import Image
from playwright.sync_api import Browser, Download, Locator, Page, Route, expect
from pptx import Presentation

from charts.kit.media import MEDIA
from dashboard.slides import deck

pytestmark = pytest.mark.browser

SECOND, THIRD = (item.label for item in deck.read(deck.DEFAULT)[0][1:3])
COUNT = len(deck.read(deck.DEFAULT)[0])


def on_slide(page: Page, number: int, count: int = COUNT) -> None:
    """Wait until a slide is presented and drawn."""
    page.get_by_text(f"Slide {number} of {count}").wait_for(timeout=60_000)
    page.wait_for_selector(".st-key-stage .main-svg", state="attached", timeout=60_000)


def slide_title(page: Page) -> str:
    return page.locator("h1").first.inner_text()


def downloaded(page: Page, button: Locator) -> Download:
    with page.expect_download(timeout=120_000) as waiting:
        button.click()
    return waiting.value


def content(download: Download, folder: Path) -> bytes:
    path = folder / download.suggested_filename
    download.save_as(path)
    return path.read_bytes()


def test_a_bookmark_to_slide_three_opens_slide_three(chromium: Browser, address: str) -> None:
    tab = open_tab(chromium, address, fresh=True)
    tab.page.goto(f"{address}/slides?present=1&slide=3")
    on_slide(tab.page, 3)
    title = slide_title(tab.page)
    assert title.startswith("Women: ")
    assert "North East" in title
    assert tab.console_errors == []
    assert tab.other_hosts == []
    leave(tab.page)


def test_the_presentation_runs_by_keyboard_alone_and_each_slide_has_its_address(
    chromium: Browser, address: str
) -> None:
    page = open_tab(chromium, address).page
    page.goto(f"{address}/slides?present=1&slide=1")
    on_slide(page, 1)
    first = slide_title(page)
    for key, number in (
        ("ArrowRight", 2),
        ("PageDown", 3),
        ("ArrowLeft", 2),
        (" ", 3),
        ("End", COUNT),
        ("ArrowRight", COUNT),
        ("Home", 1),
        ("ArrowLeft", 1),
    ):
        page.keyboard.press(key)
        on_slide(page, number)
        expect(page).to_have_url(f"{address}/slides?present=1&slide={number}")
    assert slide_title(page) == first
    page.keyboard.press("ArrowRight")
    on_slide(page, 2)
    assert slide_title(page) != first
    page.keyboard.press("f")
    page.wait_for_function("!!document.fullscreenElement")
    page.keyboard.press("Escape")
    expect(page.get_by_role("radiogroup", name="Slides, in order")).to_be_visible(timeout=30_000)
    assert "present" not in page.url
    leave(page)


def test_a_key_pressed_before_the_buttons_have_arrived_is_not_lost(chromium: Browser, address: str) -> None:
    page = open_tab(chromium, address).page
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route(re.compile(r"/static/js/Button\.[^/]*\.js$"), hold)
    page.goto(f"{address}/slides?present=1&slide=1")
    page.wait_for_selector(".st-key-stage .main-svg", state="attached", timeout=60_000)
    page.keyboard.press("ArrowRight")
    assert held
    for route in held:
        route.continue_()
    on_slide(page, 2)
    leave(page)


@pytest.mark.parametrize("width", [PHONE, 1920])
def test_the_slide_fills_the_window_and_stays_inside_it(chromium: Browser, address: str, width: int) -> None:
    page = open_tab(chromium, address, width=width).page
    page.goto(f"{address}/slides?present=1&slide=1")
    on_slide(page, 1)
    page.wait_for_timeout(1000)
    box = page.locator(".st-key-stage .js-plotly-plot").bounding_box()
    view = page.viewport_size
    assert box is not None
    assert view is not None
    assert box["x"] >= -1
    assert box["x"] + box["width"] <= view["width"] + 1
    assert box["y"] + box["height"] <= view["height"]
    assert box["width"] == pytest.approx(view["width"], abs=3) or box["height"] >= view["height"] - 80
    leave(page)


def test_the_deck_of_a_link_is_presented_with_its_settings(chromium: Browser, address: str) -> None:
    page = open_tab(chromium, address).page
    chosen = "deck=map.male.region,gap-path.male&definition=deprivation-regions&target=2040"
    page.goto(f"{address}/slides?present=1&slide=2&{chosen}")
    on_slide(page, 2, 2)
    said = page.locator(".st-key-stage .stPlotlyChart").inner_text()
    assert "the South East minus the North East" in said
    assert "by 2040" in said
    leave(page)


def test_a_deck_that_is_not_understood_says_which_part(chromium: Browser, address: str) -> None:
    page = open_tab(chromium, address).page
    page.goto(f"{address}/slides?deck=gap-path.female,pie-chart.male")
    wait_until_drawn(page)
    assert "pie-chart" in page.locator("[data-testid=stAlert]").inner_text()
    leave(page)


def test_slides_are_put_in_order_removed_and_added(chromium: Browser, address: str) -> None:
    page = open_tab(chromium, address).page
    page.goto(f"{address}/slides")
    wait_until_drawn(page)
    page.get_by_role("button", name="Move later").click()
    page.get_by_text(f"1. {SECOND}").wait_for()
    page.get_by_role("button", name="Remove").click()
    page.get_by_text(f"2. {THIRD}").wait_for()
    page.get_by_role("button", name="Add a slide").click()
    page.get_by_role("button", name="Add to the deck").click()
    page.get_by_role("radiogroup", name="Slides, in order").get_by_text(f"{COUNT}. ").wait_for()
    link = page.get_by_role("link", name="Present")
    assert "present=1" in (link.get_attribute("href") or "")
    link.click()
    page.get_by_text(f"Slide {COUNT} of {COUNT}").wait_for(timeout=60_000)
    leave(page)


def test_a_deck_is_downloaded_as_powerpoint_with_a_slide_for_each_chart(
    chromium: Browser, address: str, tmp_path: Path
) -> None:
    page = open_tab(chromium, address).page
    page.goto(f"{address}/slides?deck=gap-path.female,levelling.male")
    wait_until_drawn(page)
    download = downloaded(page, page.get_by_role("button", name="Download PowerPoint"))
    assert download.suggested_filename.endswith(".pptx")
    presentation = Presentation(io.BytesIO(content(download, tmp_path)))
    titles = [slide.shapes.title.text_frame.text for slide in presentation.slides]
    assert titles[0].startswith("Women: ")
    assert titles[1].startswith("Men: ")
    notes = presentation.slides[0].notes_slide.notes_text_frame.text
    assert f"Live view: {address}/progress?sex=female" in notes
    leave(page)


def test_all_slides_are_downloaded_as_pictures_maps_included(chromium: Browser, address: str, tmp_path: Path) -> None:
    tab = open_tab(chromium, address)
    tab.page.goto(f"{address}/slides?deck=levelling.female,map.male")
    wait_until_drawn(tab.page)
    tab.page.get_by_role("button", name="All as pictures").click()
    download = downloaded(tab.page, tab.page.get_by_role("button", name="All as PNG"))
    with zipfile.ZipFile(io.BytesIO(content(download, tmp_path))) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        assert [name[:2] for name in names] == ["01", "02"]
        for name in names:
            with Image.open(io.BytesIO(archive.read(name))) as picture:
                assert picture.size == MEDIA["16x9"].pixels
                assert len(picture.convert("RGB").getcolors(maxcolors=1_000_000) or []) > 100
    assert tab.other_hosts == []
    assert tab.console_errors == []
    leave(tab.page)


@pytest.mark.parametrize(("screen", "width"), [("progress", PHONE), ("map", 1440)])
def test_every_chart_is_saved_at_slide_size_whatever_the_screen(
    chromium: Browser, address: str, tmp_path: Path, screen: str, width: int
) -> None:
    tab = open_tab(chromium, address, width=width)
    page = tab.page
    page.goto(f"{address}/{screen}")
    wait_until_drawn(page)
    page.get_by_role("button", name="Picture, data, notes").first.click()
    png = downloaded(page, page.get_by_role("button", name="PNG, Slide, 16:9"))
    with Image.open(io.BytesIO(content(png, tmp_path))) as picture:
        assert picture.size == (1920, 1080)
        assert len(picture.convert("RGB").getcolors(maxcolors=1_000_000) or []) > 100
    svg = content(downloaded(page, page.get_by_role("button", name="SVG, Slide, 16:9")), tmp_path).decode()
    for said in ("Source: Office for National Statistics", "released 19 February 2026", "Build ", "95%"):
        assert said in words_in(svg), said
    if screen == "map":
        shapes = re.findall(r'<path[^>]*class="choroplethlayer[^>]*>|<path[^>]* d="M[^"]{10,}"', svg)
        assert len(shapes) >= 153
    assert tab.other_hosts == []
    assert tab.console_errors == []
    leave(page)


def test_a_chart_is_copied_as_a_picture(chromium: Browser, address: str) -> None:
    page = chromium.new_context(permissions=["clipboard-read", "clipboard-write"]).new_page()
    page.goto(f"{address}/progress")
    wait_until_drawn(page)
    page.get_by_role("button", name="Picture, data, notes").first.click()
    page.get_by_role("button", name="Copy image, Slide, 16:9").click()
    page.get_by_text("Copied. Paste it into a slide or document.").wait_for(timeout=60_000)
    size = page.evaluate("navigator.clipboard.read().then(async items => (await items[0].getType('image/png')).size)")
    assert size > 20_000
    page.context.close()


@pytest.mark.parametrize(("width", "dark"), [(PHONE, False), (1440, True)])
def test_the_preview_never_makes_the_screen_scroll_sideways(
    chromium: Browser, address: str, width: int, dark: bool
) -> None:
    page = open_tab(chromium, address, width=width, dark=dark).page
    page.goto(f"{address}/slides")
    wait_until_drawn(page)
    screen = page.get_by_test_id("stMain")
    assert screen.evaluate("screen => screen.scrollWidth - screen.clientWidth") == 0
    drawn = page.locator(".st-key-preview .js-plotly-plot").bounding_box()
    assert drawn is not None
    assert drawn["width"] > 0.35 * width
    assert drawn["x"] + drawn["width"] <= width
    leave(page)
