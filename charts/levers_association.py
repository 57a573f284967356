"""How each building block goes with healthy life expectancy across authorities, before and after allowing for deprivation."""

import pandas as pd
import plotly.graph_objects as go

from charts import words
from charts.chart import Chart
from charts.levers_rows import in_rows, joined, mark_heights
from charts.levers_words import listed, number_of, running, sources
from charts.marks import error_bars
from charts.palette import LIGHT, Palette
from charts.settings import file_name

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
    rows = _wide(associations[associations["sex"] == sex], levers)
    shown = rows if at_most is None else rows.loc[rows["correlation"].abs().nlargest(at_most).index].sort_index()
    heights = mark_heights(len(shown))
    figure = go.Figure()
    x, y = joined(shown["correlation"].tolist(), shown["correlation_after"].tolist(), heights)
    figure.add_trace(
        go.Scatter(
            x=x, y=y, mode="lines", line={"color": palette.grid, "width": 2}, hoverinfo="skip", name="before to after"
        )
    )
    figure.add_trace(
        go.Scatter(
            x=shown["correlation"],
            y=heights,
            mode="markers",
            name="before",
            marker={"size": 13, "symbol": "circle-open", "color": palette.quiet, "line": {"width": 2}},
            customdata=shown["label"],
            hovertemplate="%{customdata}<br>Before: <b>%{x:.2f}</b><extra></extra>",
        )
    )
    stands_out = shown["stands_out_after"].tolist()
    figure.add_trace(
        go.Scatter(
            x=shown["correlation_after"],
            y=heights,
            mode="markers",
            name="after",
            marker={
                "size": 14,
                "color": [palette.gap if yes else palette.quiet for yes in stands_out],
                "symbol": ["circle" if yes else "x" for yes in stands_out],
            },
            error_x=error_bars(
                shown["correlation_after"].tolist(),
                shown["correlation_lci_95_after"].tolist(),
                shown["correlation_uci_95_after"].tolist(),
                palette.gap,
            ),
            customdata=shown["label"],
            hovertemplate="%{customdata}<br>After allowing for deprivation: <b>%{x:.2f}</b><extra></extra>",
        )
    )
    lowest = min(-0.5, shown[["correlation", "correlation_lci_95_after"]].min().min())
    highest = max(0.5, shown[["correlation", "correlation_uci_95_after"]].max().max())
    in_rows(
        figure,
        [
            f"<b>{row['label']}</b> {words.number(row['correlation'], 2)}, after {words.number(row['correlation_after'], 2)}"
            for row in shown.to_dict("records")
        ],
        x_range=(lowest - 0.1, highest + 0.1),
        x_title="Rank correlation",
        directions=("shorter", "longer"),
        palette=palette,
    )
    who = words.people(sex)
    longer = (rows["correlation"] > 0) & rows["stands_out"]
    still = longer & (rows["correlation_after"] > 0) & rows["stands_out_after"]
    return Chart(
        id="lever-associations",
        figure=figure,
        title=(
            f"{who.capitalize()}: {longer.sum()} of {number_of(len(rows), 'building block')} go with longer healthy lives; "
            f"allowing for deprivation, {still.sum()} of these still do"
        ),
        subtitle=f"Healthy life, {who}, {rows['hle_period'].iloc[0]}, where each block is better: rank correlation across "
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


def _wide(associations: pd.DataFrame, levers: pd.DataFrame) -> pd.DataFrame:
    before, after = (associations[associations["allowing_for"] == given] for given in ("nothing", "deprivation"))
    keep = ["indicator", "correlation", "correlation_lci_95", "correlation_uci_95", "stands_out"]
    rows = before.merge(after[keep], on="indicator", suffixes=("", "_after"), validate="one_to_one")
    rows = rows.merge(levers[["indicator", "label"]], on="indicator", validate="one_to_one")
    return rows.sort_values("correlation", ascending=False).reset_index(drop=True)


def _alt(rows: pd.DataFrame, who: str) -> str:
    strongest = listed(
        [f"{running(row['label'])} {words.number(row['correlation'], 2)}" for row in rows.head(3).to_dict("records")]
    )
    left = rows[rows["stands_out_after"] & (rows["correlation_after"] > 0)]
    names = listed([running(name) for name in left["label"]]) if len(left) else "none"
    return (
        f"Dot chart of rank correlations between {number_of(len(rows), 'building block')} and healthy life expectancy of {who}, "
        f"{rows['hle_period'].iloc[0]}, across authorities. Strongest before: {strongest}. Still going with longer healthy lives after allowing for "
        f"deprivation: {names}."
    )


def _table(rows: pd.DataFrame) -> pd.DataFrame:
    found = rows.to_dict("records")
    return pd.DataFrame(
        {
            "Building block": rows["label"],
            "Period": rows["period"],
            "Authorities": rows["areas"],
            "Before": rows["correlation"].round(2),
            "95% interval before": [
                words.interval(row["correlation_lci_95"], row["correlation_uci_95"], 2) for row in found
            ],
            "Stands out before": ["yes" if yes else "no" for yes in rows["stands_out"]],
            "After": rows["correlation_after"].round(2),
            "95% interval after": [
                words.interval(row["correlation_lci_95_after"], row["correlation_uci_95_after"], 2) for row in found
            ],
            "Stands out after": ["yes" if yes else "no" for yes in rows["stands_out_after"]],
        }
    )
