"""Chart `scenarios`: two settings beside each other, with a better and a worse case from what regions have done before."""

from collections.abc import Sequence

import pandas as pd

from charts.gap.gap_chart import gap_chart
from charts.gap.periods_named import periods_named
from charts.kit import words
from charts.kit.chart import Chart
from charts.kit.drawing import Drawing
from charts.kit.marks import Mark, line, period_axis
from charts.kit.palette import LIGHT, Palette
from charts.kit.settings_line import settings_line
from charts.kit.table import by_period, figures
from charts.kit.theme import drawn
from pipeline.answers.gap.answer import Answer
from pipeline.answers.gap.cases import Case


def scenarios_chart(
    yours: Answer, beside: Answer | None, both_cases: tuple[Case, Case], *, build: str, palette: Palette = LIGHT
) -> Chart:
    """The gap so far and what the target needs, for the reader's settings and for others; years, high is wide.

    `beside`: the same question with other settings; None where they are the same. `both_cases`: the better and the worse.
    """
    ways = _ways(yours, beside, both_cases, palette)
    return gap_chart(
        yours,
        _drawing(yours, beside, ways, palette),
        id="scenarios",
        finding=_finding(yours, both_cases[0]),
        subtitle=f"Gap in healthy life expectancy at birth, {words.people(yours.sex)}, years: needed from here, and cases seen before, in "
        "which the better-off end stays where it is",
        alt=_alt(yours, ways),
        table=_table(yours, beside, ways),
        caveats=(
            *((f"Beside it: {settings_line(beside)}",) if beside else ()),
            *(case_words(yours, case) for case in both_cases),
            "The cases are no forecast: they carry on for years what one region did for six, with the better-off end where it is.",
            "The fastest of many noisy series is partly luck.",
        ),
        build=build,
    )


def _ways(
    yours: Answer, beside: Answer | None, both_cases: tuple[Case, Case], palette: Palette
) -> list[tuple[str, Answer, float, str, str]]:
    """Name, the answer that it starts from, gap in its target period (years), colour and dash of each line ahead."""
    better, worse = both_cases
    other = [("Needed beside it", beside, beside.target_gap_years, palette.needed, "dash")] if beside else []
    return [
        ("Needed, yours", yours, yours.target_gap_years, palette.target, "solid"),
        *other,
        ("Fastest rise seen", yours, better.gap_years, palette.better_off, "dot"),
        ("Fastest fall seen", yours, worse.gap_years, palette.worse_off, "dot"),
    ]


def _drawing(
    yours: Answer, beside: Answer | None, ways: Sequence[tuple[str, Answer, float, str, str]], palette: Palette
) -> Drawing:
    past = [_past(yours, "Gap so far" if beside is None else "Gap, yours", palette.gap)]
    if beside is not None and beside.question.definition_id != yours.question.definition_id:
        past.append(_past(beside, "Gap beside it", palette.needed))
    ahead = [
        line(
            [one.latest["mid_point"], one.question.target_period.midpoint_year],
            [one.latest["gap_years"], end],
            name=f"{name}: {words.number(end)}",
            colour=colour,
            dash=dash,
            hover=[one.latest["period"], one.question.target_period.label],
        )
        for name, one, end, colour, dash in ways
    ]
    longest = max((one.history for one in (yours, beside) if one is not None), key=len)
    last = max((one.question.target_period for _, one, _, _, _ in ways), key=lambda period: period.end)
    layout = {
        "xaxis": period_axis(periods_named(longest, last)) | {"tickangle": 0, "tickfont": {"size": 12}},
        "yaxis": {"rangemode": "tozero"},
    }
    return drawn([*past, *ahead], palette, layout=layout)


def _past(one: Answer, name: str, colour: str) -> Mark:
    rows = one.history
    return line(rows["mid_point"], rows["gap_years"], name=name, colour=colour, markers=True, hover=rows["period"])


def _finding(yours: Answer, better: Case) -> str:
    year = yours.question.target_year
    if better.gap_years <= yours.target_gap_years:
        return f"the fastest rise seen would reach the target by {year}"
    return f"at the fastest rise seen, the gap would be {words.years(better.gap_years)} by {year}"


def case_words(yours: Answer, case: Case) -> str:
    """What was seen where and when, and the gap that the same pace would lead to."""
    pace = case.seen.pace_years_per_year
    return (
        f"{case.seen.label}: {case.seen.note}, {words.signed(pace, 2)} years a year. At that pace of the worse-off end the gap "
        f"would be {words.years(case.gap_years)} by {yours.question.target_year}."
    )


def _alt(yours: Answer, ways: Sequence[tuple[str, Answer, float, str, str]]) -> str:
    ends = "; ".join(f"{name}: {words.years(end)} by {one.question.target_year}" for name, one, end, _, _ in ways)
    return (
        f"Lines of the gap for {words.people(yours.sex)} from {yours.history['period'].iloc[0]}, now "
        f"{words.years(yours.latest['gap_years'])}, and from there to the target period. {ends}."
    )


def _table(yours: Answer, beside: Answer | None, ways: Sequence[tuple[str, Answer, float, str, str]]) -> pd.DataFrame:
    periods = sorted(
        {
            *yours.history["period"],
            *(beside.history["period"] if beside else ()),
            *(one.question.target_period.label for _, one, _, _, _ in ways),
        }
    )
    columns = {"Period": periods, **by_period(yours.history, periods, {"Gap, yours (years)": "gap_years"})}
    if beside is not None:
        columns |= by_period(beside.history, periods, {"Gap beside it (years)": "gap_years"})
    for name, one, end, _, _ in ways:
        both = pd.DataFrame(
            {
                "period": [one.latest["period"], one.question.target_period.label],
                "years": [one.latest["gap_years"], end],
            }
        )
        columns |= by_period(both, periods, {f"{name} (years)": "years"})
    return figures([], columns)
