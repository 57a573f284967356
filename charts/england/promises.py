"""Chart `promises`: what governments promised about healthy life, by when, and what became of it."""

from collections.abc import Mapping, Sequence
from textwrap import wrap

import pandas as pd

from charts.kit import words
from charts.kit.chart import Chart, file_name, source_line
from charts.kit.drawing import Drawing
from charts.kit.marks import Mark, above_plot, axis, note, points, tinted, upright
from charts.kit.palette import LIGHT, Palette
from charts.kit.table import figures
from charts.kit.theme import drawn
from pipeline.answers.promises import Followed
from pipeline.sources.promises import Promise

METHOD_CHANGED = 2024.95
"""December 2024, when ONS changed how healthy life expectancy is estimated; earlier releases are not comparable."""
LAST_YEAR = 2037
LINE = 50
"""Letters in a line of words that a phone has room for."""
_QUIET: Mark = {"hoverinfo": "skip", "showlegend": False}


def promises_chart(
    promises: Sequence[Promise],
    found: Sequence[Followed],
    *,
    releases: Sequence[str],
    build: str,
    palette: Palette = LIGHT,
) -> Chart:
    """A line for each promise from the year it was made to its deadline, with its own words above and its fate below.

    `found`: what our figures say, women and men; `releases`: dates of the releases of HLE that are held, the newest last.
    """
    fates = {one.promise: fate(one, found) for one in promises}
    spoken = " ".join(f"{one.label}, {one.announced}: {fates[one.promise]}." for one in promises)
    return Chart(
        id="promises",
        drawing=_drawing(promises, fates, [_year(one) for one in releases], palette),
        title=f"{len(promises)} promises since {promises[0].announced_year}: {_finding(found)}",
        subtitle="Promises about healthy life and its gap, from the year each was made to its deadline, and what became of it",
        settings="Each on its own metric: life expectancy, disability-free or healthy life expectancy.",
        source=source_line(release=releases[-1], build=build),
        alt=f"Timeline of {len(promises)} promises. {spoken} A line marks December 2024, when the method changed.",
        table=_table(promises, fates),
        caveats=(
            "The title compares published figures; which gaps have clearly changed is said under Definitions.",
            "We follow a promise only where our figures hold its own metric. What became of the others is what the source named "
            "in the table says.",
            "The Levelling Up mission and the health mission name no baseline: the table's are our choice, the last "
            "period before the pandemic and the usual baseline.",
            "Healthy life expectancy was estimated anew from December 2024, back to 2011 to 2013; our figures are all on the new method.",
        ),
        file_stem=file_name("promises"),
    )


def _year(release: str) -> float:
    year, month = release.split("-")[:2]
    return int(year) + (int(month) - 0.5) / 12


def _finding(found: Sequence[Followed]) -> str:
    wider = [item.gap_now > item.gap_then for item in found]
    if all(wider):
        return "every gap we can follow is wider as published"
    return f"{sum(wider)} of {len(wider)} gaps we can follow are wider as published"


def fate(one: Promise, found: Sequence[Followed]) -> str:
    """What became of a promise in a few words: ours where we can follow it, else what a source says."""
    own = [item for item in found if item.promise.promise == one.promise]
    if not own:
        return one.fate
    gaps = ", ".join(
        f"{words.people(item.sex)} {words.number(item.gap_then)} to {words.number(item.gap_now)}" for item in own
    )
    said = f"Gap since {one.baseline}: {gaps} years"
    if not one.level_rise_years:
        return said
    moved = ", ".join(words.signed(item.level_change_years) for item in own)
    return f"{said}. Level: {moved}, not +{words.number(float(one.level_rise_years), 0)}"


def _table(promises: Sequence[Promise], fates: Mapping[str, str]) -> pd.DataFrame:
    rows = [vars(one) for one in promises]
    columns = {
        "Made": "announced",
        "Promise": "label",
        "In its own words": "wording",
        "Measured by": "metric",
        "Where": "area",
        "Counted from": "baseline",
        "By": [str(one.deadline or "no date") for one in promises],
        "What became of it": [fates[one.promise] for one in promises],
        "Source": "source",
        "Source of what became of it": [one.fate_source or "our figures" for one in promises],
    }
    return figures(rows, columns)


def _drawing(
    promises: Sequence[Promise], fates: Mapping[str, str], releases: Sequence[float], palette: Palette
) -> Drawing:
    foot = -len(promises) + 0.15
    marks = [mark for row, one in enumerate(promises) for mark in _span(one, 0.08 - row, palette)]
    marks.append(
        {
            "type": "scatter",
            "mode": "markers",
            "x": releases,
            "y": [foot] * len(releases),
            "marker": {"size": 12, "symbol": "triangle-up", "color": palette.needed},
            **_QUIET,
        }
    )
    notes = [
        words_of for row, one in enumerate(promises) for words_of in _notes(one, fates[one.promise], -row, palette)
    ]
    notes.append(note(0, foot, "Releases we hold", xref="paper", xanchor="left", size=14, colour=palette.needed))
    notes.append(above_plot(METHOD_CHANGED, "new method", size=14, colour=palette.quiet))
    layout = {
        "annotations": notes,
        "shapes": [upright(METHOD_CHANGED, {"color": palette.quiet, "width": 1, "dash": "dot"}) | {"layer": "below"}],
        "margin": {"t": 40},
        "xaxis": axis("", range=[promises[0].announced_year - 1, LAST_YEAR + 0.5], showgrid=True),
        "yaxis": {"visible": False, "range": [-len(promises) - 0.1, 0.5]},
    }
    return drawn(marks, palette, height=90 + 115 * len(promises), layout=layout)


def _span(one: Promise, height: float, palette: Palette) -> list[Mark]:
    """The line from the year in which a promise was made to its deadline, or without end, and its ends."""
    ends = [one.announced_year, *([int(one.deadline)] if one.deadline else [])]
    line: Mark = {
        "type": "scatter",
        "mode": "lines",
        "x": [ends[0], ends[-1] if one.deadline else LAST_YEAR],
        "y": [height] * 2,
        "line": {"color": palette.gap, "width": 5, "dash": "solid" if one.deadline else "dot"},
        **_QUIET,
    }
    marks = points(
        ends,
        [height] * len(ends),
        hover="<b>%{x}</b> %{customdata}",
        name=one.label,
        marker={"size": 14, "symbol": ["circle", "square"][: len(ends)], "color": palette.gap},
        customdata=[one.label] * len(ends),
        showlegend=False,
    )
    return [line, marks]


def _notes(one: Promise, said: str, height: int, palette: Palette) -> list[Mark]:
    """Above the line what was promised by when, below it what became of it."""
    by = f"by {one.deadline}" if one.deadline else "no date"
    look: Mark = {"xref": "paper", "xanchor": "left", "align": "left", "bgcolor": tinted(palette.paper, 0.85)}
    return [
        note(0, height + 0.3, f"<b>{one.announced}: {one.label}</b>, {by}", size=16, **look),
        note(0, height - 0.04, "<br>".join(wrap(said, LINE)), size=14, colour=palette.quiet, yanchor="top", **look),
    ]
