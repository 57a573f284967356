"""Chart `definitions`: how the gap has changed by each definition of richest and poorest."""

from collections.abc import Iterable, Mapping, Sequence

import pandas as pd

from charts.gap.sentences import by_direction
from charts.kit import words
from charts.kit.chart import Chart, file_name, source_line
from charts.kit.drawing import Drawing
from charts.kit.marks import ZERO_LINE, Mark, axis, error_bars, note, points, way
from charts.kit.palette import LIGHT, Palette
from charts.kit.settings_line import question_line
from charts.kit.table import each, figures, intervals
from charts.kit.textwidth import text_width
from charts.kit.theme import drawn
from pipeline.answers.gap.answer import Answer
from pipeline.answers.gap.outlook import Outlook, Standing

WORD_SIZE = 12
WITH_SELECTION = "as published"
"""Name of the mark for a gap whose ends are picked anew, with the part that picking them makes still in it."""


def definitions_compared(standings: Sequence[Standing], *, build: str, palette: Palette = LIGHT) -> Chart:
    """One row per definition, the widest change first: change since the first period in years, interval, direction."""
    answers = [standing.answer for standing in standings]
    first = answers[0]
    who, period = words.people(first.sex), first.latest["period"]
    rows = _rows(standings)
    return Chart(
        id="definitions",
        drawing=_drawing(rows, palette),
        title=f"{who.capitalize()}: {by_direction([one.outlook.direction for one in standings])}",
        subtitle=f"Change in the gap along its trend, from the first period to {period}, {who}, years, with "
        f"95% intervals. Open circle: {WITH_SELECTION}",
        settings=_settings(answers),
        source=source_line(release=first.release, build=build, extra=_other_releases(answers)),
        alt=_alt(rows, who, period),
        table=_table(standings, rows),
        caveats=(
            "The intervals know that gaps wander up and down for years without a cause. A gap is called wider or narrower where "
            "its interval leaves out zero.",
            "Highest and lowest authorities: picking them anew in each period widens the gap the more uncertain the figures "
            f"are. The full point has that part taken off; the open point is the gap {WITH_SELECTION}.",
            *(f"{one.short_label}: {one.caveat}" for one in (a.question.definition for a in answers) if one.caveat),
        ),
        file_stem=file_name("definitions", who, period),
    )


def _rows(standings: Sequence[Standing]) -> pd.DataFrame:
    """Per definition its change along the trend with limits (years), the same with selection in it, and the direction."""
    rows = pd.DataFrame([_row(one.answer, one.outlook) for one in standings])
    return rows.sort_values("change", ascending=False, kind="stable")


def _row(answer: Answer, outlook: Outlook) -> dict[str, object]:
    years = float(answer.latest["mid_point"] - answer.history["mid_point"].iloc[0])
    return {
        "label": answer.question.definition.short_label,
        "first": outlook.first_period,
        "change": years * outlook.wandering_pace,
        "change_lci_95": years * outlook.wandering_lci_95,
        "change_uci_95": years * outlook.wandering_uci_95,
        "published": years * outlook.pace,
        "published_lci_95": years * outlook.pace_lci_95,
        "published_uci_95": years * outlook.pace_uci_95,
        "selected": outlook.wandering_pace != outlook.pace,
        "direction": outlook.direction,
    }


def _drawing(rows: pd.DataFrame, palette: Palette) -> Drawing:
    picked = rows[rows["selected"]]
    net = _points(rows, "change", symbol="circle", colour=palette.gap)
    net["error_x"] = error_bars(rows["change"], rows["change_lci_95"], rows["change_uci_95"], palette.gap)
    raw = _points(picked, "published", symbol="circle-open", colour=palette.gap)
    reach = rows[["change_lci_95", "change_uci_95", "published"]]
    low, high = min(0.0, float(reach.min().min())), max(0.0, float(reach.max().max()))
    room = 0.06 * (high - low)
    layout = {
        "showlegend": False,
        "annotations": [
            *_directions(rows, palette),
            way("wider \N{RIGHTWARDS ARROW}", towards="right", palette=palette),
            way("\N{LEFTWARDS ARROW} narrower", towards="left", palette=palette),
        ],
        "margin": {"t": 34, "r": 14 + max(text_width(one, WORD_SIZE) for one in rows["direction"])},
        "yaxis": {
            "autorange": "reversed",
            "showgrid": True,
            "tickvals": list(rows["label"]),
            "ticktext": [
                label.replace(", ", ",<br>") for label in rows["label"]
            ],  # else a phone has no room for the marks
        },
        "xaxis": axis("Change, years", range=[low - room, high + room], **ZERO_LINE),
    }
    return drawn([net, raw] if len(picked) else [net], palette, height=110 + 48 * len(rows), layout=layout)


def _points(rows: pd.DataFrame, column: str, *, symbol: str, colour: str) -> Mark:
    return points(
        rows[column],
        rows["label"],
        hover="%{y}<br>since %{customdata}: <b>%{x:.1f} years</b>",
        name="Change" if column == "change" else f"Change, {WITH_SELECTION}",
        marker={"size": 13, "symbol": symbol, "color": colour, "line": {"width": 2.5, "color": colour}},
        customdata=rows["first"],
    )


def _directions(rows: pd.DataFrame, palette: Palette) -> list[Mark]:
    return [
        note(
            1,
            row["label"],
            row["direction"] if row["direction"] == "No clear change" else f"<b>{row['direction']}</b>",
            xref="paper",
            xanchor="left",
            xshift=8,
            align="left",
            size=WORD_SIZE,
            colour=palette.ink if row["direction"] != "No clear change" else palette.quiet,
        )
        for row in rows.to_dict("records")
    ]


def _settings(answers: Sequence[Answer]) -> str:
    first = answers[0].question
    later = [one.question for one in answers if one.question.baseline != first.baseline]
    if not later:
        return question_line(first)
    names = ", ".join(one.definition.short_label for one in later)
    return f"{question_line(first)} Baseline {later[0].baseline}, where figures begin, for: {names}."


def _other_releases(answers: Sequence[Answer]) -> str:
    others = sorted({one.release for one in answers} - {answers[0].release})
    return "".join(f"Small areas: released {words.day(release)}." for release in others)


def _alt(rows: pd.DataFrame, who: str, period: str) -> str:
    said = "; ".join(
        f"{row['label']} {words.signed(row['change'])} "
        f"({words.interval(row['change_lci_95'], row['change_uci_95'])}), {row['direction'].lower()}"
        for row in rows.to_dict("records")
    )
    return f"Dot chart of how far the gap for {who} has changed to {period} under {len(rows)} definitions, in years: {said}."


def _table(standings: Sequence[Standing], rows: pd.DataFrame) -> pd.DataFrame:
    ordered = [standings[position] for position in rows.index]
    now = [one.answer.latest for one in ordered]
    [gaps_then] = each([one.answer.baseline for one in ordered], "gap_years")
    raw, limits = rows["published"].where(rows["selected"]), intervals(rows, "published")
    return figures(
        rows,
        {
            "Definition": _labels(ordered),
            "Ends now": [f"{row['better_off']} and {row['worse_off']}" for row in now],
            "Baseline": [one.answer.baseline["period"] for one in ordered],
            "Gap then (years)": gaps_then,
            "Gap now (years)": [row["gap_years"] for row in now],
            "95% interval now": intervals(now, "gap", missing="not published"),
            "First period": "first",
            "Change along the trend (years)": "change",
            "95% interval of the change": intervals(rows, "change"),
            f"Change {WITH_SELECTION} (years)": raw,
            f"95% interval, {WITH_SELECTION}, sampling only": [
                text if known else "" for text, known in zip(limits, rows["selected"], strict=True)
            ],
            "Direction": "direction",
            "Course": [one.outlook.course for one in ordered],
            "Chance of reaching the target": [words.percent(one.outlook.probability) for one in ordered],
        },
    )


def _labels(standings: Iterable[Standing]) -> list[str]:
    return [standing.answer.question.definition.label for standing in standings]


def verdict_table(standings: Mapping[str, Sequence[Standing]]) -> pd.DataFrame:
    """One row per definition: gap now with its 95% interval, course and direction; `standings` by sex, in the same order."""
    columns = {"Definition": _labels(next(iter(standings.values())))}
    for sex, found in standings.items():
        who = words.people(sex).capitalize()
        columns[f"{who}: gap now, years"] = [
            words.with_limits(latest["gap_years"], latest["gap_lci_95"], latest["gap_uci_95"])
            for latest in (one.answer.latest for one in found)
        ]
        columns[f"{who}: on course?"] = [one.outlook.course for one in found]
        columns[f"{who}: since the first period"] = [one.outlook.direction for one in found]
    return pd.DataFrame(columns)
