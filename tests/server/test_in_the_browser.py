"""What a visitor's browser meets on a fresh server: the right screen, no failed request, no other host."""

import re

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from running import PAGES, Running, plain_streamlit, run_screen
from websockets.sync.client import connect

pytestmark = pytest.mark.browser

HEADINGS = {"The gap": re.compile("^(Whether )?[Tt]he gap .*halved")}
"""Screen -> its heading, where that is the answer instead of the screen's name."""


class Visit:
    """One tab, with everything that went wrong in it."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.address = address
        self.faults: list[str] = []
        self.asked: list[str] = []
        self.page: Page = context.new_page()
        self.page.on("console", lambda said: self._note(said.type in {"error", "warning"}, said.text))
        self.page.on("pageerror", lambda error: self._note(True, str(error)))
        self.page.on("requestfailed", lambda request: self._note(True, f"failed: {request.url}"))
        self.page.on("response", lambda answer: self._note(answer.status >= 400, f"{answer.status}: {answer.url}"))
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("websocket", lambda socket: self.asked.append(socket.url.replace("ws", "http", 1)))

    def _note(self, wrong: bool, what: str) -> None:
        if wrong:
            self.faults.append(what)

    def elsewhere(self) -> list[str]:
        return [url for url in self.asked if not url.startswith((self.address, "data:", "blob:"))]

    def shows(self, screen: str) -> None:
        expect(self.page).to_have_title(re.compile(f"^{screen} "), timeout=30_000)
        expect(self.page.locator("h1")).to_have_text(HEADINGS.get(screen, screen), timeout=30_000)
        expect(self.page.locator(".js-plotly-plot .main-svg").first).to_be_visible(timeout=30_000)
        self.settles()

    def settles(self) -> None:
        """Wait until the screen's script has run and nothing is being fetched: leaving earlier cuts requests off."""
        foot = self.page.locator(".st-key-screen-foot").last  # drawn after all else
        expect(foot).to_contain_text("Build ", timeout=30_000)
        app = self.page.get_by_test_id("stApp")
        expect(app).to_have_attribute("data-test-script-state", "notRunning", timeout=30_000)
        self.page.wait_for_load_state("networkidle")


def test_a_bookmarked_screen_opens_first_without_a_failed_request(chromium: Browser, served_below: Running) -> None:
    address = served_below.address
    visit = Visit(chromium.new_context(), address)
    visit.page.goto(f"{address}/map?level=Regions")
    visit.shows("Map")
    expect(visit.page.get_by_role("radio", name="Regions")).to_be_checked()
    assert visit.page.url == f"{address}/map?level=Regions"
    visit.page.get_by_role("link", name="What it would take").click()
    visit.shows("What it would take")
    visit.page.go_back()
    visit.shows("Map")
    visit.page.reload()
    visit.shows("Map")
    visit.page.get_by_role("link", name="The gap").click()
    visit.shows("The gap")
    assert visit.faults == []
    assert visit.elsewhere() == []
    assert visit.page.context.cookies() == []


ANOTHER_HOST = "http://127.0.0.2:9/"


@pytest.mark.parametrize("obeys_policy", [True, False])
def test_a_request_to_another_host_would_be_noticed(chromium: Browser, served: Running, obeys_policy: bool) -> None:
    visit = Visit(chromium.new_context(bypass_csp=not obeys_policy), served.address)
    visit.page.goto(served.address)
    visit.page.evaluate(f"fetch('{ANOTHER_HOST}').catch(() => {{}})")  # waits until it has failed
    # Where the policy holds, the browser does not even ask.
    assert visit.elsewhere() == ([] if obeys_policy else [ANOTHER_HOST])
    assert any(("Content Security Policy" if obeys_policy else "failed: ") in fault for fault in visit.faults)


def words_of(address: str, screen: str) -> list[str]:
    """All that a screen says, as its server sends it: headings, sentences, and the findings of charts."""
    with connect(f"{address.replace('http', 'ws', 1)}/_stcore/stream", max_size=None) as line:
        elements = run_screen(line, screen.strip("/"))
    kinds = [(element.WhichOneof("type"), element) for element in elements]
    return [getattr(element, kind).body for kind, element in kinds if kind in {"heading", "markdown", "html", "alert"}]


def test_plain_streamlit_serves_the_same_screens(chromium: Browser, served: Running) -> None:
    with plain_streamlit() as address:
        for screen in PAGES:
            said = words_of(address, screen)
            assert len(said) > 10
            assert said == words_of(served.address, screen)
        visit = Visit(chromium.new_context(), address)
        visit.page.goto(f"{address}/map")
        visit.shows("Map")
        assert [fault for fault in visit.faults if "_stcore" not in fault and "404" not in fault] == []
        assert visit.elsewhere() == []


def test_an_address_that_is_no_screen_says_so_with_the_menu(chromium: Browser, served: Running) -> None:
    visit = Visit(chromium.new_context(), served.address)
    visit.page.goto(f"{served.address}/place/Hartlepool")
    expect(visit.page.get_by_text("There is no screen")).to_be_visible(timeout=30_000)
    expect(visit.page.get_by_role("link", name="Map", exact=True)).to_be_visible(timeout=30_000)  # drawn with the foot


def test_where_charts_cannot_be_drawn_all_else_still_comes(chromium: Browser, served: Running) -> None:
    page = chromium.new_context().new_page()
    page.route("**/PlotlyChart.*", lambda route: route.abort())
    page.goto(f"{served.address}/progress")
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning", timeout=30_000)
    expect(page.locator(".chart-title")).to_have_count(page.get_by_text("Picture, data, notes").count(), timeout=30_000)
    assert page.locator(".chart-title").count() == 4
