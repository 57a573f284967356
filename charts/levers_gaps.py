"""The gap of each building block between the least and the most deprived fifth of authorities, then and now."""

import pandas as pd
import plotly.graph_objects as go

from charts import words
from charts.chart import Chart
from charts.levers_rows import in_rows, joined, mark_heights
from charts.levers_words import LEVELS, listed, number_of, running, said, said_in_full, sources
from charts.marks import add_line, error_bars
from charts.palette import LIGHT, Palette
from charts.settings import file_name
from charts.theme import themed

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
    both = changes.merge(levers, on="indicator", validate="one_to_one", suffixes=("", "_held"))
    latest = gaps.rename(columns={"period": "latest_period"}).drop(columns="period_start")
    first = gaps[["indicator", "period", "gap_sd"]].set_axis(["indicator", "first_period", "first_gap_sd"], axis=1)
    rows = both.merge(latest, on=["indicator", "latest_period"], validate="one_to_one")
    rows = rows.merge(first, on=["indicator", "first_period"], validate="one_to_one")
    return rows.sort_values("gap_sd", ascending=False).reset_index(drop=True)


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
    shown = rows if at_most is None else rows.loc[rows["gap_sd"].abs().nlargest(at_most).index].sort_index()
    heights = mark_heights(len(shown))
    figure = go.Figure()
    x, y = joined(shown["first_gap_sd"].tolist(), shown["gap_sd"].tolist(), heights)
    figure.add_trace(
        go.Scatter(
            x=x,
            y=y,
            mode="lines",
            line={"color": palette.quiet, "width": 2},
            hoverinfo="skip",
            name="from first to latest",
        )
    )
    changed = shown["moved"] != "one period"
    figure.add_trace(
        go.Scatter(
            x=shown.loc[changed, "first_gap_sd"],
            y=[height for height, known in zip(heights, changed, strict=True) if known],
            mode="markers",
            name="first period",
            marker={"size": 13, "symbol": "circle-open", "color": palette.quiet, "line": {"width": 2}},
            customdata=shown.loc[changed, ["label", "first_period"]],
            hovertemplate="%{customdata[0]}<br>%{customdata[1]}: <b>%{x:.2f}</b> standard deviations<extra></extra>",
        )
    )
    colours = [_colour(value, palette) for value in shown["gap_sd"]]
    figure.add_trace(
        go.Scatter(
            x=shown["gap_sd"],
            y=heights,
            mode="markers",
            name="latest period",
            marker={"size": 14, "color": colours, "symbol": [_symbol(value) for value in shown["gap_sd"]]},
            error_x=error_bars(
                shown["gap_sd"].tolist(),
                shown["gap_sd_lci_95"].tolist(),
                shown["gap_sd_uci_95"].tolist(),
                palette.quiet,
            ),
            customdata=shown[["label", "latest_period", "moved"]],
            hovertemplate=(
                "%{customdata[0]}<br>%{customdata[1]}: <b>%{x:.2f}</b> standard deviations"
                "<br>Since the first period: %{customdata[2]}<extra></extra>"
            ),
        )
    )
    reach = max(0.5, shown[["gap_sd", "first_gap_sd", "gap_sd_uci_95"]].max().max())
    lowest = min(-0.5, shown[["gap_sd", "first_gap_sd", "gap_sd_lci_95"]].min().min())
    in_rows(
        figure,
        [
            f"<b>{row['label']}</b> {said(row['most_deprived'], row['unit'])} v {said(row['least_deprived'], row['unit'])}"
            for row in shown.to_dict("records")
        ],
        x_range=(lowest - 0.25, reach + 0.25),
        x_title="Gap in standard deviations",
        directions=("better off", "worse off"),
        palette=palette,
    )
    worse = rows[rows["gap_sd"] > LEVEL_GAP]
    return Chart(
        id="lever-gaps",
        figure=figure,
        title=_title(rows, worse),
        subtitle="The most deprived fifth of authorities against (v) the least deprived, latest period. Circle: worse off; "
        "diamond: better off; square: level. Open: first period since 2011. Line: 95% interval, where published",
        settings=f"{chosen} {FIFTHS}",
        source=sources(rows, build=build),
        alt=_alt(rows, worse),
        table=_table(rows),
        caveats=_caveats(rows),
        file_stem=file_name("lever-gaps"),
    )


def _colour(value: float, palette: Palette) -> str:
    if abs(value) <= LEVEL_GAP:
        return palette.gap
    return palette.worse_off if value > 0 else palette.better_off


def _symbol(value: float) -> str:
    if abs(value) <= LEVEL_GAP:
        return "square"
    return "circle" if value > 0 else "diamond"


def _title(rows: pd.DataFrame, worse: pd.DataFrame) -> str:
    if worse.empty:
        return f"The most deprived fifth is worse off on none of {number_of(len(rows), 'building block')}"
    return (
        f"The most deprived fifth is worse off on {len(worse)} of {number_of(len(rows), 'building block')}, most of all on "
        f"{running(worse['label'].iloc[0])}"
    )


def _alt(rows: pd.DataFrame, worse: pd.DataFrame) -> str:
    widest = "; ".join(
        f"{row['label']} {said(row['most_deprived'], row['unit'])} against {said(row['least_deprived'], row['unit'])}, "
        f"{words.number(row['gap_sd'])} standard deviations, {row['latest_period']}"
        for row in worse.head(3).to_dict("records")
    )
    better = rows.loc[rows["gap_sd"] < -LEVEL_GAP, "label"].tolist()
    other = f" Better off on: {listed(better)}." if better else ""
    moved = rows["moved"].value_counts()
    return (
        f"Dot chart with a row for each of {number_of(len(rows), 'building block')}, most deprived fifth of authorities "
        f"against least deprived. Widest gaps: {widest or 'none'}.{other} Since its first period the most deprived fifth caught "
        f"up on {moved.get('caught up', 0)} and fell behind on {moved.get('fell behind', 0)}."
    )


def _table(rows: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "Building block": rows["label"],
            "Counts": rows["counts"],
            "Unit": rows["unit"],
            "Period": rows["latest_period"],
            "Most deprived fifth": rows["most_deprived"].round(2),
            "Least deprived fifth": rows["least_deprived"].round(2),
            "Gap (standard deviations)": rows["gap_sd"].round(2),
            "95% interval": [
                words.interval(row["gap_sd_lci_95"], row["gap_sd_uci_95"], 2) or "not published"
                for row in rows.to_dict("records")
            ],
            "First period": rows["first_period"],
            "Gap then": rows["first_gap_sd"].round(2),
            "Most deprived fifth since": rows["moved"],
            "Authorities with a figure, most and least deprived fifth": [
                f"{row['most_deprived_areas']} of 31, {row['least_deprived_areas']} of 30"
                for row in rows.to_dict("records")
            ],
        }
    )


def _caveats(rows: pd.DataFrame) -> tuple[str, ...]:
    caveats = [
        "A standard deviation is that of all authorities in the block's latest period: it puts blocks of different units on "
        "one scale. Gaps in own units stand in each row.",
        f"Gaps under {LEVEL_GAP:.1f} standard deviations count as none, and changes under that as little changed.",
        "Then and now are two single periods. The line of each block shows the years between.",
        "Intervals are drawn where publishers give them for every authority; figures without one are not exact either.",
    ]
    if rows["current_prices"].any():
        caveats.append("Money is re-priced: earlier gaps are raised by the growth of the average across authorities.")
    short = rows[(rows["most_deprived_areas"] < 31) | (rows["least_deprived_areas"] < 30)]
    if not short.empty:
        caveats.append(
            f"Some authorities have no figure for {listed([running(name) for name in short['label']])}; the table says how "
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
    ordered = series.sort_values("period_start")
    figure = go.Figure()
    for column, name, colour in (
        ("least_deprived", "Least deprived fifth", palette.better_off),
        ("most_deprived", "Most deprived fifth", palette.worse_off),
    ):
        add_line(
            figure,
            ordered["period_start"],
            ordered[column],
            name=name,
            colour=colour,
            markers=True,
            hover=ordered["period"],
        )
        figure.data[-1].hovertemplate = f"{name}<br>%{{customdata}}: <b>%{{y:,.2f}}</b> {lever['unit']}<extra></extra>"
    themed(figure, palette)
    ticks = sorted({ordered["period_start"].iloc[0], ordered["period_start"].iloc[-1]})
    labels = ordered.set_index("period_start")["period"]
    figure.update_xaxes(
        tickvals=ticks,
        ticktext=[labels[tick].replace(" to ", " to<br>") for tick in ticks],
        range=[ticks[0] - 1.2, ticks[-1] + 1.2],
    )
    figure.update_yaxes(title={"text": _axis(str(lever["unit"])), "font": {"size": 15}})
    unit = str(lever["unit"])
    now = f"{said_in_full(lever['most_deprived'], unit)} in the most deprived fifth, {said(lever['least_deprived'], unit)} in the least"
    return Chart(
        id="lever-over-time",
        figure=figure,
        title=f"{lever['label']}: {now}{_since(lever)}",
        subtitle=f"{lever['counts']} ({_axis(unit)}), {lever['first_period']} to {lever['latest_period']}. The axis does not start "
        "at zero",
        settings=f"{'High is good' if lever['polarity'] == 'high-is-good' else 'High is bad'}. {FIFTHS}",
        source=sources(lever.to_frame().T, build=build),
        alt=(
            f"Line chart of {running(str(lever['label']))}, {len(ordered)} periods from {lever['first_period']} to "
            f"{lever['latest_period']}. Most deprived fifth from {said(ordered['most_deprived'].iloc[0], unit)} to "
            f"{said(ordered['most_deprived'].iloc[-1], unit)}; least deprived from "
            f"{said(ordered['least_deprived'].iloc[0], unit)} to {said(ordered['least_deprived'].iloc[-1], unit)}."
        ),
        table=pd.DataFrame(
            {
                "Period": ordered["period"],
                f"Most deprived fifth ({_axis(unit)})": ordered["most_deprived"].round(2),
                f"Least deprived fifth ({_axis(unit)})": ordered["least_deprived"].round(2),
                "Gap (standard deviations)": ordered["gap_sd"].round(2),
                "95% interval": [
                    words.interval(row["gap_sd_lci_95"], row["gap_sd_uci_95"], 2) or "not published"
                    for row in ordered.to_dict("records")
                ],
                "Authorities with a figure": ordered["most_deprived_areas"] + ordered["least_deprived_areas"],
            }
        ).reset_index(drop=True),
        caveats=("Current prices, as published.",) if lever["current_prices"] else (),
        file_stem=file_name("lever-over-time", str(lever["indicator"])),
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
