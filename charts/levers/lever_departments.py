"""Chart `lever-departments`: each department's building blocks, its widest gap, and how its gaps have moved."""

from collections import Counter
from collections.abc import Mapping, Sequence

import pandas as pd

from charts.kit import words
from charts.kit.chart import Chart, file_name
from charts.kit.drawing import Drawing
from charts.kit.marks import Mark, axis, flat_bars, tinted
from charts.kit.palette import LIGHT, Palette
from charts.kit.theme import drawn
from charts.levers.lever_gaps import FIFTHS, both_fifths
from charts.levers.rows import row_names
from charts.levers.words import running, short_department, sources

_ROW_HEIGHT = 58
_SAID = {
    "caught up": "Gap narrowed",
    "little changed": "Little changed",
    "fell behind": "Gap widened",
    "one period": "One period only",
}
Counts = Mapping[str, Sequence[int]]
"""How the gap moved -> number of building blocks of each department."""


def lever_departments(rows: pd.DataFrame, *, build: str, palette: Palette = LIGHT) -> Chart:
    """A bar per department, most blocks first: how many by how their gap has moved.

    `rows`: all building blocks, from `with_gaps`.
    """
    led = Counter(rows["department"])
    departments = sorted(led, key=lambda name: (-led[name], name))
    moved = Counter(zip(rows["department"], rows["moved"], strict=True))
    counts = {way: [moved[name, way] for name in departments] for way in _SAID}
    totals = [led[name] for name in departments]
    widest = rows.iloc[0]
    return Chart(
        id="lever-departments",
        drawing=_drawing(departments, counts, totals, palette),
        title=f"Widest gap: {short_department(widest['department'])} ({running(widest['label'])})",
        subtitle="Building blocks by leading department, and whether the gap between the most and the least deprived fifth of "
        "authorities has narrowed since the first period since 2011",
        settings=FIFTHS,
        source=sources(rows, build=build),
        alt=_alt(departments, counts, totals),
        table=pd.DataFrame(
            {
                "Department": departments,
                "Widest gap": [_widest(rows, name) for name in departments],
                **{_SAID[way]: held for way, held in counts.items()},
                "All": totals,
            }
        ),
        caveats=(
            "One department leads on each block here; most need several, and this says nothing of how they work together.",
            "Leading is not causing: a gap that moved has not been shown to have moved because of a department.",
            "The table of who can act names the law or document behind every entry.",
        ),
        file_stem=file_name("lever-departments"),
    )


def departments_table(rows: pd.DataFrame) -> pd.DataFrame:
    """Each department with its widest gap, the widest of all first; `rows` as for `lever_departments`."""
    first = rows.drop_duplicates("department")
    led, narrowed, widened = (
        rows[rows["moved"].isin(moved)]["department"].value_counts()
        for moved in (list(_SAID), ["caught up"], ["fell behind"])
    )
    return pd.DataFrame(
        {
            "Department": first["department"].map(short_department),
            "Widest gap": first["label"],
            "Most v least deprived fifth": [both_fifths(row, "v") for row in first.to_dict("records")],
            "Gap (standard deviations)": [words.number(gap) for gap in first["gap_sd"]],
            "Leads on": first["department"].map(led),
            "Narrowed": first["department"].map(narrowed).fillna(0).astype(int),
            "Widened": first["department"].map(widened).fillna(0).astype(int),
        }
    )


def _widest(rows: pd.DataFrame, department: str) -> str:
    return str(rows.loc[rows["department"] == department, "label"].iloc[0])


def _drawing(departments: Sequence[str], counts: Counts, totals: Sequence[int], palette: Palette) -> Drawing:
    labels = [f"<b>{short_department(name)}</b> {total}" for name, total in zip(departments, totals, strict=True)]
    layout = {
        "barmode": "stack",
        "legend": {"traceorder": "normal"},
        "xaxis": axis("Building blocks", range=[0, max(totals) * 1.02], dtick=2, showgrid=True, zeroline=False),
        "yaxis": {"visible": False, "range": [-len(departments) + 0.4, 0.6]},
    }
    traces = [*_bars(departments, counts, palette), row_names(labels, x=0, above=0.29, palette=palette)]
    return drawn(traces, palette, height=130 + _ROW_HEIGHT * len(departments), layout=layout)


def _bars(departments: Sequence[str], counts: Counts, palette: Palette) -> list[Mark]:
    looks = {
        "caught up": (palette.better_off, palette.paper, ""),
        "little changed": (palette.grid, palette.ink, ""),
        "fell behind": (palette.worse_off, palette.paper, ""),
        "one period": (palette.paper, palette.ink, "/"),
    }
    return [
        flat_bars(
            counts[way],
            [-row - 0.18 for row in range(len(departments))],
            hover=f"%{{customdata}}<br>{_SAID[way]}: <b>%{{x}}</b>",
            width=0.43,
            name=_SAID[way],
            marker={
                "color": fill,
                "line": {"color": palette.quiet, "width": 1},
                "pattern": {"shape": shape, "fgcolor": tinted(palette.quiet, 0.5)},
            },
            text=[f"<b>{count}</b>" if count else "" for count in counts[way]],
            textposition="inside",
            insidetextanchor="middle",
            textangle=0,
            constraintext="none",  # a bar of a long list is slim: plotly.js would make the number too small to read
            textfont={"size": 13, "color": ink},
            customdata=departments,
        )
        for way, (fill, ink, shape) in looks.items()
    ]


def _alt(departments: Sequence[str], counts: Counts, totals: Sequence[int]) -> str:
    parts = "; ".join(
        f"{name}: {total}, of which {', '.join(f'{said.lower()} {counts[way][at]}' for way, said in _SAID.items())}"
        for at, (name, total) in enumerate(zip(departments, totals, strict=True))
    )
    return f"Stacked bars by department, counting how the gap has moved since the first period since 2011. {parts}."
