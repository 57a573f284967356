"""Chart `shortfall-areas`: each area's share of the shortfall beside its share of the people."""

import pandas as pd

from charts.england.shortfall_line import SHORTFALL
from charts.gap.gap_chart import gap_chart
from charts.kit import words
from charts.kit.chart import Chart
from charts.kit.drawing import Drawing
from charts.kit.marks import FIRST_ON_TOP, OUTSIDE, axis, flat_bars
from charts.kit.palette import LIGHT, Palette
from charts.kit.table import figures
from charts.kit.theme import drawn
from pipeline.answers.gap.answer import Answer
from pipeline.answers.gap.shortfall import Shortfall

AT_MOST = 12
"""Bars that can be read on a slide; the table has all areas."""
LEVEL = {"region": "regions", "combined-authority": "combined authorities", "utla": "authorities"}


def shortfall_areas(
    answer: Answer, held: Shortfall, *, residents: int, release: str, build: str, palette: Palette = LIGHT
) -> Chart:
    """Bars of the shortfall in per cent by area, the largest first, each beside its share of residents.

    `held`: of one level; `residents`: of the sex in all authorities with HLE.
    """
    rows = held.areas.assign(
        share=100 * held.areas["shortfall_share"], people=100 * held.areas["population"] / residents
    )
    shown, first = rows.head(AT_MOST), rows.iloc[0]
    who, period, level = words.people(answer.sex), answer.latest["period"], LEVEL[str(first["area_type"])]
    some = f"the {len(shown)} largest of {len(rows)} {level}" if len(shown) < len(rows) else f"all {len(rows)} {level}"
    spoken = "; ".join(f"{row['area_name']} {words.number(row['share'])}" for row in shown.head(5).to_dict("records"))
    return gap_chart(
        answer,
        _drawing(shown, palette),
        id="shortfall-areas",
        finding=f"{words.place(first['area_name'])} holds {_percent(first['share'])} of the shortfall, with "
        f"{_percent(first['people'])} of the people",
        subtitle=f"Share of the shortfall and of residents, {who}, {period}, per cent; {some}",
        alt=(
            f"Bars of the share of the shortfall for {who}, {period}, {some}, the largest first, each beside a bar for its share of "
            f"residents. {spoken} per cent."
        ),
        table=figures(
            rows,
            {
                "Area": "area_name",
                "Share of the shortfall (%)": "share",
                "Share of residents (%)": "people",
                "Authorities": "authorities",
                "Below the floor": "authorities_below",
            },
        ),
        caveats=(
            f"{SHORTFALL} The floor is {words.years(held.floor_years)}.",
            *_outside(str(first["area_type"]), rows),
        ),
        build=build,
        release=release,
        by_rule=True,
        file=f"shortfall-{level.replace(' ', '-')}",
    )


def _outside(area_type: str, rows: pd.DataFrame) -> tuple[str, ...]:
    if area_type != "combined-authority":
        return ()
    rest = _percent(100 - rows["share"].sum())
    return (f"The other {rest} of the shortfall is in authorities that belong to no combined authority.",)


def _percent(share: float) -> str:
    return f"{words.number(share, 0)}%"


def _drawing(shown: pd.DataFrame, palette: Palette) -> Drawing:
    bars = flat_bars(
        shown["share"].round(2),
        shown["area_name"],
        hover="%{y}: <b>%{x:.1f}%</b> of the shortfall",
        name="Share of the shortfall",
        marker={"color": palette.worse_off},
        text=[f"<b>{words.number(share)}</b>" for share in shown["share"]],
        textfont={"size": 14, "color": palette.ink},
        constraintext="none",  # bars are thinner than their numbers
        **OUTSIDE,
    )
    people = flat_bars(
        shown["people"].round(2),
        shown["area_name"],
        hover="%{y}: <b>%{x:.1f}%</b> of residents",
        name="Share of residents",
        marker={"color": palette.no_figure, "pattern": {"shape": "/"}},
    )
    layout = {
        "barmode": "group",
        "bargap": 0.25,
        "xaxis": axis("Per cent", range=[0, 1.15 * float(shown[["share", "people"]].max().max())], showgrid=True),
        "yaxis": {**FIRST_ON_TOP, "categoryorder": "array", "categoryarray": shown["area_name"].tolist()},
    }
    return drawn([bars, people], palette, height=120 + 34 * len(shown), layout=layout)
