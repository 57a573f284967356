"""Chart `poor-end-paces`: the rise that the poorer end needs, beside rises that have been seen."""

from charts.gap.gap_chart import gap_chart
from charts.kit import words
from charts.kit.chart import Chart
from charts.kit.drawing import Drawing
from charts.kit.marks import FIRST_ON_TOP, OUTSIDE, ZERO_LINE, axis, flat_bars
from charts.kit.palette import LIGHT, Palette
from charts.kit.table import figures
from charts.kit.theme import drawn
from pipeline.answers.gap.answer import Answer
from pipeline.answers.gap.what_it_takes import Rise


def poor_end_paces(answer: Answer, rises: list[Rise], *, build: str, palette: Palette = LIGHT) -> Chart:
    """Bars of the rise needed at the poorer end and of rises seen, in their order; years of HLE per year."""
    who = words.people(answer.sex)
    needed = Rise(
        f"Needed: {answer.latest['worse_off']}",
        float(answer.poor_end.pace_years_per_year),
        f"from {answer.latest['period']} to {answer.question.target_period.label}",
    )
    bars = [needed, *rises]
    said = "; ".join(f"{bar.label} {words.signed(bar.pace_years_per_year, 2)} ({bar.note})" for bar in bars)
    return gap_chart(
        answer,
        _drawing(bars, palette),
        id="poor-end-paces",
        finding=f"{words.place(str(answer.latest['worse_off']))} must rise {_how_fast(needed, rises)}",
        subtitle=f"Rise of healthy life expectancy at birth, {who}, years per year",
        alt=f"Bars for {who}, years per year: {said}.",
        table=figures(
            [vars(bar) for bar in bars],
            {"Rise": "label", "Years per year": "pace_years_per_year", "When": "note"},
            decimals=3,
        ),
        caveats=("The fastest rise of several noisy series is partly luck, so it flatters what is possible.",),
        build=build,
        by_rule=True,
    )


def _drawing(bars: list[Rise], palette: Palette) -> Drawing:
    paces, labels, notes = zip(*((bar.pace_years_per_year, bar.label, bar.note) for bar in bars), strict=True)
    low, high = min(0.0, *paces), max(0.0, *paces)
    room = 0.5 * ((high - low) or 1.0)  # for the numbers beside the bars on a phone
    marks = flat_bars(
        paces,
        labels,
        hover="%{y}: <b>%{x:.2f} years a year</b><br>%{customdata}",
        marker={"color": [palette.needed, *[palette.quiet] * (len(bars) - 1)]},
        text=[f"<b>{words.signed(pace, 2)}</b>" for pace in paces],
        textfont={"size": 17},
        customdata=notes,
        **OUTSIDE,
    )
    lines = [label.replace(": ", ":<br>").replace(", ", ",<br>") for label in labels]
    layout = {
        "xaxis": axis("Years per year", range=[low - room, high + room], **ZERO_LINE),
        "yaxis": {**FIRST_ON_TOP, "tickvals": labels, "ticktext": lines},
    }
    return drawn([marks], palette, height=110 + 55 * len(bars), layout=layout)


def _how_fast(needed: Rise, rises: list[Rise]) -> str:
    best = max((rise.pace_years_per_year for rise in rises), default=0.0)
    if 0 < best < needed.pace_years_per_year:
        times = words.number(needed.pace_years_per_year / best)
        return f"{times} times as fast as any region has"
    return f"{words.number(needed.pace_years_per_year, 2)} years a year, no faster than has been seen"
