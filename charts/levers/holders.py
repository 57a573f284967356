"""Who holds the building blocks: each department's, and how their gaps have moved."""

from collections import Counter

import pandas as pd

from charts.kit.chart import Chart, file_name
from charts.kit.marks import tinted
from charts.kit.palette import LIGHT, Palette
from charts.kit.theme import drawn
from charts.levers.gaps import FIFTHS
from charts.levers.rows import row_names
from charts.levers.words import LEVELS, number_of, short_department, sources

_ROW_HEIGHT = 58
_SAID = {
    "caught up": "Caught up",
    "little changed": "Little changed",
    "fell behind": "Fell behind",
    "one period": "One period only",
}


def lever_departments(rows: pd.DataFrame, *, build: str, palette: Palette = LIGHT) -> Chart:
    """Return a bar per department: its building blocks by what the most deprived fifth has done on them.

    Args:
        rows: from `charts.levers.gaps.with_gaps`, all building blocks.
        build: build id.
        palette: colours.
    """
    moved = Counter(zip(rows["department"].tolist(), rows["moved"].tolist(), strict=True))
    led = Counter(rows["department"].tolist())
    departments = sorted(led, key=lambda name: (-led[name], name))
    counts = {way: [moved[name, way] for name in departments] for way in _SAID}
    totals = [led[name] for name in departments]
    looks = {
        "caught up": (palette.better_off, palette.paper, ""),
        "little changed": (palette.grid, palette.ink, ""),
        "fell behind": (palette.worse_off, palette.paper, ""),
        "one period": (palette.paper, palette.ink, "/"),
    }
    bars = [
        {
            "type": "bar",
            "x": counts[way],
            "y": [-row - 0.18 for row in range(len(departments))],
            "width": 0.46,
            "orientation": "h",
            "name": _SAID[way],
            "marker": {
                "color": fill,
                "line": {"color": palette.quiet, "width": 1},
                "pattern": {"shape": shape, "fgcolor": tinted(palette.quiet, 0.5)},
            },
            "text": [f"<b>{count}</b>" if count else "" for count in counts[way]],
            "textposition": "inside",
            "insidetextanchor": "middle",
            "textangle": 0,
            "textfont": {"size": 16, "color": ink},
            "customdata": departments,
            "hovertemplate": f"%{{customdata}}<br>{_SAID[way]}: <b>%{{x}}</b><extra></extra>",
        }
        for way, (fill, ink, shape) in looks.items()
    ]
    labels = [f"<b>{short_department(name)}</b> {total}" for name, total in zip(departments, totals, strict=True)]
    names = row_names(labels, x=0, above=0.26, palette=palette)
    drawing = drawn(
        [*bars, names],
        palette,
        height=130 + _ROW_HEIGHT * len(departments),
        layout={
            "barmode": "stack",
            "legend": {"traceorder": "normal"},
            "xaxis": {
                "range": [0, max(totals) * 1.02],
                "dtick": 2,
                "showgrid": True,
                "title": {"text": "Building blocks", "font": {"size": 15}},
            },
            "yaxis": {"visible": False, "range": [-len(departments) + 0.4, 0.6]},
        },
    )
    caught_up, little, fell, once = (counts[way] for way in _SAID)
    return Chart(
        id="lever-departments",
        drawing=drawing,
        title=(
            f"{len(departments)} departments lead on the {number_of(len(rows), 'building block')}. The {departments[0]} leads on "
            f"{totals[0]}: the most deprived fifth caught up on {caught_up[0]} of the {totals[0] - once[0]} that have a trend"
        ),
        subtitle="Building blocks by leading department, and what the most deprived fifth of authorities has done against the "
        "least deprived since the first period since 2011",
        settings=FIFTHS,
        source=sources(rows, build=build),
        alt="Stacked bars by department, counting what the most deprived fifth has done since the first period since 2011. "
        + "; ".join(
            f"{name}: {total}, of which caught up {caught_up[at]}, little changed {little[at]}, fell behind {fell[at]}, one "
            f"period only {once[at]}"
            for at, (name, total) in enumerate(zip(departments, totals, strict=True))
        )
        + ".",
        table=pd.DataFrame(
            {"Department": departments, **{_SAID[way]: held for way, held in counts.items()}, "All": totals}
        ),
        caveats=(
            "One department leads on each block here; most need several, and this says nothing of how they work together.",
            "Leading is not causing: a gap that moved has not been shown to have moved because of a department.",
            "The table of who can act names the law or document behind every entry.",
        ),
        file_stem=file_name("lever-departments"),
    )


def holders_table(levers: pd.DataFrame) -> pd.DataFrame:
    """Return who leads on each building block and which levels of government can act on it, for a table on a screen."""
    ordered = levers.sort_values(["department", "block", "label"])
    levels = ordered["level"].str.split()
    can_act = {
        heading: ["yes" if level in held else "no" for held in levels]
        for heading, level in (
            ("Nation", "national"),
            ("Combined authority", "combined-authority"),
            ("Council", "local"),
        )
    }
    return pd.DataFrame(
        {
            "Building block": ordered["label"],
            "Leads": ordered["department"].map(short_department),
            **can_act,
            "Term": ordered["horizon"].str.capitalize(),
            "Part of": ordered["block"],
            "Capital": ordered["capital"].str.capitalize(),
        }
    )


def basis_table(levers: pd.DataFrame) -> pd.DataFrame:
    """Return the law or document on which department and levels rest, with the building blocks it stands for."""
    grouped = levers.sort_values("label").groupby("basis", sort=False)["label"].agg(list)
    return pd.DataFrame(
        {"Building blocks": [", ".join(labels) for labels in grouped], "Department and levels rest on": grouped.index}
    )


def level_sentence(rows: pd.DataFrame, level: str) -> str:
    """Return what a level of government can act on, and where the most deprived fifth is worse off among it."""
    held = rows[rows["level"].str.split().map(lambda levels: level in levels)]
    worse = int((held["gap_sd"] > 0.1).sum())
    short = int((held["horizon"] == "short").sum())
    return (
        f"**{LEVELS[level][0].upper()}{LEVELS[level][1:]}** can act on {len(held)} of {number_of(len(rows), 'building block')}; "
        f"the most deprived fifth is worse off on {worse} of them, and {short} can answer within about five years."
    )
