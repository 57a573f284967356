"""Chart `lives`: the gap in life expectancy beside the gap in healthy life expectancy."""

import pandas as pd

from charts.gap.gap_chart import awaited, ends_earlier, gap_chart
from charts.kit import words
from charts.kit.chart import PERIODS_OVERLAP, Chart
from charts.kit.drawing import Drawing
from charts.kit.marks import Mark, axis, band, line, note, period_axis
from charts.kit.palette import LIGHT, Palette
from charts.kit.table import figures
from charts.kit.theme import drawn
from pipeline.answers.gap.answer import Answer

SEXES_APART = (
    "Women and men are shown apart: ONS publishes no figure for both together, and an average of the two would hide that "
    "their gaps have moved differently."
)


def lives(answer: Answer, rows: pd.DataFrame, *, build: str, palette: Palette = LIGHT) -> Chart:
    """Both gaps in years with their 95% intervals; `rows`: as `pipeline.answers.gap.lives.gap_in_lives` gives them."""
    who, first, latest = words.people(answer.sex), rows.iloc[0], rows.iloc[-1]
    return gap_chart(
        answer,
        _drawing(rows, palette),
        id="lives",
        finding=f"the gap in length of life went from {words.number(first['le_gap_years'])} to "
        f"{words.years(latest['le_gap_years'])}",
        subtitle=f"Gap in life expectancy and in healthy life expectancy at birth, {who}, years, with 95% intervals"
        f"{awaited(answer, str(latest['period']), what='life expectancy')}",
        alt=_alt(answer, first, latest),
        table=_table(answer, rows),
        caveats=(
            _shares(answer, latest),
            "Life expectancy rests on all deaths, healthy life expectancy also on a survey: its interval is far wider.",
            "The two come from different releases, and this chart draws no verdict from the gap in length of life.",
            SEXES_APART,
            PERIODS_OVERLAP,
        ),
        build=build,
        ends=ends_earlier(answer, str(latest["period"]), what="Life expectancy"),
    )


def _drawing(rows: pd.DataFrame, palette: Palette) -> Drawing:
    looks: list[tuple[str, str, str, str]] = [
        ("gap", "Healthy life", palette.gap, "solid"),
        ("le_gap", "Length of life", palette.target, "dash"),
    ]
    traces: list[Mark] = []
    for column, name, colour, dash in looks:
        years, lower, upper = (rows[f"{column}_{part}"] for part in ("years", "lci_95", "uci_95"))
        traces += band(rows["mid_point"], lower, upper, colour=colour, name=f"{name}, 95% interval", showlegend=False)
        traces.append(
            line(rows["mid_point"], years, name=name, colour=colour, dash=dash, markers=True, hover=rows["period"])
        )
    named = rows.iloc[[0, len(rows) // 2, -1]]
    layout = {
        "annotations": [
            note(
                row["mid_point"],
                row[f"{column}_{limit}"],
                f"<b>{words.number(row[f'{column}_years'])}</b>",
                yshift=shift,
                size=16,
                colour=colour,
            )
            for row in (rows.iloc[0], rows.iloc[-1])
            for (column, _, colour, _), (limit, shift) in zip(looks, (("uci_95", 12), ("lci_95", -12)), strict=True)
        ],
        "xaxis": period_axis(list(zip(named["mid_point"], named["period"], strict=True))),
        "yaxis": axis("Gap, years", rangemode="tozero"),
    }
    return drawn(traces, palette, layout=layout)


def _alt(answer: Answer, first: pd.Series, latest: pd.Series) -> str:
    return (
        f"Two lines for {words.people(answer.sex)}, {first['period']} to {latest['period']}. The gap in healthy life "
        f"expectancy went from {words.number(first['gap_years'])} to "
        f"{words.with_interval(latest['gap_years'], latest['gap_lci_95'], latest['gap_uci_95'])} years, the gap in life "
        f"expectancy from {words.number(first['le_gap_years'])} to "
        f"{words.with_interval(latest['le_gap_years'], latest['le_gap_lci_95'], latest['le_gap_uci_95'])}."
    )


def _shares(answer: Answer, latest: pd.Series) -> str:
    ends = [
        f"{100 * latest[f'{end}_share']:.0f}% in {words.place(str(answer.latest[end]))}"
        for end in ("better_off", "worse_off")
    ]
    return f"Share of life in good health, {latest['period']}: {words.listed(ends)}."


def _table(answer: Answer, rows: pd.DataFrame) -> pd.DataFrame:
    limits = {"lower 95% limit": "lci_95", "upper 95% limit": "uci_95"}
    gaps = {"healthy life expectancy": "gap", "life expectancy": "le_gap"}
    columns = {
        heading: column
        for what, name in gaps.items()
        for heading, column in (
            (f"Gap in {what} (years)", f"{name}_years"),
            *((f"Gap in {what}, {said}", f"{name}_{part}") for said, part in limits.items()),
        )
    }
    shares = {
        f"{answer.latest[end]}: % of life in good health": 100 * rows[f"{end}_share"]
        for end in ("better_off", "worse_off")
    }
    return figures(rows, {"Period": "period", **columns, **shares})
