"""Chart `pace-gauge`: how fast the gap moves, and how fast it would have to."""

from charts.gap.gap_chart import gap_chart
from charts.gap.sentences import DIRECTIONS
from charts.kit import words
from charts.kit.chart import Chart
from charts.kit.drawing import Drawing
from charts.kit.marks import FIRST_ON_TOP, ZERO_LINE, Mark, axis, error_bars, note, points, way
from charts.kit.palette import LIGHT, Palette
from charts.kit.table import figures
from charts.kit.theme import drawn
from pipeline.answers.gap.answer import Answer
from pipeline.answers.gap.outlook import Outlook


def pace_gauge(answer: Answer, outlook: Outlook, *, build: str, palette: Palette = LIGHT) -> Chart:
    """Pace of the gap with its 95% interval, and the pace needed; years per year, negative is narrowing."""
    who, span = words.people(answer.sex), f"{outlook.first_period} to {answer.latest['period']}"
    check = outlook.check
    paces = [outlook.pace, answer.required_pace, float(check.pace_years_per_year)]
    return gap_chart(
        answer,
        _drawing(answer, outlook, palette),
        id="pace-gauge",
        finding=_finding(answer, outlook),
        subtitle=f"Pace of the gap in healthy life expectancy at birth, {who}, {span}, years per year, with 95% interval",
        alt=(
            f"Dot chart of paces for {who}. Over {span} the gap moved by "
            f"{words.signed(outlook.pace, 2)} years a year, 95% interval {words.signed(outlook.pace_lci_95, 2)} to "
            f"{words.signed(outlook.pace_uci_95, 2)}; from here the target needs {words.signed(answer.required_pace, 2)}."
        ),
        table=figures(
            [],
            {
                "Pace": ["Observed", "Needed", "Check: periods without a common year"],
                "Years per year": [round(pace, 3) for pace in paces],
                "95% interval": [
                    words.interval(outlook.pace_lci_95, outlook.pace_uci_95, 2),
                    "",
                    words.interval(float(check.pace_lci_95), float(check.pace_uci_95), 2),
                ],
            },
            decimals=3,
        ),
        caveats=(
            "Neighbouring periods share two of their three years. The interval allows for that; a usual trend line would "
            "look far too certain.",
        ),
        build=build,
        file="pace",
    )


def _drawing(answer: Answer, outlook: Outlook, palette: Palette) -> Drawing:
    reach = 1.25 * max(map(abs, (answer.required_pace, outlook.pace_lci_95, outlook.pace_uci_95)))
    pace, limits = [outlook.pace], ([outlook.pace_lci_95], [outlook.pace_uci_95])
    observed = _pace(outlook.pace, "Observed", {"color": palette.gap}) | {
        "error_x": error_bars(pace, *limits, palette.gap, thickness=4, width=10),
        "text": [f"<b>{words.signed(outlook.pace, 2)}</b>"],
    }
    needed = _pace(answer.required_pace, "Needed", {"symbol": "diamond", "color": palette.needed})
    layout = {
        "showlegend": False,
        "margin": {"t": 34},
        "annotations": [
            _figure(outlook.pace, "Observed", palette.gap),
            _figure(answer.required_pace, "Needed", palette.needed),
            way("wider \N{RIGHTWARDS ARROW}", towards="right", palette=palette),
            way("\N{LEFTWARDS ARROW} narrower", towards="left", palette=palette),
        ],
        "xaxis": axis("Change of the gap, years per year", range=[-reach, reach], **ZERO_LINE),
        "yaxis": {**FIRST_ON_TOP, "range": [1.5, -0.6]},
    }
    return drawn([observed, needed], palette, height=250, layout=layout)


def _pace(pace: float, name: str, marker: Mark) -> Mark:
    hover = f"{name}: <b>%{{x:.2f}} years a year</b>"
    return points([pace], [name], hover=hover, name=name, marker={"size": 18, **marker})


def _figure(pace: float, name: str, colour: str) -> Mark:
    return note(pace, name, f"<b>{words.signed(pace, 2)}</b>", yshift=24, size=18, colour=colour)


def _finding(answer: Answer, outlook: Outlook) -> str:
    if answer.required_pace >= 0:
        return "the latest gap already meets the target"
    needed = f"it must narrow by {words.number(-answer.required_pace, 2)} a year"
    if outlook.direction == "Narrower":
        enough = outlook.pace <= answer.required_pace
        return f"the gap has narrowed {'fast enough' if enough else 'too slowly'}: {needed}"
    return f"the gap {DIRECTIONS[outlook.direction]}; {needed}"
