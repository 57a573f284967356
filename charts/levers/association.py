"""How each building block goes with healthy life expectancy across authorities, before and after allowing for deprivation."""

import math
from collections.abc import Hashable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from charts.kit import words
from charts.kit.chart import Chart, file_name
from charts.kit.marks import error_bars
from charts.kit.palette import LIGHT, Palette
from charts.levers.rows import in_rows, link, mark_heights
from charts.levers.words import listed, number_of, running, sources

_Record = Mapping[Hashable, Any]

NO_CAUSE = "An association is no cause: what makes one place healthier than another may lie behind both."


def lever_associations(
    associations: pd.DataFrame,
    levers: pd.DataFrame,
    *,
    sex: str,
    chosen: str,
    build: str,
    at_most: int | None = None,
    palette: Palette = LIGHT,
) -> Chart:
    """Return one row per building block: rank correlation before (open) and after (filled) allowing for deprivation.

    Args:
        associations: table `lever_associations`.
        levers: rows of table `levers` to show.
        sex: "female" or "male".
        chosen: which building blocks these are, for the settings line.
        build: build id.
        at_most: how many rows to draw, the strongest before first; all if not given. The table has all.
        palette: colours.
    """
    rows = _wide(associations, levers, sex=sex)
    shown = _strongest(rows, at_most)
    heights = mark_heights(len(shown))
    before, after, lower, upper = (
        [row[name] for row in shown]
        for name in ("correlation", "correlation_after", "correlation_lci_95_after", "correlation_uci_95_after")
    )
    labels = [row["label"] for row in shown]
    stands_out = [row["stands_out_after"] for row in shown]
    marks = [
        link(before, after, name="before to after", colour=palette.grid),
        {
            "type": "scatter",
            "x": before,
            "y": heights,
            "mode": "markers",
            "name": "before",
            "marker": {"size": 13, "symbol": "circle-open", "color": palette.quiet, "line": {"width": 2}},
            "customdata": labels,
            "hovertemplate": "%{customdata}<br>Before: <b>%{x:.2f}</b><extra></extra>",
        },
        {
            "type": "scatter",
            "x": after,
            "y": heights,
            "mode": "markers",
            "name": "after",
            "marker": {
                "size": 14,
                "color": [palette.gap if yes else palette.quiet for yes in stands_out],
                "symbol": ["circle" if yes else "x" for yes in stands_out],
            },
            "error_x": error_bars(after, lower, upper, palette.gap),
            "customdata": labels,
            "hovertemplate": "%{customdata}<br>After allowing for deprivation: <b>%{x:.2f}</b><extra></extra>",
        },
    ]
    lowest = min([-0.5, *filter(math.isfinite, [*before, *lower])])
    highest = max([0.5, *filter(math.isfinite, [*before, *upper])])
    drawing = in_rows(
        marks,
        [
            f"<b>{row['label']}</b> {words.number(row['correlation'], 2)}, after {words.number(row['correlation_after'], 2)}"
            for row in shown
        ],
        x_range=(lowest - 0.1, highest + 0.1),
        x_title="Rank correlation",
        directions=("shorter", "longer"),
        palette=palette,
    )
    who, period = words.people(sex), rows[0]["hle_period"]
    longer = [row for row in rows if row["correlation"] > 0 and row["stands_out"]]
    still = [row for row in longer if row["correlation_after"] > 0 and row["stands_out_after"]]
    return Chart(
        id="lever-associations",
        drawing=drawing,
        title=(
            f"{who.capitalize()}: {len(longer)} of {number_of(len(rows), 'building block')} go with longer healthy lives; "
            f"allowing for deprivation, {len(still)} of these still do"
        ),
        subtitle=f"Healthy life, {who}, {period}, where each block is better: rank correlation across "
        "authorities. Open: before allowing for deprivation; filled: after, with 95% interval; cross: cannot be told from none",
        settings=f"{chosen} {NO_CAUSE}",
        source=sources(levers, build=build),
        alt=_alt(rows, who),
        table=_table(rows),
        caveats=(
            NO_CAUSE,
            "The index of deprivation itself counts income, work, skills and surroundings: allowing for it takes away part of "
            "what those blocks are.",
            "So many comparisons turn up some by luck: a filled circle has survived control of the false discovery rate at 5% "
            "over all tests of one sex, before and after.",
            "Figures of single authorities are uncertain, which pulls every correlation towards zero.",
            "Deaths from heart disease and stroke are part of how healthy life is counted, so they go with it by construction.",
        ),
        file_stem=file_name("lever-associations", who),
    )


def _wide(associations: pd.DataFrame, levers: pd.DataFrame, *, sex: str) -> list[_Record]:
    """Return each building block's correlation before and (names end in _after) after allowing for deprivation."""
    found: dict[str, dict[str, _Record]] = {"nothing": {}, "deprivation": {}}
    for row in associations[associations["sex"] == sex].to_dict("records"):
        found[row["allowing_for"]][row["indicator"]] = row
    labels = dict(zip(levers["indicator"].tolist(), levers["label"].tolist(), strict=True))
    after = found["deprivation"]
    rows = [
        {**row, **{f"{name}_after": after[indicator][name] for name in _AFTER}, "label": labels[indicator]}
        for indicator, row in found["nothing"].items()
        if indicator in after and indicator in labels
    ]
    return sorted(rows, key=lambda row: -row["correlation"])


_AFTER = ("correlation", "correlation_lci_95", "correlation_uci_95", "stands_out")


def _strongest(rows: Sequence[_Record], at_most: int | None) -> list[_Record]:
    """Return the rows with the strongest correlations before, in their order."""
    by_strength = sorted(range(len(rows)), key=lambda at: -abs(rows[at]["correlation"]))
    return [rows[at] for at in sorted(by_strength[:at_most])]


def _alt(rows: Sequence[_Record], who: str) -> str:
    strongest = listed([f"{running(row['label'])} {words.number(row['correlation'], 2)}" for row in rows[:3]])
    left = [running(row["label"]) for row in rows if row["stands_out_after"] and row["correlation_after"] > 0]
    names = listed(left) if left else "none"
    return (
        f"Dot chart of rank correlations between {number_of(len(rows), 'building block')} and healthy life expectancy of {who}, "
        f"{rows[0]['hle_period']}, across authorities. Strongest before: {strongest}. Still going with longer healthy lives after allowing for "
        f"deprivation: {names}."
    )


def _table(rows: Sequence[_Record]) -> pd.DataFrame:
    def column(name: str) -> list[Any]:
        return [row[name] for row in rows]

    return pd.DataFrame(
        {
            "Building block": column("label"),
            "Period": column("period"),
            "Authorities": column("areas"),
            "Before": np.round(column("correlation"), 2),
            "95% interval before": [
                words.interval(row["correlation_lci_95"], row["correlation_uci_95"], 2) for row in rows
            ],
            "Stands out before": ["yes" if yes else "no" for yes in column("stands_out")],
            "After": np.round(column("correlation_after"), 2),
            "95% interval after": [
                words.interval(row["correlation_lci_95_after"], row["correlation_uci_95_after"], 2) for row in rows
            ],
            "Stands out after": ["yes" if yes else "no" for yes in column("stands_out_after")],
        }
    )
