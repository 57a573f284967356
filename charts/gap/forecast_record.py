"""Chart `forecast-record`: how close each way to forecast came, and how often its intervals held the outcome."""

from collections.abc import Sequence

import pandas as pd

from charts.kit import words
from charts.kit.chart import Chart, file_name, source_line
from charts.kit.drawing import Drawing
from charts.kit.marks import FIRST_ON_TOP, Mark, axis, flat_bars, points
from charts.kit.palette import LIGHT, Palette
from charts.kit.table import figures, yes_or_no
from charts.kit.theme import drawn
from pipeline.measures.trend.candidates import CANDIDATES
from pipeline.measures.trend.default_forecast import RecordSummary

NAMES = {
    "two-sex": "Women and men together",
    "shrunken-drift": "Each sex alone",
    "no-drift": "No trend",
    "mean-of-three": "Last three stay",
    "last-value": "Last figure stays",
    "drift": "Trend goes on",
    "least-squares": "Straight line",
}
"""Way to forecast -> its name on an axis; what it assumes is in the table."""

_BARS_TO, _SHARES_FROM = 0.38, 0.48
"""Where the bars end and the shares begin, as parts of the width."""


def forecast_record(
    record: Sequence[RecordSummary],
    *,
    default: str,
    forecasts: int,
    release: str,
    build: str,
    palette: Palette = LIGHT,
) -> Chart:
    """Bars of the score (CRPS, years, lower is better), beside the share of outcomes in the 80% and 95% intervals.

    `record`: one for each way to forecast; `default`: id of the one that gives the verdicts; `forecasts`: how many each made.
    """
    ranked = sorted(record, key=lambda one: one.crps)
    chosen = next(one for one in ranked if one.candidate_id == default)
    return Chart(
        id="forecast-record",
        drawing=_drawing(ranked, default, palette),
        title=_finding(ranked, chosen),
        subtitle="Average error of forecasts made in the past (CRPS, years; lower is better), and % of outcomes in their "
        "80% and 95% intervals",
        settings=f"{forecasts:,} forecasts each: 36 pairs of regions, women and men, made with the figures up to 2015 to 2017 "
        "and up to each later period until 2019 to 2021, for periods three years ahead or more.",
        source=source_line(release=release, build=build),
        alt=_alt(ranked, chosen),
        table=_table(ranked, default),
        caveats=(
            f"Our forecast: {_label(chosen).lower()}. It has the best score among those whose 80% interval held 75% to 90% of "
            "outcomes, whose 95% interval held 90% or more, and that did no worse than the last figure for London and the "
            "North East.",
            "CRPS punishes a forecast that is off and an interval that is too wide or too narrow.",
            "For London and the North East every forecast did worse than for other pairs, and its intervals were too narrow.",
            "Pairs share regions and periods overlap, so differences of a hundredth are a tie.",
        ),
        file_stem=file_name("forecast-record", build),
    )


def _label(one: RecordSummary) -> str:
    return NAMES[one.candidate_id]


def _finding(ranked: Sequence[RecordSummary], chosen: RecordSummary) -> str:
    score = words.years(chosen.crps, 2)
    if ranked[0] is chosen:
        return f"Our forecast has the best record of {len(ranked)}: average error {score}"
    return f"Our forecast errs by {score} on average; lower ones lack honest intervals"


def _drawing(ranked: Sequence[RecordSummary], default: str, palette: Palette) -> Drawing:
    labels = [_label(one) for one in ranked]
    bars = flat_bars(
        [round(one.crps, 3) for one in ranked],
        labels,
        hover="%{y}<br>CRPS <b>%{x:.2f} years</b>",
        name="CRPS",
        showlegend=False,
        marker={"color": [palette.needed if one.candidate_id == default else palette.quiet for one in ranked]},
        text=[f"<b>{words.number(one.crps, 2)}</b>" for one in ranked],
        textfont={"size": 15, "color": palette.paper},
        textposition="inside",
        insidetextanchor="end",
    )
    shares = [
        _shares([getattr(one, f"coverage_{level}") for one in ranked], labels, level, symbol, palette)
        for level, symbol in ((80, "circle-open"), (95, "diamond"))
    ]
    layout = {
        "shapes": [_promised(level, palette) for level in (80, 95)],
        "xaxis": axis("CRPS, years", domain=[0, _BARS_TO], rangemode="tozero", showgrid=True, tickvals=[0, 0.4, 0.8]),
        "xaxis2": axis(
            "% in interval",
            domain=[_SHARES_FROM, 1],
            anchor="y",
            range=[35, 101],
            tickvals=[40, 80, 95],
            tickangle=0,
            showgrid=False,
        ),
        "yaxis": {
            **FIRST_ON_TOP,
            "tickvals": labels,
            "ticktext": [
                f"<b>{label.replace(' and ', ' and<br>')}</b>" if one.candidate_id == default else label
                for one, label in zip(ranked, labels, strict=True)
            ],
        },
    }
    return drawn([bars, *shares], palette, height=130 + 44 * len(ranked), layout=layout)


def _shares(shares: Sequence[float], labels: Sequence[str], level: int, symbol: str, palette: Palette) -> Mark:
    return points(
        [round(100 * share, 3) for share in shares],
        labels,
        hover=f"%{{y}}<br><b>%{{x:.0f}}%</b> of outcomes in the {level}% interval",
        name=f"In the {level}% interval",
        xaxis="x2",
        marker={"size": 12, "symbol": symbol, "color": palette.gap, "line": {"width": 2, "color": palette.gap}},
        cliponaxis=False,
    )


def _promised(level: int, palette: Palette) -> Mark:
    return {
        "type": "line",
        **{"x0": level, "x1": level, "xref": "x2", "y0": 0, "y1": 1, "yref": "y domain"},
        "line": {"color": palette.quiet, "width": 1, "dash": "dot"},
        "layer": "below",
    }


def _alt(ranked: Sequence[RecordSummary], chosen: RecordSummary) -> str:
    scores = "; ".join(
        f"{_label(one)} {words.number(one.crps, 2)}, {100 * one.coverage_80:.0f}% and {100 * one.coverage_95:.0f}%"
        for one in ranked
    )
    return (
        "Bars of the score of each way to forecast in years, lower is better, with the share of outcomes in its 80% and 95% "
        f"intervals, for forecasts made with the figures up to 2015 to 2017 and later. {scores}. Our forecast is: {_label(chosen).lower()}."
    )


def _table(ranked: Sequence[RecordSummary], default: str) -> pd.DataFrame:
    return figures(
        [],
        {
            "Forecast": [_label(one) for one in ranked],
            "What it assumes": [CANDIDATES[one.candidate_id].label for one in ranked],
            "Score (CRPS, years)": [one.crps for one in ranked],
            "% in the 80% interval": [100 * one.coverage_80 for one in ranked],
            "% in the 95% interval": [100 * one.coverage_95 for one in ranked],
            "Score, London and North East": [one.crps_default_pair for one in ranked],
            "Ours": yes_or_no(one.candidate_id == default for one in ranked),
        },
        decimals=3,
    )
