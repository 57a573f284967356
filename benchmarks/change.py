"""From the change of a control to all charts redrawn, by turns with a bare page of as many charts."""

import zlib

from playwright.sync_api import Browser, Page

from benchmarks.browser import MAIN, Change, Control, chromium, view, visitor
from benchmarks.measured import Part, Row, median, percentile_95
from benchmarks.screens import Screen, screens
from benchmarks.servers import bare, dashboard

CHANGES = 40


def measure(changes: int = CHANGES) -> Part:
    """Measure every screen that has a control and a chart."""
    part = Part(
        "From a changed control to all charts redrawn",
        f"{changes} changes of a screen's first control by turns with {changes} of the same kind of control, buttons or a "
        "list, on a bare page with as many small charts, both open in one Chromium; from the release of the pointer until "
        "the last chart is drawn. A choice made for the first time is worked out then, and counted in. On Levers the first "
        "list is changed, since its buttons lead to other charts. Processor time is that of the page's main thread, which hardly "
        "depends on what else the machine does. Bytes are what the server sends for one change over its "
        "compressed connection.",
    )
    with dashboard() as ours, bare() as plain, chromium() as browser:
        for screen in screens():
            part.rows += _one_screen(browser, screen, ours.address, plain.address, changes)
    return part


def _one_screen(browser: Browser, screen: Screen, address: str, plain: str, changes: int) -> list[Row]:
    visits = visitor(browser, answer=f"{MAIN} h1")
    page, reference = visits.new_page(), visits.new_page()
    sent = _counted_bytes(page)
    charts = view(page, address + screen.path).charts
    try:
        page.bring_to_front()
        control = Control(page, screen.control)
    except LookupError:
        charts = 0
    if not charts:
        visits.close()
        return []
    view(reference, f"{plain}/?charts={charts}&control={control.kind}")
    reference.bring_to_front()
    plain_control = Control(reference, control.kind)
    ours, theirs, sizes = [], [], []
    for _ in range(changes):
        page.bring_to_front()  # a page behind another is not drawn
        sent.clear()
        ours.append(control.change())
        sizes.append(sum(sent))
        reference.bring_to_front()
        theirs.append(plain_control.change())
    visits.close()
    return _rows(f"{screen.name}, {charts} charts", [one for one in ours if one.drawn], theirs, sizes)


def _rows(name: str, ours: list[Change], theirs: list[Change], sizes: list[int]) -> list[Row]:
    if not ours:
        return []
    drawn, reference = [one.drawn for one in ours], [one.drawn for one in theirs]
    return [
        Row(what=f"{name}, median", value=median(drawn), unit="ms", reference=median(reference), most_times=1.2),
        Row(
            what=f"{name}, 95th percentile",
            value=percentile_95(drawn),
            unit="ms",
            reference=percentile_95(reference),
            most_times=1.5,
            most=500,
        ),
        Row(
            what=f"{name}, processor time of the page",
            value=median(one.busy for one in ours),
            unit="ms",
            reference=median(one.busy for one in theirs),
        ),
        Row(what=f"{name}, sent for a change", value=median(sizes) / 1000, unit="kB", most=50),
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
