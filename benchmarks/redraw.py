"""From the change of a control to the redrawn chart, by turns with a bare page's own control and chart."""

import zlib
from collections.abc import Mapping
from itertools import cycle

from playwright.sync_api import Locator, Page

from benchmarks.browser import Redraw, chromium, settled, visitor, wait_until_seen, watch_changes
from benchmarks.measured import Part, Row, median, percentile
from benchmarks.screens import Screen, screens
from benchmarks.servers import bare, dashboard

CHANGES = 50
CHART_WAIT_MILLISECONDS = 10_000
MAIN = "[data-testid=stMain]"


class NothingToChange(Exception):
    """The screen has no control that draws a chart anew."""


class Control:
    """One control of a page, changed by a click as a visitor would."""

    def __init__(self, page: Page, kind: str | None = None) -> None:
        """Take the first control of a kind; of neither in particular, the first row of buttons, else the first list."""
        self._page = page
        self._buttons = page.locator(f"{MAIN} [role=radiogroup]").first
        self._list = page.locator(f"{MAIN} [role=combobox]").first
        self.kind = kind or ("buttons" if self._buttons.count() else "list")
        if self.kind == "buttons":
            self.choices = list(range(self._buttons.get_by_role("radio").count()))
        elif self._list.count():
            self.choices = list(range(min(6, self._open().count())))
            page.keyboard.press("Escape")
        else:
            raise NothingToChange(page.url)
        self._turns = cycle(self.choices[1:] + self.choices[:1])

    def change(self) -> None:
        """Choose the next possibility."""
        number = next(self._turns)
        if self.kind == "buttons":
            radio = self._buttons.get_by_role("radio").nth(number)
            radio.locator("xpath=ancestor-or-self::*[self::button or self::label][1]").click()
        else:
            self._open().nth(number).click()

    def _open(self) -> Locator:
        self._list.click()
        options = self._page.get_by_role("option")
        options.first.wait_for()
        return options


def measure(changes: int = CHANGES) -> Part:
    """Measure every screen that has a control and a chart."""
    part = Part(
        "redraws",
        "From a changed control to the redrawn chart",
        f"{changes} changes of a screen's first control by turns with {changes} of the same kind of control, buttons or a "
        "list, on a bare page with one small chart, both open in one Chromium. From the release of the pointer until the "
        "screen's first chart is seen to change (the only chart, on the bare page), and until the last of its charts is "
        "drawn. The server has drawn ahead what it does by itself; settings beyond those are made when first chosen, and "
        "counted in. A screen of tables alone is timed to its last change. On Levers the first list is changed, since its "
        "buttons lead to other charts. Bytes are what the server sends for one change over its compressed connection.",
    )
    with dashboard() as ours, bare("chart") as buttons, bare("list") as lists, chromium() as browser:
        plain = {"buttons": buttons.address, "list": lists.address}
        for screen in screens():
            visits = visitor(browser, answer=screen.answer)
            try:
                page, reference = visits.new_page(), visits.new_page()
                part.rows += _one_screen(screen, page, reference, ours.address, plain, changes)
            except (NothingToChange, TimeoutError):
                part.note += f" {screen.name.capitalize()}: no control that draws a chart anew."
            finally:
                visits.close()
    return part


def _one_screen(
    screen: Screen, page: Page, reference: Page, address: str, plain: Mapping[str, str], changes: int
) -> list[Row]:
    sent = _counted_bytes(page)
    control = _opened(page, address + screen.path, screen.control)
    plain_control = _opened(reference, f"{plain[control.kind]}/", control.kind)
    plain_control.change()
    settled(reference)
    ours: list[Redraw] = []
    theirs: list[Redraw] = []
    sizes: list[int] = []
    for _ in range(changes):
        page.bring_to_front()  # a page behind another is not drawn
        sent.clear()
        control.change()
        ours.append(settled(page))
        sizes.append(sum(sent))
        reference.bring_to_front()
        plain_control.change()
        theirs.append(settled(reference))
    first, last, bare_first = [one.first for one in ours], [one.last for one in ours], [one.first for one in theirs]
    return [
        _row(f"{screen.name}, first chart, median", median(first), median(bare_first), 1.5),
        _row(f"{screen.name}, first chart, 95th percentile", percentile(first, 0.95), percentile(bare_first, 0.95), 2),
        _row(f"{screen.name}, all charts, median", median(last), median(bare_first), None),
        Row(what=f"{screen.name}, all charts, 95th percentile", value=percentile(last, 0.95), unit="ms", at_most=1000),
        Row(what=f"{screen.name}, all charts, slowest", value=max(last), unit="ms", at_most=1000),
        Row(what=f"{screen.name}, sent for a change", value=median(sizes) / 1000, unit="kB", at_most=50),
    ]


def _opened(page: Page, address: str, kind: str | None) -> Control:
    page.goto(address)
    page.bring_to_front()
    try:
        wait_until_seen(page, "chart", longest=CHART_WAIT_MILLISECONDS)
    except TimeoutError:
        watch_changes(page)  # tables alone
    page.wait_for_timeout(1500)
    return Control(page, kind)


def _counted_bytes(page: Page) -> list[int]:
    """Note the size of every message on the wire: compressed with what went before, as the connection does."""
    sent: list[int] = []
    stream = zlib.compressobj(wbits=-zlib.MAX_WBITS)

    def heard(frame: str | bytes) -> None:
        content = frame if isinstance(frame, bytes) else frame.encode()
        sent.append(len(stream.compress(content) + stream.flush(zlib.Z_SYNC_FLUSH)))

    page.on("websocket", lambda line: line.on("framereceived", heard))
    return sent


def _row(what: str, value: float, reference: float, limit: float | None) -> Row:
    return Row(what=what, value=value, unit="ms", reference=reference, at_most=limit, limit_on_ratio=limit is not None)
