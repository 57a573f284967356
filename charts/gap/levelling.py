"""Chart `levelling`: which end of the gap moved, beside what England did."""

import pandas as pd

from charts.gap.gap_chart import gap_chart
from charts.gap.sentences import which_end_moved
from charts.kit import words
from charts.kit.chart import Chart
from charts.kit.drawing import Drawing
from charts.kit.marks import Mark, axis, note, points
from charts.kit.palette import LIGHT, Palette
from charts.kit.table import figures
from charts.kit.theme import drawn
from pipeline.answers.gap.answer import Answer
from pipeline.answers.gap.ends_moved import EndsMoved
from pipeline.answers.gap.outlook import Outlook

ENDS = ("better_off", "worse_off")


def levelling(
    answer: Answer,
    outlook: Outlook,
    moved: EndsMoved | None,
    england: pd.DataFrame,
    *,
    build: str,
    palette: Palette = LIGHT,
) -> Chart:
    """Both ends and England then and now, in years: a line from an open to a full point.

    `moved`: None where the ends are not two fixed regions; `england`: its rows of table `hle`.
    """
    rows = _rows(answer, england)
    who = words.people(answer.sex)
    said = "; ".join(
        f"{row['name']} {words.moved(row['change'])}, from {words.number(row['then'])} to {words.number(row['now'])}"
        for row in rows.to_dict("records")
    )
    gap = float(answer.change.gap_change)
    return gap_chart(
        answer,
        _drawing(answer, rows, palette),
        id="levelling",
        finding=_finding(answer, outlook, moved),
        subtitle=f"Healthy life expectancy at birth, {who}, {answer.baseline['period']} and {answer.latest['period']}, years. "
        "Open: then, full: now. The axis does not start at zero",
        alt=f"Dots joined by lines for {who}, {answer.baseline['period']} and {answer.latest['period']}. {said}. The gap changed by "
        f"{words.signed(gap)} years.",
        table=figures(
            [],
            {
                "End": [*rows["name"], "Gap"],
                f"{answer.baseline['period']} (years)": [*rows["then"], answer.baseline["gap_years"]],
                f"{answer.latest['period']} (years)": [*rows["now"], answer.latest["gap_years"]],
                "Change (years)": [*rows["change"], gap],
                "Change beside England's (years)": [*rows["own"], gap],
            },
        ),
        caveats=(*_against_the_rest(answer, moved), _levelling_down(outlook)),
        build=build,
    )


def _rows(answer: Answer, england: pd.DataFrame) -> pd.DataFrame:
    """Name, then, now, change, and change beside England's (own): the better-off end, England, the worse-off end."""
    known = england[england["sex"] == answer.sex].set_index("period")["hle_years"]
    periods = [str(row["period"]) for row in (answer.baseline, answer.latest)]
    ends = {
        end: (str(answer.latest[end]), *(float(row[f"{end}_years"]) for row in (answer.baseline, answer.latest)))
        for end in ENDS
    }
    nation = ("England", *(float(known[period]) for period in periods))
    rows = pd.DataFrame([ends["better_off"], nation, ends["worse_off"]], columns=["name", "then", "now"])
    rows["change"] = rows["now"] - rows["then"]
    return rows.assign(own=rows["change"] - rows["change"].iloc[1])


def _drawing(answer: Answer, rows: pd.DataFrame, palette: Palette) -> Drawing:
    colours = (palette.better_off, palette.england, palette.worse_off)
    traces: list[Mark] = []
    for row, colour in zip(rows.to_dict("records"), colours, strict=True):
        traces.append(
            {
                "type": "scatter",
                "x": [row["then"], row["now"]],
                "y": [row["name"], row["name"]],
                "mode": "lines",
                "line": {"color": colour, "width": 3},
                "hoverinfo": "skip",
            }
        )
        traces.append(
            points(
                [row["then"], row["now"]],
                [row["name"], row["name"]],
                hover="%{y}<br>%{customdata}: <b>%{x:.1f} years</b>",
                marker={
                    "size": 15,
                    "symbol": ["circle-open", "circle"],
                    "color": colour,
                    "line": {"width": 3, "color": colour},
                },
                customdata=[answer.baseline["period"], answer.latest["period"]],
            )
        )
    low, high = rows[["then", "now"]].min().min(), rows[["then", "now"]].max().max()
    room = 0.14 * max(high - low, 1.0)  # for whole points on a phone
    layout = {
        "showlegend": False,
        "annotations": [
            note(
                (row["then"] + row["now"]) / 2,
                row["name"],
                f"<b>{words.signed(row['change'])}</b>",
                yshift=16,
                size=16,
                colour=colour,
            )
            for row, colour in zip(rows.to_dict("records"), colours, strict=True)
        ],
        "xaxis": axis("Years", range=[low - room, high + room], showgrid=True),
        "yaxis": {
            "showgrid": False,
            "tickvals": list(rows["name"]),
            "ticktext": [name.replace(" deprived ", "<br>deprived ") for name in rows["name"]],
            "range": [2.5, -0.7],
        },
    }
    return drawn(traces, palette, height=300, layout=layout)


def _finding(answer: Answer, outlook: Outlook, moved: EndsMoved | None) -> str:
    said = which_end_moved(answer, moved)
    return f"levelling down. {words.sentence_start(said)}" if outlook.levelling_down else said


def _against_the_rest(answer: Answer, moved: EndsMoved | None) -> tuple[str, ...]:
    if moved is None:
        return ()
    said = [
        f"{words.place(end.name)} {words.signed(float(end.pace.pace_years_per_year), 2)} "
        f"({words.interval(float(end.pace.pace_lci_95), float(end.pace.pace_uci_95), 2)})"
        for end in (moved.better_off, moved.worse_off)
    ]
    return (
        f"Pace against the mean of the other {len(moved.rest)} regions since {answer.history['period'].iloc[0]}, years a year "
        f"with 95% interval: {words.listed(said)}. It says which end moved away, not why.",
    )


def _levelling_down(outlook: Outlook) -> str:
    return (
        "Levelling down: the gap fell and the poorer end did not rise. It is said where its chance is above 90%; here the "
        f"chance is {words.percent(outlook.levelling_down_probability)}."
    )
