"""Chart `points-by-age`: how many more people in good health would close the gap, beside how many were lost."""

import pandas as pd

from charts.gap.gap_chart import ends_earlier, gap_chart
from charts.kit import words
from charts.kit.chart import Chart
from charts.kit.drawing import Drawing
from charts.kit.marks import FIRST_ON_TOP, OUTSIDE, axis, flat_bars
from charts.kit.palette import LIGHT, Palette
from charts.kit.table import figures
from charts.kit.theme import drawn
from pipeline.answers.gap.answer import Answer


def points_by_age(
    answer: Answer, points: pd.DataFrame, *, lost_until: str, life_table: str, build: str, palette: Palette = LIGHT
) -> Chart:
    """Two bars: how many more people in every 100 would have to be in good health at every age, and how many were lost.

    What it would take at one stage of life alone is said, and is in the table.

    `points`: ages, points, room and possible, as `pipeline.answers.gap.what_it_takes.points_needed` gives, and lost: points
    lost in England since the baseline. `lost_until`: period to which they were; `life_table`: that of the life table.
    """
    who, rise = words.people(answer.sex), words.years(float(answer.poor_end.rise_years))
    worse = words.place(str(answer.latest["worse_off"]))
    stages = "; ".join(
        f"{row['ages']}: {words.number(row['points'], 0)}{'' if row['possible'] else ', more than there is room for'}"
        for row in points.to_dict("records")
    )
    return gap_chart(
        answer,
        _drawing(points.iloc[0], worse, str(answer.baseline["period"]), palette),
        id="points-by-age",
        finding=f"a rise of {rise} takes {words.number(points['points'].iloc[0], 0)} more in every 100 in good health",
        subtitle=f"Change in the number of {who} in good health in every 100, at every age. {_alone(points.iloc[1:])}",
        alt=(
            f"Two bars for {who}: more in every 100 in good health in {worse} for a rise of {rise} by "
            f"{answer.question.target_year}, and how many in every 100 England lost since {answer.baseline['period']}: "
            f"{words.number(points['lost'].iloc[0], 0)} at every age. Needed: {stages}."
        ),
        table=figures(
            points,
            {
                "Ages": "ages",
                "More in every 100": "points",
                "Room left today, England": "room",
                f"Lost since {answer.baseline['period']}, England": "lost",
            },
            decimals=1,
        ),
        caveats=(
            f"Arithmetic on England's life table for {life_table}, with rates of death as they are: it says how large the change "
            "would be, not how to bring it about.",
            "Points lost are England's; points needed are the poorer end's. Shares under 15 rest on a census proxy.",
        ),
        build=build,
        by_rule=True,
        ends=ends_earlier(answer, lost_until, what="Good health by age", where="the points lost end"),
    )


def _alone(stages: pd.DataFrame) -> str:
    """Which stages of life could do it alone: "At one stage of life alone, possible only at 65 to 79 (40 more)."."""
    possible = stages[stages["possible"]]
    if possible.empty:
        return "Not possible at one stage of life alone."
    counted = [f"{row['ages']} ({words.number(row['points'], 0)} more)" for row in possible.to_dict("records")]
    return f"At one stage of life alone, possible {'only ' * (len(possible) < len(stages))}at {words.listed(counted)}."


def _drawing(every_age: pd.Series, worse: str, since: str, palette: Palette) -> Drawing:
    values = every_age[["points", "lost"]].astype(float)
    bars = flat_bars(
        values.round(1),  # as in the table
        [f"Needed in<br>{worse}", f"Lost in England<br>since {since}"],
        hover="%{y}: <b>%{x:.1f} in every 100</b>",
        marker={"color": [palette.needed, palette.quiet]},
        text=[f"<b>{words.number(value, 0)}</b>" for value in values],
        textfont={"size": 18, "color": palette.ink},
        showlegend=False,
        **OUTSIDE,
    )
    reach = [1.18 * min(0.0, float(values.min())), 1.18 * float(values.max())]
    layout = {
        "bargap": 0.4,
        "xaxis": axis("People in every 100", range=reach, showgrid=True),
        "yaxis": {**FIRST_ON_TOP},
    }
    return drawn([bars], palette, height=280, layout=layout)
