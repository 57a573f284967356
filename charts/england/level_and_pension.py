"""Chart `england-level`: England's healthy life expectancy, women and men, below the State Pension age."""

from collections.abc import Sequence

import pandas as pd

from charts.kit import words
from charts.kit.chart import Chart, file_name, source_line
from charts.kit.drawing import Drawing
from charts.kit.marks import axis, band, line, note, period_axis
from charts.kit.palette import LIGHT, Palette
from charts.kit.table import figures
from charts.kit.theme import drawn
from pipeline.sources.promises import PensionAge


def level_and_pension(
    england: pd.DataFrame, ages: Sequence[PensionAge], *, build: str, palette: Palette = LIGHT
) -> Chart:
    """Lines of England's HLE in years with 95% intervals, and the State Pension age now and next.

    `england`: England's rows of table `hle`, one release; `ages`: the lowest first.
    """
    series = {sex: england[england["sex"] == sex].sort_values("period_start") for sex in words.PEOPLE}
    now, then = ages[0], ages[1]
    short = {sex: now.age - float(rows["hle_years"].iloc[-1]) for sex, rows in series.items()}
    first, latest = (str(series["female"]["period"].iloc[at]) for at in (0, -1))
    said = " and ".join(f"{words.number(years)} ({words.people(sex)})" for sex, years in short.items())
    levels = "; ".join(
        f"{words.people(sex)} {words.number(rows['hle_years'].iloc[0])} in {first}, {words.number(rows['hle_years'].iloc[-1])} in "
        f"{latest}"
        for sex, rows in series.items()
    )
    release = str(england["release"].iloc[0])
    return Chart(
        id="england-level",
        drawing=_drawing(series, ages, palette),
        title=f"Healthy life is {said} years short of State Pension age",
        subtitle="Healthy life expectancy at birth, England, women and men, years, with 95% intervals. The axis does not start at zero",
        settings=f"State Pension age: {now.age}; {then.age} from {words.day(then.reached_by)}.",
        source=source_line(release=release, build=build),
        alt=f"Two lines for England: {levels}. Lines at {now.age} and {then.age} years mark the State Pension age.",
        table=figures(
            [],
            {
                "Period": series["female"]["period"].tolist(),
                **{
                    f"{words.people(sex).capitalize()} (years)": rows["hle_years"].tolist()
                    for sex, rows in series.items()
                },
            },
        ),
        caveats=(
            *(f"State Pension age {one.age} by {words.day(one.reached_by)}: {one.law}." for one in ages),
            "Healthy life expectancy at birth is an average over a whole life at today's rates: it is no age at which health ends.",
        ),
        file_stem=file_name("england-level", first, latest),
    )


def _drawing(series: dict[str, pd.DataFrame], ages: Sequence[PensionAge], palette: Palette) -> Drawing:
    looks = {"female": (palette.worse_off, "solid"), "male": (palette.better_off, "dash")}
    traces = []
    for sex, rows in series.items():
        colour, dash = looks[sex]
        years = rows["period_start"] + 1
        traces += band(years, rows["hle_lci_95"], rows["hle_uci_95"], colour=colour, showlegend=False)
        traces.append(
            line(
                years,
                rows["hle_years"],
                name=words.people(sex).capitalize(),
                colour=colour,
                dash=dash,
                markers=True,
                hover=rows["period"],
            )
        )
    shown = ages[:2]
    years = series["female"]["period_start"] + 1
    ends = [(int(years.iloc[at]), str(series["female"]["period"].iloc[at])) for at in (0, -1)]
    layout = {
        "shapes": [
            {
                "type": "line",
                **{"xref": "x domain", "x0": 0, "x1": 1, "y0": one.age, "y1": one.age},
                "line": {"color": palette.target, "width": 3, "dash": "solid" if one is shown[0] else "dot"},
            }
            for one in shown
        ],
        "annotations": [
            note(
                0,
                one.age,
                f"State Pension age {one.age}" + ("" if one is shown[0] else f" from {words.day(one.reached_by)}"),
                xref="x domain",
                xanchor="left",
                yanchor="bottom",
                size=16,
                colour=palette.target,
            )
            for one in shown
        ],
        "xaxis": period_axis(ends),
        "yaxis": axis("Years", range=[59, shown[-1].age + 1]),
    }
    return drawn(traces, palette, layout=layout)
