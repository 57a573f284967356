"""Chart `points-by-age`: how many more people in good health would close the gap, at each stage of life."""

import pandas as pd

from charts.gap.gap_chart import ends_earlier, gap_chart
from charts.kit import words
from charts.kit.chart import Chart
from charts.kit.drawing import Drawing
from charts.kit.marks import FIRST_ON_TOP, OUTSIDE, Mark, axis, flat_bars
from charts.kit.marks import points as marks
from charts.kit.palette import LIGHT, Palette
from charts.kit.table import figures
from charts.kit.theme import drawn
from pipeline.answers.gap.answer import Answer


def points_by_age(
    answer: Answer, points: pd.DataFrame, *, lost_until: str, life_table: str, build: str, palette: Palette = LIGHT
) -> Chart:
    """Bars: how many more people in every 100 would have to be in good health, at every age or at one stage of life.

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
        _drawing(points, f"Lost in England since {answer.baseline['period']}", palette),
        id="points-by-age",
        finding=f"a rise of {rise} takes {words.number(points['points'].iloc[0], 0)} more in every 100 in good health",
        subtitle=f"Rise in the share of {who} in {worse} in good health that would do it, at every age or at one stage of life alone",
        alt=(
            f"Bars for {who}: percentage points more in good health for a rise of {rise} by {answer.question.target_year}, if it "
            f"came from one stage of life. {stages}. Marks show how many in every 100 were lost in England since "
            f"{answer.baseline['period']}: {words.number(points['lost'].iloc[0], 0)} at every age."
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


def _drawing(points: pd.DataFrame, lost_name: str, palette: Palette) -> Drawing:
    looks = (
        (True, "Possible", {"color": palette.needed, "pattern": {"shape": ""}}),
        (False, "Not possible: more than 100 in 100", {"color": palette.no_figure, "pattern": {"shape": "/"}}),
    )
    traces = [
        _bars(points[points["possible"] == possible], name=name, marker=marker, ink=palette.ink)
        for possible, name, marker in looks
    ]
    traces.append(
        marks(
            points["lost"].round(1),
            points["ages"],
            hover="%{y}: <b>%{x:.1f} in 100</b> lost",
            name=lost_name,
            marker={
                "size": 14,
                "symbol": "diamond",
                "color": palette.ink,
                "line": {"width": 2, "color": palette.paper},
            },
        )
    )
    layout = {
        "xaxis": axis(
            "More people in good health, in every 100",
            range=[min(0, points["lost"].min() - 2), points["points"].max() * 1.18],
            showgrid=True,
        ),
        "yaxis": {**FIRST_ON_TOP, "categoryorder": "array", "categoryarray": points["ages"]},
    }
    return drawn(traces, palette, height=110 + 50 * len(points), layout=layout)


def _bars(rows: pd.DataFrame, *, name: str, marker: Mark, ink: str) -> Mark:
    return flat_bars(
        rows["points"].round(1),  # as in the table
        rows["ages"],
        hover="%{y}: <b>%{x:.0f} in 100 more</b><br>room for %{customdata:.0f}",
        name=name,
        marker=marker,
        text=[f"<b>{words.signed(value, 0)}</b>" for value in rows["points"]],
        textfont={"size": 17, "color": ink},
        customdata=rows["room"],
        **OUTSIDE,
    )
