"""Charts `pace-gauge` and `own-pair-pace`: how fast the gap moves, and how fast it would have to."""

from charts.gap.gap_chart import gap_chart
from charts.kit import words
from charts.kit.chart import Chart
from charts.kit.drawing import Drawing
from charts.kit.marks import ZERO_LINE, Mark, axis, error_bars, note, points, way
from charts.kit.palette import LIGHT, Palette
from charts.kit.table import figures
from charts.kit.theme import drawn
from pipeline.answers.gap.answer import Answer
from pipeline.answers.gap.outlook import Outlook
from pipeline.answers.gap.sentence import DIRECTIONS

SAMPLING = "Observed, sampling only"


def pace_gauge(answer: Answer, outlook: Outlook, *, build: str, palette: Palette = LIGHT) -> Chart:
    """Pace of the gap with its 95% interval, and the pace needed; years per year, negative is narrowing."""
    who, span = words.people(answer.sex), f"{outlook.first_period} up to {answer.latest['period']}"
    check = outlook.check
    return gap_chart(
        answer,
        _drawing(answer, outlook, palette),
        id="pace-gauge",
        finding=_finding(answer, outlook),
        subtitle=f"Pace of the gap in healthy life expectancy at birth, {who}, {span}, years per year, with 95% interval",
        alt=(
            f"Dot chart of paces for {who}, {answer.baseline['period']} baseline. Over {span} the gap moved by "
            f"{words.signed(outlook.wandering_pace, 2)} years a year, 95% interval {words.signed(outlook.wandering_lci_95, 2)} to "
            f"{words.signed(outlook.wandering_uci_95, 2)}; from here the target needs {words.signed(answer.required_pace, 2)}."
        ),
        table=figures(
            [],
            {
                "Pace": ["Needed", "Observed", SAMPLING, "Check: periods without a common year"],
                "Years per year": [
                    answer.required_pace,
                    outlook.wandering_pace,
                    outlook.pace,
                    float(check.pace_years_per_year),
                ],
                "95% interval": [
                    "",
                    words.interval(outlook.wandering_lci_95, outlook.wandering_uci_95, 2),
                    words.interval(outlook.pace_lci_95, outlook.pace_uci_95, 2),
                    words.interval(float(check.pace_lci_95), float(check.pace_uci_95), 2),
                ],
            },
            decimals=3,
        ),
        caveats=(
            "The interval of the observed pace knows that gaps wander up and down for years without a cause; it decides whether "
            "the gap is called wider or narrower. The one of sampling alone is shorter.",
            "Neighbouring periods share two of their three years. The interval allows for that; a usual trend line would "
            "look far too certain.",
        ),
        build=build,
        file="pace",
    )


def _drawing(answer: Answer, outlook: Outlook, palette: Palette) -> Drawing:
    o = outlook
    rows = [
        ("Needed", answer.required_pace, None, {"symbol": "diamond", "color": palette.target}),
        ("Observed", o.wandering_pace, (o.wandering_lci_95, o.wandering_uci_95), {"color": palette.gap}),
        (SAMPLING, o.pace, (o.pace_lci_95, o.pace_uci_95), {"color": palette.gap, "symbol": "circle-open"}),
    ]
    reach = 1.25 * max(abs(value) for _, pace, limits, _ in rows for value in (pace, *(limits or ())))
    layout = {
        "showlegend": False,
        "margin": {"t": 34},
        "annotations": [
            *(_figure(pace, name, str(marker["color"]), reach) for name, pace, _, marker in rows),
            way("wider \N{RIGHTWARDS ARROW}", towards="right", palette=palette),
            way("\N{LEFTWARDS ARROW} narrower", towards="left", palette=palette),
        ],
        "xaxis": axis("Years per year", range=[-reach, reach], **ZERO_LINE),
        "yaxis": {
            "showgrid": False,
            "range": [2.5, -0.6],
            "tickvals": [name for name, *_ in rows],
            "ticktext": [name.replace(", ", ",<br>") for name, *_ in rows],
        },
    }
    return drawn([_pace(*row) for row in rows], palette, height=300, layout=layout)


def _pace(name: str, pace: float, limits: tuple[float, float] | None, marker: Mark) -> Mark:
    hover = f"{name}: <b>%{{x:.2f}} years a year</b>"
    mark = points(
        [pace],
        [name],
        hover=hover,
        name=name,
        marker={"size": 16, **marker, "line": {"width": 3, "color": marker["color"]}},
    )
    if limits is None:
        return mark
    low, high = limits
    return mark | {"error_x": error_bars([pace], [low], [high], marker["color"], thickness=3, width=9)}


def _figure(pace: float, name: str, colour: str, reach: float) -> Mark:
    beside = {
        "xanchor": "left" if pace >= 0 else "right",
        "xshift": 4 if pace >= 0 else -4,
    }  # clear of the line at zero
    where = beside if abs(pace) < reach / 4 else {}
    return note(pace, name, f"<b>{words.signed(pace, 2)}</b>", yshift=24, size=18, colour=colour, **where)


def _finding(answer: Answer, outlook: Outlook) -> str:
    if answer.required_pace >= 0:
        return "the latest gap already meets the target"
    needed = f"it must narrow by {words.number(-answer.required_pace, 2)} a year"
    if outlook.direction == "Narrower":
        enough = outlook.wandering_pace <= answer.required_pace
        return f"the gap has narrowed {'fast enough' if enough else 'too slowly'}: {needed}"
    return f"the gap {DIRECTIONS[outlook.direction]}; {needed}"
