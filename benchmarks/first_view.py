"""First and repeat view of every screen, by turns with a bare page that has one small chart."""

from collections.abc import Callable
from contextlib import suppress

from playwright.sync_api import Browser, Error

from benchmarks.browser import CHART, View, chromium, view, visitor
from benchmarks.measured import Part, Row, median
from benchmarks.screens import FIRST, Screen, screens
from benchmarks.servers import bare, dashboard

TURNS = 7

Turn = Callable[[], tuple[View, View]]


def measure(turns: int = TURNS) -> Part:
    """Measure every screen."""
    part = Part(
        "views",
        "First and repeat view",
        f"Medians of {turns} visits by turns: the screen, then a bare Streamlit page with one small Plotly chart, in "
        "Chromium on the same machine, each visit with an empty cache, then once more with a full one. Streamlit's own "
        "command serves the bare page; the dashboard's server has opened each screen once. Bytes are those of a first "
        "view, requests and answers over the WebSocket included.",
    )
    with dashboard() as ours, bare("chart") as plain, bare("text") as text, chromium() as browser:
        words = _visits(browser, f"{text.address}/", answer="[data-testid=stMarkdownContainer]", until="answer")
        only_text = [words()[0] for _ in range(3)]
        for screen in screens():
            until = "chart"
            try:
                _visits(browser, ours.address + screen.path, answer=screen.answer, until=until)()
            except TimeoutError:
                until = "answer"
            found, reference = [], []
            for _ in range(turns):
                found.append(_visits(browser, ours.address + screen.path, answer=screen.answer, until=until)())
                reference.append(_visits(browser, f"{plain.address}/", answer=CHART, until="chart")())
            part.rows += _rows(screen, found, reference, until=until)
        part.rows.append(_time("bare page with text only, first view", [one.answer for one in only_text], None))
    return part


def _visits(browser: Browser, address: str, *, answer: str, until: str) -> Turn:
    def turn() -> tuple[View, View]:
        context = visitor(browser, answer=answer)
        try:
            return view(context, address, until=until), view(context, address, until=until)
        finally:
            with suppress(Error):  # the browser may have closed it already
                context.close()

    return turn


def _rows(
    screen: Screen, found: list[tuple[View, View]], reference: list[tuple[View, View]], *, until: str
) -> list[Row]:
    rows = []
    what = "answer" if screen is FIRST or until == "answer" else "chart"
    limit = 1.15 if screen is FIRST else 1.3
    for number, name in enumerate(("first view", "repeat view")):
        ours = [getattr(pair[number], what) for pair in found]
        theirs = [pair[number].chart for pair in reference]
        rows.append(_time(f"{screen.name}, {name}, to its {what}", ours, theirs, limit=limit))
        if screen is FIRST:
            charts = [pair[number].chart for pair in found]
            rows.append(_time(f"{screen.name}, {name}, to its chart", charts, theirs))
    firsts, plain = [pair[0] for pair in found], [pair[0] for pair in reference]

    def compared(label: str, unit: str, part_of: Callable[[View], float], at_most: float | None = None) -> Row:
        return Row(
            what=f"{screen.name}, {label}",
            value=median(map(part_of, firsts)),
            unit=unit,
            reference=median(map(part_of, plain)),
            at_most=at_most,
        )

    return [
        *rows,
        compared("sent", "kB", lambda one: one.bytes_sent / 1000, 2800),
        compared("before compression", "kB", lambda one: one.bytes_raw / 1000),
        compared("requests", "requests", lambda one: one.requests),
        compared("largest paint", "ms", lambda one: one.largest_paint, 2500),
        compared("layout shift", "", lambda one: one.layout_shift, 0.1),
        compared("long tasks", "ms", lambda one: one.long_tasks),
    ]


def _time(what: str, ours: list[float], theirs: list[float] | None, *, limit: float | None = None) -> Row:
    return Row(
        what=what,
        value=median(ours),
        unit="ms",
        reference=median(theirs) if theirs else None,
        at_most=limit,
        limit_on_ratio=limit is not None,
    )
