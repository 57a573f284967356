"""Chart `lever-gaps`: how far the most deprived fifth is from the least deprived on each building block, then and now."""

from collections import Counter
from collections.abc import Sequence

import pandas as pd

from charts.kit import words
from charts.kit.chart import Chart, file_name
from charts.kit.drawing import Drawing
from charts.kit.palette import LIGHT, Palette
from charts.kit.table import Record, each, figures, intervals
from charts.levers.rows import before_dots, dots, extent, in_rows, largest, link, mark_heights
from charts.levers.words import MOVED, blocks, running, said, scope_drawn, sources

LEVEL_GAP = 0.1
"""Gaps smaller than this many standard deviations count as none."""
FIFTHS = "Fifths of upper-tier authorities by average IMD 2025 score, means weighted by population."


def with_gaps(levers: pd.DataFrame, gaps: pd.DataFrame, changes: pd.DataFrame) -> pd.DataFrame:
    """Rows of table `levers` beside table `lever_gaps` in the latest period and table `lever_changes`, widest gap first.

    first_gap_sd is the gap in the first period; positive gaps mean that the most deprived fifth is worse off.
    """
    facts = levers.rename(columns={"latest_period": "latest_period_held"})
    first = gaps[["indicator", "period", "gap_sd"]].set_axis(["indicator", "first_period", "first_gap_sd"], axis=1)
    latest = gaps.drop(columns="period_start").rename(columns={"period": "latest_period"})
    rows = changes.merge(facts, on="indicator").merge(latest, on=["indicator", "latest_period"])
    rows = rows.merge(first, on=["indicator", "first_period"])
    return rows.sort_values("gap_sd", ascending=False, kind="stable", ignore_index=True)


def lever_gaps(
    rows: pd.DataFrame, *, chosen: str, build: str, at_most: int | None = None, palette: Palette = LIGHT
) -> Chart:
    """Gap of each building block in standard deviations (right: most deprived fifth worse off), first (open) and latest.

    `rows`: from `with_gaps`; `chosen`: which these are, for the settings line ("All 30 building blocks."); `at_most`: rows
    to draw, the widest gaps either way (the table has all).
    """
    every = rows.to_dict("records")
    worse = [row for row in every if row["gap_sd"] > LEVEL_GAP]
    shown = largest(every, "gap_sd", at_most)
    return Chart(
        id="lever-gaps",
        drawing=_drawing(shown, palette),
        title=f"Most deprived fifth: worse off on {len(worse) or 'none'} of {blocks(len(every))}",
        subtitle="Most deprived fifth of authorities against (v) the least deprived, from worse off to better off",
        settings=f"{scope_drawn(chosen, 'widest gaps', len(shown), of=len(every))} Circle: worse off; diamond: better off; square: about the same. "
        f"{FIFTHS}",
        source=sources(rows, build=build),
        alt=_alt(every, worse),
        table=_table(rows),
        caveats=_caveats(rows),
        file_stem=file_name("lever-gaps"),
    )


def _drawing(shown: Sequence[Record], palette: Palette) -> Drawing:
    gaps, first, lower, upper = each(shown, "gap_sd", "first_gap_sd", "gap_sd_lci_95", "gap_sd_uci_95")
    heights = mark_heights(len(shown))
    changed = [(row, height) for row, height in zip(shown, heights, strict=True) if row["moved"] != "one period"]
    colours, symbols = zip(*(_look(gap, palette) for gap in gaps), strict=True)
    marks = [
        link(first, gaps, name="from first to latest", colour=palette.no_figure, width=5) | {"showlegend": False},
        before_dots(
            [row["first_gap_sd"] for row, _ in changed],
            [height for _, height in changed],
            palette=palette,
            hover="%{customdata[0]}<br>%{customdata[1]}: <b>%{x:.2f}</b> standard deviations",
            name="First period since 2011",
            customdata=[[row["label"], row["first_period"]] for row, _ in changed],
        ),
        dots(
            gaps,
            limits=(lower, upper),
            name="Latest period",
            hover="%{customdata[0]}<br>%{customdata[1]}: <b>%{x:.2f}</b> standard deviations"
            "<br>Gap since the first period: %{customdata[2]}",
            colour=palette.quiet,
            marker={"color": colours, "symbol": symbols},
            customdata=[[row["label"], row["latest_period"], MOVED[row["moved"]]] for row in shown],
        ),
    ]
    lowest, highest = extent(0.5, gaps, first, lower, upper)
    return in_rows(
        marks,
        [f"<b>{row['label']}</b> {both_fifths(row, 'v')}" for row in shown],
        x_range=(lowest - 0.25, highest + 0.25),
        x_title="Gap in standard deviations",
        directions=("better off", "worse off"),
        palette=palette,
        key=True,
    )


def _look(gap: float, palette: Palette) -> tuple[str, str]:
    """Colour and symbol of a gap."""
    if abs(gap) <= LEVEL_GAP:
        return palette.gap, "square"
    return (palette.worse_off, "circle") if gap > 0 else (palette.better_off, "diamond")


def both_fifths(row: Record, against: str) -> str:
    """Figures of the most and the least deprived fifth: "18.2% v 9.1%"."""
    return f"{said(row['most_deprived'], row['unit'])} {against} {said(row['least_deprived'], row['unit'])}"


def _alt(rows: Sequence[Record], worse: Sequence[Record]) -> str:
    widest = "; ".join(
        f"{row['label']} {both_fifths(row, 'against')}, {words.number(row['gap_sd'])} standard deviations, "
        f"{row['latest_period']}"
        for row in worse[:3]
    )
    better = [row["label"] for row in rows if row["gap_sd"] < -LEVEL_GAP]
    other = f" Better off on: {words.listed(better)}." if better else ""
    moved = Counter(row["moved"] for row in rows)
    return (
        f"Dot chart with a row for each of {blocks(len(rows))}, most deprived fifth of authorities "
        f"against least deprived. Widest gaps: {widest or 'none'}.{other} Since its first period the gap has narrowed on "
        f"{moved['caught up']} and widened on {moved['fell behind']}."
    )


def _table(rows: pd.DataFrame) -> pd.DataFrame:
    counted = zip(rows["most_deprived_areas"], rows["least_deprived_areas"], strict=True)
    return figures(
        rows,
        {
            "Building block": "label",
            "Counts": "counts",
            "Unit": "unit",
            "Period": "latest_period",
            "Most deprived fifth": "most_deprived",
            "Least deprived fifth": "least_deprived",
            "Gap (standard deviations)": "gap_sd",
            "95% interval": intervals(rows, "gap_sd", 2, missing="not published"),
            "First period": "first_period",
            "Gap then": "first_gap_sd",
            "Gap since": [MOVED[moved] for moved in rows["moved"]],
            "Authorities with a figure, most and least deprived fifth": [
                f"{most} of 31, {least} of 30" for most, least in counted
            ],
        },
    )


def _caveats(rows: pd.DataFrame) -> tuple[str, ...]:
    caveats = [
        "A standard deviation is that of all authorities in the block's latest period: it puts blocks of different units on "
        "one scale. Each row also gives both figures in their own unit.",
        f"Gaps under {LEVEL_GAP:.1f} standard deviations count as none, and changes under that as little changed.",
        "Then and now are two single periods. The line of each block shows the years between.",
        "Intervals are drawn where publishers give them for every authority; figures without one are not exact either.",
    ]
    if rows["current_prices"].any():
        caveats.append("Money is re-priced: earlier gaps are raised by the growth of the average across authorities.")
    short = rows.loc[(rows["most_deprived_areas"] < 31) | (rows["least_deprived_areas"] < 30), "label"]
    if len(short):
        caveats.append(
            f"Some authorities have no figure for {words.listed([running(name) for name in short])}; the table says how "
            "many, and the list below the chart which."
        )
    return tuple(caveats)
