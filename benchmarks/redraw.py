"""From the change of a control to the redrawn chart, by turns with a bare page's own control and chart."""

import zlib
from itertools import cycle

from playwright.sync_api import Locator, Page

from benchmarks.browser import chromium, settled, visitor, wait_until_seen
from benchmarks.measured import Part, Row, median, percentile
from benchmarks.screens import Screen, screens
from benchmarks.servers import bare, dashboard

CHANGES = 50
MAIN = "[data-testid=stMain]"


class NothingToChange(Exception):
    """The screen has no control that draws a chart anew."""


class Control:
    """One control of a page, changed by a click as a visitor would."""

    def __init__(self, page: Page) -> None:
        """Take the first row of buttons that the page has, else its first list."""
        self._page = page
        self._buttons = page.locator(f"{MAIN} [role=radiogroup]").first
        self._list = page.locator(f"{MAIN} [role=combobox]").first
        if self._buttons.count():
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
        if self._buttons.count():
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
        f"{changes} changes of a screen's first control by turns with {changes} of the bare page's, both open in one "
        "Chromium; from the release of the pointer to the last chart drawn. 'first time' is a setting nobody had chosen "
        "since the server started, so its charts had to be made; the other changes find them made. Bytes are what the "
        "server sends for one change over its compressed connection.",
    )
    with dashboard() as ours, bare("chart") as plain, chromium() as browser:
        for screen in screens():
            visits = visitor(browser, answer=screen.answer)
            try:
                page, reference = visits.new_page(), visits.new_page()
                part.rows += _one_screen(screen, page, reference, ours.address, plain.address, changes)
            except (NothingToChange, TimeoutError):
                part.note += f" {screen.name.capitalize()}: no control that draws a chart anew."
            finally:
                visits.close()
    return part


def _one_screen(
    screen: Screen, page: Page, reference: Page, address: str, plain_address: str, changes: int
) -> list[Row]:
    sent = _counted_bytes(page)
    page.goto(address + screen.path)
    reference.goto(f"{plain_address}/")
    for one in (page, reference):
        one.bring_to_front()  # a page behind another is not drawn
        wait_until_seen(one, "chart")
        one.wait_for_timeout(1500)
    control, plain_control = Control(page), Control(reference)
    plain_control.change()
    settled(reference)
    firsts: list[float] = []
    times: list[float] = []
    plain: list[float] = []
    sizes: list[int] = []
    for number in range(changes):
        page.bring_to_front()
        sent.clear()
        control.change()
        took = settled(page)
        (firsts if number < len(control.choices) - 1 else times).append(took)
        sizes.append(sum(sent))
        reference.bring_to_front()
        plain_control.change()
        plain.append(settled(reference))
    every = firsts + times
    return [
        _row(f"{screen.name}, median", median(every), median(plain), 1.5),
        _row(f"{screen.name}, 95th percentile", percentile(every, 0.95), percentile(plain, 0.95), 2),
        Row(what=f"{screen.name}, slowest of 20", value=percentile(every, 0.95), unit="ms", at_most=1000),
        _row(f"{screen.name}, first time, median", median(firsts), median(plain), None),
        Row(what=f"{screen.name}, sent for a change", value=median(sizes) / 1000, unit="kB", at_most=50),
    ]


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
