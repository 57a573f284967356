"""The gap of each building block between the least and the most deprived fifth of authorities, then and now."""

import math
from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from charts.kit import words
from charts.kit.chart import Chart, file_name
from charts.kit.marks import error_bars, line
from charts.kit.palette import LIGHT, Palette
from charts.kit.theme import drawn
from charts.levers.rows import in_rows, link, mark_heights
from charts.levers.words import LEVELS, listed, number_of, running, said, said_in_full, sources, sources_of

_Record = Mapping[Hashable, Any]

LEVEL_GAP = 0.1
"""Gaps smaller than this many standard deviations count as none."""

FIFTHS = "Fifths of upper-tier authorities by average IMD 2025 score, means weighted by population."


def with_gaps(levers: pd.DataFrame, gaps: pd.DataFrame, changes: pd.DataFrame) -> pd.DataFrame:
    """Return the facts of each lever beside its gap in the first and the latest period and how it moved.

    Args:
        levers: table `levers`, or some of its rows.
        gaps: table `lever_gaps`.
        changes: table `lever_changes`.

    Returns:
        Columns of all three; the first period's gap is first_gap_sd. Widest gap first.
    """
    lever_at = {indicator: at for at, indicator in enumerate(levers["indicator"].tolist())}
    gap_at = {
        (indicator, period): at
        for at, (indicator, period) in enumerate(zip(gaps["indicator"].tolist(), gaps["period"].tolist(), strict=True))
    }
    moved = zip(*(changes[name].tolist() for name in ("indicator", "latest_period", "first_period")), strict=True)
    found = [
        (at, lever_at[indicator], gap_at[indicator, latest], gap_at[indicator, first])
        for at, (indicator, latest, first) in enumerate(moved)
        if indicator in lever_at and (indicator, latest) in gap_at and (indicator, first) in gap_at
    ]
    positions = np.array(found, dtype=np.intp).reshape(-1, 4)
    widths = gaps["gap_sd"].to_numpy()
    change, lever, latest, first = positions[np.argsort(-widths[positions[:, 2]], kind="stable")].T
    parts = (
        (changes, change),
        (levers.drop(columns="indicator").rename(columns={"latest_period": "latest_period_held"}), lever),
        (gaps.drop(columns=["indicator", "period", "period_start"]), latest),
    )
    rows: pd.DataFrame = pd.concat([table.iloc[at].reset_index(drop=True) for table, at in parts], axis=1)
    rows["first_gap_sd"] = widths[first]
    return rows


def lever_gaps(
    rows: pd.DataFrame, *, chosen: str, build: str, at_most: int | None = None, palette: Palette = LIGHT
) -> Chart:
    """Return one row per building block: its gap in the first period (open) and in the latest (filled).

    Args:
        rows: from `with_gaps`.
        chosen: which building blocks these are, to stand in the settings line ("All 30 building blocks.").
        build: build id.
        at_most: how many rows to draw, the widest gaps either way; all if not given. The table has all.
        palette: colours.
    """
    every = rows.to_dict("records")
    shown = _widest(every, at_most)
    heights = mark_heights(len(shown))
    gaps, first = ([row[name] for row in shown] for name in ("gap_sd", "first_gap_sd"))
    lower, upper = ([row[f"gap_sd_{limit}_95"] for row in shown] for limit in ("lci", "uci"))
    changed = [(row, height) for row, height in zip(shown, heights, strict=True) if row["moved"] != "one period"]
    marks = [
        link(first, gaps, name="from first to latest", colour=palette.quiet),
        {
            "type": "scatter",
            "x": [row["first_gap_sd"] for row, _ in changed],
            "y": [height for _, height in changed],
            "mode": "markers",
            "name": "first period",
            "marker": {"size": 13, "symbol": "circle-open", "color": palette.quiet, "line": {"width": 2}},
            "customdata": [[row["label"], row["first_period"]] for row, _ in changed],
            "hovertemplate": "%{customdata[0]}<br>%{customdata[1]}: <b>%{x:.2f}</b> standard deviations<extra></extra>",
        },
        {
            "type": "scatter",
            "x": gaps,
            "y": heights,
            "mode": "markers",
            "name": "latest period",
            "marker": {
                "size": 14,
                "color": [_colour(value, palette) for value in gaps],
                "symbol": [_symbol(value) for value in gaps],
            },
            "error_x": error_bars(gaps, lower, upper, palette.quiet),
            "customdata": [[row["label"], row["latest_period"], row["moved"]] for row in shown],
            "hovertemplate": (
                "%{customdata[0]}<br>%{customdata[1]}: <b>%{x:.2f}</b> standard deviations"
                "<br>Since the first period: %{customdata[2]}<extra></extra>"
            ),
        },
    ]
    reach = max([0.5, *filter(math.isfinite, [*gaps, *first, *upper])])
    lowest = min([-0.5, *filter(math.isfinite, [*gaps, *first, *lower])])
    drawing = in_rows(
        marks,
        [
            f"<b>{row['label']}</b> {said(row['most_deprived'], row['unit'])} v {said(row['least_deprived'], row['unit'])}"
            for row in shown
        ],
        x_range=(lowest - 0.25, reach + 0.25),
        x_title="Gap in standard deviations",
        directions=("better off", "worse off"),
        palette=palette,
    )
    worse = [row for row in every if row["gap_sd"] > LEVEL_GAP]
    return Chart(
        id="lever-gaps",
        drawing=drawing,
        title=_title(every, worse),
        subtitle="The most deprived fifth of authorities against (v) the least deprived, latest period. Circle: worse off; "
        "diamond: better off; square: level. Open: first period since 2011. Line: 95% interval, where published",
        settings=f"{chosen} {FIFTHS}",
        source=sources(rows, build=build),
        alt=_alt(every, worse),
        table=_table(rows, every),
        caveats=_caveats(every),
        file_stem=file_name("lever-gaps"),
    )


def _widest(rows: Sequence[_Record], at_most: int | None) -> list[_Record]:
    """Return the rows with the widest gaps either way, in their order."""
    by_width = sorted(range(len(rows)), key=lambda at: -abs(rows[at]["gap_sd"]))
    return [rows[at] for at in sorted(by_width[:at_most])]


def _colour(value: float, palette: Palette) -> str:
    if abs(value) <= LEVEL_GAP:
        return palette.gap
    return palette.worse_off if value > 0 else palette.better_off


def _symbol(value: float) -> str:
    if abs(value) <= LEVEL_GAP:
        return "square"
    return "circle" if value > 0 else "diamond"


def _title(rows: Sequence[_Record], worse: Sequence[_Record]) -> str:
    if not worse:
        return f"The most deprived fifth is worse off on none of {number_of(len(rows), 'building block')}"
    return (
        f"The most deprived fifth is worse off on {len(worse)} of {number_of(len(rows), 'building block')}, most of all on "
        f"{running(worse[0]['label'])}"
    )


def _alt(rows: Sequence[_Record], worse: Sequence[_Record]) -> str:
    widest = "; ".join(
        f"{row['label']} {said(row['most_deprived'], row['unit'])} against {said(row['least_deprived'], row['unit'])}, "
        f"{words.number(row['gap_sd'])} standard deviations, {row['latest_period']}"
        for row in worse[:3]
    )
    better = [row["label"] for row in rows if row["gap_sd"] < -LEVEL_GAP]
    other = f" Better off on: {listed(better)}." if better else ""
    moved = Counter(row["moved"] for row in rows)
    return (
        f"Dot chart with a row for each of {number_of(len(rows), 'building block')}, most deprived fifth of authorities "
        f"against least deprived. Widest gaps: {widest or 'none'}.{other} Since its first period the most deprived fifth caught "
        f"up on {moved['caught up']} and fell behind on {moved['fell behind']}."
    )


def _table(rows: pd.DataFrame, every: Sequence[_Record]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "Building block": rows["label"],
            "Counts": rows["counts"],
            "Unit": rows["unit"],
            "Period": rows["latest_period"],
            "Most deprived fifth": rows["most_deprived"].to_numpy().round(2),
            "Least deprived fifth": rows["least_deprived"].to_numpy().round(2),
            "Gap (standard deviations)": rows["gap_sd"].to_numpy().round(2),
            "95% interval": [
                words.interval(row["gap_sd_lci_95"], row["gap_sd_uci_95"], 2) or "not published" for row in every
            ],
            "First period": rows["first_period"],
            "Gap then": rows["first_gap_sd"].to_numpy().round(2),
            "Most deprived fifth since": rows["moved"],
            "Authorities with a figure, most and least deprived fifth": [
                f"{row['most_deprived_areas']} of 31, {row['least_deprived_areas']} of 30" for row in every
            ],
        }
    )


def _caveats(rows: Sequence[_Record]) -> tuple[str, ...]:
    caveats = [
        "A standard deviation is that of all authorities in the block's latest period: it puts blocks of different units on "
        "one scale. Gaps in own units stand in each row.",
        f"Gaps under {LEVEL_GAP:.1f} standard deviations count as none, and changes under that as little changed.",
        "Then and now are two single periods. The line of each block shows the years between.",
        "Intervals are drawn where publishers give them for every authority; figures without one are not exact either.",
    ]
    if any(row["current_prices"] for row in rows):
        caveats.append("Money is re-priced: earlier gaps are raised by the growth of the average across authorities.")
    short = [row["label"] for row in rows if row["most_deprived_areas"] < 31 or row["least_deprived_areas"] < 30]
    if short:
        caveats.append(
            f"Some authorities have no figure for {listed([running(name) for name in short])}; the table says how "
            "many, and the list below the chart which."
        )
    return tuple(caveats)


def lever_over_time(lever: pd.Series, series: pd.DataFrame, *, build: str, palette: Palette = LIGHT) -> Chart:
    """Return one building block over time, most and least deprived fifth, in its own unit.

    Args:
        lever: row of `with_gaps`.
        series: rows of table `lever_gaps` of that indicator.
        build: build id.
        palette: colours.
    """
    periods = sorted(series.to_dict("records"), key=lambda row: row["period_start"])
    first, last = periods[0], periods[-1]
    starts, labels = ([row[name] for row in periods] for name in ("period_start", "period"))
    traces = [
        line(starts, [row[column] for row in periods], name=name, colour=colour, markers=True, hover=labels)
        | {"hovertemplate": f"{name}<br>%{{customdata}}: <b>%{{y:,.2f}}</b> {lever['unit']}<extra></extra>"}
        for column, name, colour in (
            ("least_deprived", "Least deprived fifth", palette.better_off),
            ("most_deprived", "Most deprived fifth", palette.worse_off),
        )
    ]
    ends = [first] if len(periods) == 1 else [first, last]
    drawing = drawn(
        traces,
        palette,
        layout={
            "xaxis": {
                "tickvals": [row["period_start"] for row in ends],
                "ticktext": [row["period"].replace(" to ", " to<br>") for row in ends],
                "range": [first["period_start"] - 1.2, last["period_start"] + 1.2],
            },
            "yaxis": {"title": {"text": _axis(str(lever["unit"])), "font": {"size": 15}}},
        },
    )
    unit = str(lever["unit"])
    now = f"{said_in_full(lever['most_deprived'], unit)} in the most deprived fifth, {said(lever['least_deprived'], unit)} in the least"
    return Chart(
        id="lever-over-time",
        drawing=drawing,
        title=f"{lever['label']}: {now}{_since(lever)}",
        subtitle=f"{lever['counts']} ({_axis(unit)}), {lever['first_period']} to {lever['latest_period']}. The axis does not start "
        "at zero",
        settings=f"{'High is good' if lever['polarity'] == 'high-is-good' else 'High is bad'}. {FIFTHS}",
        source=sources_of([lever["publisher"]], [lever["release"]], build=build),
        alt=(
            f"Line chart of {running(str(lever['label']))}, {len(periods)} periods from {lever['first_period']} to "
            f"{lever['latest_period']}. Most deprived fifth from {said(first['most_deprived'], unit)} to "
            f"{said(last['most_deprived'], unit)}; least deprived from "
            f"{said(first['least_deprived'], unit)} to {said(last['least_deprived'], unit)}."
        ),
        table=_table_over_time(periods, _axis(unit)),
        caveats=("Current prices, as published.",) if lever["current_prices"] else (),
        file_stem=file_name("lever-over-time", str(lever["indicator"])),
    )


def _table_over_time(periods: Sequence[_Record], unit: str) -> pd.DataFrame:
    most, least, gap = (
        np.round([row[name] for row in periods], 2) for name in ("most_deprived", "least_deprived", "gap_sd")
    )
    return pd.DataFrame(
        {
            "Period": [row["period"] for row in periods],
            f"Most deprived fifth ({unit})": most,
            f"Least deprived fifth ({unit})": least,
            "Gap (standard deviations)": gap,
            "95% interval": [
                words.interval(row["gap_sd_lci_95"], row["gap_sd_uci_95"], 2) or "not published" for row in periods
            ],
            "Authorities with a figure": [row["most_deprived_areas"] + row["least_deprived_areas"] for row in periods],
        }
    )


def _axis(unit: str) -> str:
    return "per cent" if unit == "%" else unit


def _since(lever: pd.Series) -> str:
    if lever["moved"] == "one period":
        return ". No earlier period is held"
    said_of = {
        "caught up": "The most deprived fifth has caught up",
        "fell behind": "The most deprived fifth has fallen behind",
        "little changed": "The gap is little changed",
    }
    return f". {said_of[lever['moved']]} since {lever['first_period']}"


def scope(count: int, *, department: str = "", level: str = "", horizon: str = "", block: str = "") -> str:
    """Return which building blocks a chart shows, as a sentence for its settings line.

    Args:
        count: how many.
        department: only those it leads on; empty for all.
        level: only those that this level can act on; empty for all.
        horizon: "short" or "long"; empty for both.
        block: only that block; empty for all.
    """
    parts = [
        f"in {block.lower()}" if block else "",
        f"led by {department}" if department else "",
        f"on which {LEVELS[level]} can act" if level else "",
        f"{horizon} term" if horizon else "",
    ]
    chosen = ", ".join(part for part in parts if part)
    return f"{number_of(count, 'building block')} {chosen}." if chosen else f"All {number_of(count, 'building block')}."
