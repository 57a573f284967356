"""Chart `lever-associations`: how each building block goes with healthy life, before and after allowing for deprivation."""

from collections.abc import Sequence

import pandas as pd

from charts.kit import words
from charts.kit.chart import Chart, file_name
from charts.kit.drawing import Drawing
from charts.kit.palette import LIGHT, Palette
from charts.kit.table import Record, each, figures, yes_or_no
from charts.levers.rows import before_dots, dots, extent, in_rows, largest, link, mark_heights
from charts.levers.words import blocks, running, scope_drawn, sources

NO_CAUSE = "Association does not prove causation: something else may lie behind both."
_AFTER = ("correlation", "correlation_lci_95", "correlation_uci_95", "stands_out")


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
    """Rank correlation (-1 to 1; positive: longer healthy lives where the block is better) of each building block with HLE.

    Open points are before, filled ones after allowing for deprivation. `associations`: table `lever_associations`;
    `levers`: the rows of table `levers` to show; `chosen`: which these are, for the settings line; `at_most`: rows to
    draw, the strongest before first (the table has all).
    """
    rows = _wide(associations, levers, sex=sex)
    shown, who = largest(rows, "correlation", at_most), words.people(sex)
    longer = [row for row in rows if row["correlation"] > 0 and row["stands_out"]]
    still = [row for row in longer if _still_stands_out(row)]
    return Chart(
        id="lever-associations",
        drawing=_drawing(shown, palette),
        title=(
            f"{who.capitalize()}: {len(longer)} of {len(rows)} go with longer healthy lives, {len(still)} of these at equal deprivation"
        ),
        subtitle=f"Healthy life, {who}, {rows[0]['hle_period']}, where each block is better: rank correlation across "
        "authorities. Open: before allowing for deprivation; filled: after, with 95% interval; cross: cannot be told from none",
        settings=f"{scope_drawn(chosen, 'strongest links', len(shown), of=len(rows))} {NO_CAUSE}",
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


def _wide(associations: pd.DataFrame, levers: pd.DataFrame, *, sex: str) -> list[Record]:
    """Each building block's correlation before and (names end in _after) after allowing for deprivation, highest first."""
    found: dict[str, dict[str, Record]] = {"nothing": {}, "deprivation": {}}
    for row in associations[associations["sex"] == sex].to_dict("records"):
        found[row["allowing_for"]][row["indicator"]] = row
    after, labels = found["deprivation"], dict(zip(levers["indicator"], levers["label"], strict=True))
    rows = [
        {**row, **{f"{name}_after": after[block][name] for name in _AFTER}, "label": labels[block]}
        for block, row in found["nothing"].items()
        if block in after and block in labels
    ]
    return sorted(rows, key=lambda row: -row["correlation"])


def _still_stands_out(row: Record) -> bool:
    return bool(row["correlation_after"] > 0 and row["stands_out_after"])


def _drawing(shown: Sequence[Record], palette: Palette) -> Drawing:
    labels, before, after, lower, upper, stands_out = each(
        shown,
        *("label", "correlation", "correlation_after", "correlation_lci_95_after", "correlation_uci_95_after"),
        "stands_out_after",
    )
    marks = [
        link(before, after, name="before to after", colour=palette.grid),
        before_dots(
            before,
            mark_heights(len(shown)),
            palette=palette,
            hover="%{customdata}<br>Before: <b>%{x:.2f}</b>",
            name="before",
            customdata=labels,
        ),
        dots(
            after,
            limits=(lower, upper),
            name="after",
            hover="%{customdata}<br>After allowing for deprivation: <b>%{x:.2f}</b>",
            colour=palette.gap,
            marker={
                "color": [palette.gap if yes else palette.quiet for yes in stands_out],
                "symbol": ["circle" if yes else "x" for yes in stands_out],
            },
            customdata=labels,
        ),
    ]
    lowest, highest = extent(0.5, before, lower, upper)
    row_words = [
        f"<b>{label}</b> {words.number(then, 2)}, after {words.number(now, 2)}"
        for label, then, now in zip(labels, before, after, strict=True)
    ]
    return in_rows(
        marks,
        row_words,
        x_range=(lowest - 0.1, highest + 0.1),
        x_title="Rank correlation",
        directions=("shorter", "longer"),
        palette=palette,
    )


def _alt(rows: Sequence[Record], who: str) -> str:
    strongest = words.listed([f"{running(row['label'])} {words.number(row['correlation'], 2)}" for row in rows[:3]])
    left = [running(row["label"]) for row in rows if _still_stands_out(row)]
    return (
        f"Dot chart of rank correlations between {blocks(len(rows))} and healthy life expectancy of {who}, "
        f"{rows[0]['hle_period']}, across authorities. Strongest before: {strongest}. Still going with longer healthy lives after allowing for "
        f"deprivation: {words.listed(left) if left else 'none'}."
    )


def _table(rows: Sequence[Record]) -> pd.DataFrame:
    before, after = (
        [words.interval(row[f"correlation_lci_95{when}"], row[f"correlation_uci_95{when}"], 2) for row in rows]
        for when in ("", "_after")
    )
    return figures(
        rows,
        {
            "Building block": "label",
            "Period": "period",
            "Authorities": "areas",
            "Before": "correlation",
            "95% interval before": before,
            "Stands out before": yes_or_no(row["stands_out"] for row in rows),
            "After": "correlation_after",
            "95% interval after": after,
            "Stands out after": yes_or_no(row["stands_out_after"] for row in rows),
        },
    )
