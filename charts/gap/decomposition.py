"""Chart `decomposition`: how much of the gap is shorter lives, and how much poorer health."""

import pandas as pd

from charts.gap.gap_chart import awaited, ends_earlier, gap_chart
from charts.kit import words
from charts.kit.chart import Chart
from charts.kit.drawing import Drawing
from charts.kit.marks import Mark, axis, period_axis
from charts.kit.palette import LIGHT, Palette
from charts.kit.table import figures
from charts.kit.theme import drawn
from pipeline.answers.gap.answer import Answer

PARTS = {"health": "Poorer health", "mortality": "Shorter lives"}


def decomposition(answer: Answer, parts: pd.DataFrame, *, build: str, palette: Palette = LIGHT) -> Chart:
    """The gap of each period in years as two stacked parts; `parts`: rows of table `decomposition` for the answer."""
    health, mortality = (parts[parts["part"] == part].sort_values("period_start") for part in PARTS)
    wide = health.assign(health=health["years"], mortality=mortality["years"].array)
    first, latest = wide.iloc[0], wide.iloc[-1]
    who, total = words.people(answer.sex), words.years(latest["health"] + latest["mortality"])
    return gap_chart(
        answer,
        _drawing(wide, palette),
        id="decomposition",
        finding=f"of {total}, {words.number(latest['health'])} come from poorer health, "
        f"{words.number(latest['mortality'])} from shorter lives",
        subtitle=f"Gap in healthy life expectancy at birth by what it is made of, {who}, years"
        f"{awaited(answer, str(latest['period']), what='life expectancy')}",
        alt=(
            f"Stacked bars of the gap for {who}, {first['period']} to {latest['period']}. The part from poorer health "
            f"went from {words.number(first['health'])} to {words.number(latest['health'])} years, the part from "
            f"shorter lives from {words.number(first['mortality'])} to {words.number(latest['mortality'])}."
        ),
        table=figures(wide, {"Period": "period", **{f"{said} (years)": part for part, said in PARTS.items()}}),
        caveats=(
            "Healthy life expectancy is life expectancy times the share of life in good health; the difference is split at "
            "the mid-point of the two ends. It says what the gap is made of, not what caused it.",
        ),
        build=build,
        ends=ends_earlier(answer, str(latest["period"]), what="Life expectancy"),
    )


def _drawing(wide: pd.DataFrame, palette: Palette) -> Drawing:
    years = wide["period_start"] + 1
    looks = {"health": (palette.worse_off, ""), "mortality": (palette.better_off, "/")}
    traces: list[Mark] = [
        {
            "type": "bar",
            "x": years,
            "y": wide[part],
            "name": PARTS[part],
            "marker": {"color": colour, "pattern": {"shape": shape}},
            "customdata": wide["period"],
            "hovertemplate": f"%{{customdata}}<br>{PARTS[part]}: <b>%{{y:.1f}} years</b><extra></extra>",
        }
        for part, (colour, shape) in looks.items()
    ]
    ends = period_axis([(years.iloc[at], wide["period"].iloc[at]) for at in (0, -1)])
    layout = {
        "barmode": "relative",
        "bargap": 0.25,
        "xaxis": {name: ends[name] for name in ("tickvals", "ticktext")},  # plotly makes room for whole bars
        "yaxis": axis("Years", zeroline=True),
    }
    return drawn(traces, palette, layout=layout)
