"""Chart `levelling`: how far each end of the gap has moved since the baseline."""

from charts.gap.gap_chart import gap_chart
from charts.kit import words
from charts.kit.chart import Chart
from charts.kit.drawing import Drawing
from charts.kit.marks import FIRST_ON_TOP, OUTSIDE, ZERO_LINE, axis, flat_bars
from charts.kit.palette import LIGHT, Palette
from charts.kit.table import figures
from charts.kit.theme import drawn
from pipeline.answers.gap.answer import Answer


def levelling(answer: Answer, *, build: str, palette: Palette = LIGHT) -> Chart:
    """Two bars: change of each end in years since the baseline. The gap's change is the first minus the second."""
    latest, baseline = answer.latest, answer.baseline
    names = [str(latest["better_off"]), str(latest["worse_off"])]
    changes = [float(answer.change.better_off_change), float(answer.change.worse_off_change)]
    gap = float(answer.change.gap_change)
    return gap_chart(
        answer,
        _drawing(changes, names, palette),
        id="levelling",
        finding=_finding(answer),
        subtitle=f"Change in healthy life expectancy at birth, {baseline['period']} to {latest['period']}, years",
        alt=(
            f"Two bars for {words.people(answer.sex)}. {names[0]} {words.moved(changes[0])} and {names[1]} "
            f"{words.moved(changes[1])} between {baseline['period']} and {latest['period']}, so the gap changed by "
            f"{words.signed(gap)} years."
        ),
        table=figures([], {"End": [*names, "Gap"], "Change (years)": [*changes, gap]}),
        caveats=("A gap that narrows only because the top fell is not counted as progress here.",),
        build=build,
    )


def _drawing(changes: list[float], names: list[str], palette: Palette) -> Drawing:
    reach = max(0.5, *map(abs, changes)) * 1.6  # room for the numbers beside the bars on a phone
    bars = flat_bars(
        changes,
        names,
        hover="%{y}: <b>%{x:.2f} years</b>",
        marker={"color": [palette.better_off, palette.worse_off]},
        text=[f"<b>{words.signed(change)}</b>" for change in changes],
        textfont={"size": 18},
        **OUTSIDE,
    )
    layout = {"xaxis": axis("Change in years", range=[-reach, reach], **ZERO_LINE), "yaxis": FIRST_ON_TOP}
    return drawn([bars], palette, height=240, layout=layout)


def _finding(answer: Answer) -> str:
    change = answer.change
    gap, rich, poor = (
        round(float(one), 1) for one in (change.gap_change, change.better_off_change, change.worse_off_change)
    )
    better, worse = words.place(answer.latest["better_off"]), words.place(answer.latest["worse_off"])
    ends = words.sentence_start(f"{better} {words.moved(rich)}, {worse} {words.moved(poor)}")
    if gap < 0 and poor <= 0:
        return f"levelling down. {ends}"
    if gap < 0:
        return f"the gap is narrower because the poorer end rose. {ends}"
    if gap > 0 and poor < 0:
        return f"the gap is wider because the poorer end fell. {ends}" if rich <= 0 else f"the ends moved apart. {ends}"
    return f"the gap did not narrow. {ends}"
