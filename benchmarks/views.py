"""First and repeat view of every screen, by turns with a bare page of as many charts."""

from playwright.sync_api import Browser

from benchmarks.browser import MAIN, View, chromium, view, visitor
from benchmarks.measured import Part, Row, median
from benchmarks.screens import FIRST, Screen, screens
from benchmarks.servers import bare, dashboard

TURNS = 5


def measure(turns: int = TURNS) -> Part:
    """Measure every screen."""
    part = Part(
        "First and repeat view",
        f"Medians of {turns} visits by turns: the screen, a bare Streamlit page with one small Plotly chart, and one with as "
        "many as the screen shows, in Chromium on the same machine, each visit with an empty cache, then once more with a "
        "full one. Streamlit's own command serves the bare pages. Processor time is that of the page's main thread, which hardly "
        "depends on what else the machine does.",
    )
    with dashboard() as ours, bare() as plain, chromium() as browser:
        for screen in screens():
            _visit(browser, ours.address + screen.path, screen.answer)  # the first of all loads what all need
            found: list[tuple[View, View]] = []
            one, many = [], []
            for _ in range(turns):
                found.append(_visit(browser, ours.address + screen.path, screen.answer))
                charts = max(1, found[-1][1].charts)
                one.append(_visit(browser, plain.address, f"{MAIN} h1"))
                many.append(
                    _visit(browser, f"{plain.address}/?charts={charts}", f"{MAIN} h1") if charts > 1 else one[-1]
                )
            part.rows += _rows(screen, found, one, many)
    return part


def _visit(browser: Browser, address: str, answer: str) -> tuple[View, View]:
    """The first view of a new browser and its second."""
    context = visitor(browser, answer=answer)
    views = []
    for _ in range(2):
        page = context.new_page()
        views.append(view(page, address))
        page.close()
    context.close()
    return views[0], views[1]


def _rows(
    screen: Screen, found: list[tuple[View, View]], one: list[tuple[View, View]], many: list[tuple[View, View]]
) -> list[Row]:
    charts = found[-1][1].charts
    rows = [
        Row(
            what=f"{screen.name}, first view, to its answer",
            value=median(first.answer for first, _ in found),
            unit="ms",
            reference=median(first.drawn for first, _ in one),
            most_times=0.6 if screen is FIRST else None,
        )
    ]
    for number, name, limit in ((0, "first", 1.10), (1, "repeat", 1.15)):
        if charts:
            rows.append(
                Row(
                    what=f"{screen.name}, {name} view, to all of its {charts} charts",
                    value=median(pair[number].drawn for pair in found),
                    unit="ms",
                    reference=median(pair[number].drawn for pair in many),
                    most_times=limit,
                )
            )
            rows.append(
                Row(
                    what=f"{screen.name}, {name} view, processor time of the page",
                    value=median(pair[number].busy for pair in found),
                    unit="ms",
                    reference=median(pair[number].busy for pair in many),
                )
            )
    return rows
