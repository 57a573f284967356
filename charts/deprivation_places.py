"""Authorities against what their deprivation predicts: who does better or worse, and whether it lasted."""

import pandas as pd
import plotly.graph_objects as go

from charts import words
from charts.chart import Chart, source_line
from charts.marks import add_line, tinted
from charts.palette import LIGHT, Palette
from charts.settings import file_name
from charts.theme import themed

IMD = "Index of Multiple Deprivation 2025: Ministry of Housing, Communities and Local Government."
PREDICTED = "Predicted by a straight line through all authorities, weighted by how certain each figure is."
_WIDE_NAME = 16


def against_deprivation(
    rows: pd.DataFrame, scores: pd.DataFrame, *, selected: str, build: str, palette: Palette = LIGHT
) -> Chart:
    """Return every authority's HLE against its IMD score, with the line that deprivation predicts.

    Args:
        rows: rows of table `residuals` of one sex and period.
        scores: table `deprivation`.
        selected: code of a place to mark, or "".
        build: build id for the source line.
        palette: colours.
    """
    rows = rows.merge(scores[["area_code", "imd_score"]], on="area_code", validate="one_to_one").sort_values(
        "imd_score"
    )
    figure = go.Figure()
    ends = rows.iloc[[0, -1]]
    add_line(
        figure,
        ends["imd_score"],
        ends["expected_hle_years"],
        name="Predicted by deprivation",
        colour=palette.ink,
        dash="dash",
        hover=ends["area_name"],
    )
    better, worse = (rows["stands_out"] & (rows["residual_years"] * sign > 0) for sign in (1, -1))
    chosen = rows["area_code"] == selected
    for at, name, colour, symbol, size in (
        (~better & ~worse, "Within what noise explains", tinted(palette.quiet, 0.55), "circle", 9),
        (better, "Better than predicted", palette.better_off, "triangle-up", 18),
        (worse, "Worse than predicted", palette.worse_off, "triangle-down", 18),
        (chosen, "Chosen place", palette.needed, "circle-open", 20),
    ):
        points = rows[at]
        if points.empty:
            continue
        figure.add_trace(
            go.Scatter(
                x=points["imd_score"],
                y=points["hle_years"],
                mode="markers",
                name=name,
                marker={"size": size, "color": colour, "symbol": symbol, "line": {"width": 3 if at is chosen else 0}},
                customdata=list(
                    zip(points["area_name"], [words.signed(value) for value in points["residual_years"]], strict=True)
                ),
                hovertemplate="<b>%{customdata[0]}</b><br>%{y:.1f} years, %{customdata[1]} against predicted<br>"
                "IMD score %{x:.1f}<extra></extra>",
            )
        )
    named = rows[better | worse | chosen]
    middle = float(rows["imd_score"].min() + rows["imd_score"].max()) / 2
    for place in named.to_dict("records"):
        right = place["imd_score"] < middle
        colour = palette.better_off if place["residual_years"] > 0 else palette.worse_off
        figure.add_annotation(
            x=place["imd_score"],
            y=place["hle_years"],
            text=f"<b>{_short(place['area_name'])}</b> {words.signed(place['residual_years'])}",
            showarrow=False,
            xanchor="left" if right else "right",
            xshift=-6 if right else 26,
            yanchor="bottom" if place["residual_years"] > 0 else "top",
            yshift=12 if place["residual_years"] > 0 else -12,
            font={"size": 16, "color": colour if place["stands_out"] else palette.needed},
            bgcolor=tinted(palette.paper, 0.8),
        )
    themed(figure, palette, height=520)
    figure.update_xaxes(showgrid=True, title={"text": "Deprivation score (right: more deprived)", "font": {"size": 15}})
    figure.update_yaxes(
        range=[rows["hle_years"].min() - 2.5, rows["hle_years"].max() + 2.5],  # room for a name above or below a point
        title={"text": "Healthy life expectancy, years", "font": {"size": 15}},
    )
    who, period = words.people(str(rows["sex"].iloc[0])), str(rows["period"].iloc[0])
    return Chart(
        id="deprivation-places",
        figure=figure,
        title=f"{who.capitalize()}: {_finding(rows)}",
        subtitle=f"Healthy life expectancy at birth against deprivation, {len(rows)} authorities, {who}, {period}, years. The "
        "axis does not start at zero",
        settings=PREDICTED,
        source=source_line(release=str(rows["release"].iloc[0]), build=build, extra=IMD),
        alt=(
            f"Scatter of {len(rows)} authorities, {who}, {period}. Healthy life expectancy ranges from "
            f"{words.number(rows['hle_years'].min())} to {words.number(rows['hle_years'].max())} years and falls as deprivation "
            f"rises: the line predicts {words.number(ends['expected_hle_years'].iloc[0])} in {ends['area_name'].iloc[0]}, the "
            f"least deprived, and {words.number(ends['expected_hle_years'].iloc[-1])} in {ends['area_name'].iloc[-1]}, the most "
            f"deprived. Standing out: {_listed(rows[rows['stands_out']]) or 'none'}."
        ),
        table=_places_table(rows),
        caveats=(
            "An authority stands out only if its distance from the line is more than noise explains, allowing for the fact that "
            "151 are looked at (false discovery rate 5%).",
            "Single authorities are uncertain: the usual 95% interval is 7 to 8 years wide, so most distances from the line could "
            "be chance.",
            "Standing out is no proof of good or bad work: age, migration, and how people rate their health differ too.",
        ),
        file_stem=file_name("deprivation-places", who, period),
    )


def _short(name: str) -> str:
    """Return a long name on two lines."""
    if len(name) <= _WIDE_NAME:
        return name
    middle = min((i for i, letter in enumerate(name) if letter == " "), key=lambda i: abs(i - len(name) / 2))
    return f"{name[:middle]}<br>{name[middle + 1 :]}"


def _listed(rows: pd.DataFrame) -> str:
    return ", ".join(
        f"{name} {words.years(abs(value))} {'above' if value > 0 else 'below'} the line"
        for name, value in zip(rows["area_name"], rows["residual_years"], strict=True)
    )


def _finding(rows: pd.DataFrame) -> str:
    out = rows[rows["stands_out"]].sort_values("residual_z", ascending=False)
    if out.empty:
        return f"none of {len(rows)} authorities does clearly better or worse than its deprivation predicts"
    if len(out) == 1:
        only = out.iloc[0]
        side = "better" if only["residual_years"] > 0 else "worse"
        return (
            f"of {len(rows)} authorities only {only['area_name']} does clearly {side} than its deprivation predicts, by "
            f"{words.years(abs(only['residual_years']))}"
        )
    sides = (("better", out[out["residual_years"] > 0]), ("worse", out[out["residual_years"] < 0]))
    counted = " and ".join(
        f"{len(chosen)} clearly {side} ({', '.join(chosen['area_name'].head(3))}{', ...' if len(chosen) > 3 else ''})"
        for side, chosen in sides
        if not chosen.empty
    )
    return f"of {len(rows)} authorities, {counted} than deprivation predicts"


def _places_table(rows: pd.DataFrame) -> pd.DataFrame:
    ordered = rows.sort_values("residual_z", ascending=False)
    return pd.DataFrame(
        {
            "Authority": ordered["area_name"],
            "Deprivation score": ordered["imd_score"].round(2),
            "HLE (years)": ordered["hle_years"].round(2),
            "Predicted (years)": ordered["expected_hle_years"].round(2),
            "Against predicted (years)": ordered["residual_years"].round(2),
            "95% interval": [
                words.interval(lower, upper)
                for lower, upper in zip(ordered["residual_lci_95"], ordered["residual_uci_95"], strict=True)
            ],
            "Stands out": ordered["stands_out"].map({True: "yes", False: "no"}),
        }
    ).reset_index(drop=True)


def lasting(rows: pd.DataFrame, held: pd.Series, *, build: str, palette: Palette = LIGHT) -> Chart:
    """Return the authorities furthest from what deprivation predicts, in every period without a common year.

    Args:
        rows: rows of table `residuals` of one sex for some authorities, all periods, authorities in the order in which
            they stand.
        held: area_code -> whether the residual had one sign in all periods.
        build: build id for the source line.
        palette: colours.
    """
    latest = rows[rows["period_end"] == rows["period_end"].max()].reset_index(drop=True)
    earlier = rows[rows["period_end"] < rows["period_end"].max()]
    figure = go.Figure()
    figure.add_trace(
        go.Scatter(
            x=earlier["residual_years"],
            y=[_short(name) for name in earlier["area_name"]],
            mode="markers",
            name="Earlier periods",
            marker={"size": 10, "symbol": "circle-open", "color": palette.quiet, "line": {"width": 2}},
            customdata=earlier["period"],
            hovertemplate="%{y}<br>%{customdata}: <b>%{x:+.1f} years</b><extra></extra>",
        )
    )
    kept = latest["area_code"].map(held).astype(bool)
    for at, name, symbol in ((kept, "Latest, same side every time", "circle"), (~kept, "Latest, not every time", "x")):
        points = latest[at]
        if points.empty:
            continue
        figure.add_trace(
            go.Scatter(
                x=points["residual_years"],
                y=[_short(name) for name in points["area_name"]],
                mode="markers",
                name=name,
                marker={
                    "size": 14,
                    "symbol": symbol,
                    "color": [
                        palette.better_off if value > 0 else palette.worse_off for value in points["residual_years"]
                    ],
                },
                error_x={
                    "type": "data",
                    "symmetric": False,
                    "array": points["residual_uci_95"] - points["residual_years"],
                    "arrayminus": points["residual_years"] - points["residual_lci_95"],
                    "thickness": 2,
                    "width": 0,
                    "color": palette.quiet,
                },
                customdata=points["period"],
                hovertemplate="%{y}<br>%{customdata}: <b>%{x:+.1f} years</b><extra></extra>",
            )
        )
    themed(figure, palette, height=110 + 42 * len(latest))
    figure.update_yaxes(
        categoryorder="array",
        categoryarray=[_short(name) for name in latest["area_name"]][::-1],
        showgrid=True,
    )
    figure.update_xaxes(
        zeroline=True,
        zerolinewidth=2,
        showgrid=True,
        title={"text": "Years above or below predicted", "font": {"size": 15}},
    )
    who, period, periods = (
        words.people(str(latest["sex"].iloc[0])),
        str(latest["period"].iloc[0]),
        rows["period"].nunique(),
    )
    return Chart(
        id="deprivation-lasting",
        figure=figure,
        title=(
            f"{who.capitalize()}: of the {len(latest)} authorities furthest from what deprivation predicts, {int(kept.sum())} "
            f"were on the same side in all {periods} periods"
        ),
        subtitle=f"Healthy life expectancy at birth minus what deprivation predicts, {who}, years, {period} with 95% interval and "
        f"{periods - 1} earlier periods",
        settings="Periods without a common year. Deprivation is that of 2025 in every period.",
        source=source_line(release=str(latest["release"].iloc[0]), build=build, extra=IMD),
        alt=(
            f"Dot chart for {who}: {len(latest)} authorities by their distance from what deprivation predicts in {period}, from "
            f"{words.signed(latest['residual_years'].max())} years in {latest['area_name'].iloc[0]} to "
            f"{words.signed(latest['residual_years'].min())} in "
            f"{latest.loc[latest['residual_years'].idxmin(), 'area_name']}, each with its earlier periods. On the same side every "
            f"time: {', '.join(latest.loc[kept, 'area_name']) or 'none'}."
        ),
        table=_lasting_table(rows, latest, kept),
        caveats=(
            "By chance alone one authority in eight would be on the same side in all four periods.",
            "Those furthest away in the latest period are partly there by luck, so their distance tends to shrink later.",
        ),
        file_stem=file_name("deprivation-lasting", who, period),
    )


def _lasting_table(rows: pd.DataFrame, latest: pd.DataFrame, kept: pd.Series) -> pd.DataFrame:
    wide = rows.pivot_table(index="area_code", columns="period", values="residual_years").reindex(latest["area_code"])
    table = pd.DataFrame({"Authority": latest["area_name"]})
    for period in wide.columns:
        table[f"{period} (years)"] = wide[period].round(2).to_numpy()
    table["95% interval, latest"] = [
        words.interval(lower, upper)
        for lower, upper in zip(latest["residual_lci_95"], latest["residual_uci_95"], strict=True)
    ]
    table["Same side every time"] = kept.map({True: "yes", False: "no"})
    return table
