"""Chart `milestones`: what to look for in each publication until the target year."""

import pandas as pd

from charts.gap.gap_chart import gap_chart
from charts.kit import words
from charts.kit.chart import Chart
from charts.kit.drawing import Drawing
from charts.kit.marks import Mark, axis, band, line, note
from charts.kit.palette import LIGHT, Palette
from charts.kit.table import figures, intervals
from charts.kit.theme import drawn
from pipeline.answers.gap.answer import Answer


def milestones_chart(answer: Answer, rows: pd.DataFrame, *, build: str, palette: Palette = LIGHT) -> Chart:
    """The figure of each February if the gap were on the path, and if nothing changed; years, high is wide.

    `rows`: from `milestones_of`.
    """
    following = rows.iloc[0]
    month = f"February {following['publication_year']}"
    return gap_chart(
        answer,
        _drawing(answer, rows, palette),
        id="milestones",
        finding=_finding(following, month),
        subtitle="Gap that each publication would show on the path and with no change, years, with 95% ranges",
        alt=_alt(answer, rows),
        table=_table(rows, float(answer.latest["gap_years"])),
        caveats=(
            f"In {month}: a figure above {words.number(following['highest_on_path'])} does not fit the path, one below "
            f"{words.number(following['lowest_no_change'])} does not fit no change, and one between them fits both.",
            "The path here starts at the latest figure, and its own error is in the ranges. On the path that began at the "
            f"baseline the gap would be {words.years(following['path_since_baseline_years'])} by then.",
            "Ranges hold sampling error, refitting noise and the ups and downs that gaps have without a cause. They take the "
            "errors of coming figures to be those of the latest.",
            "Publication months are the usual ones, not announced dates.",
        ),
        build=build,
    )


def _finding(following: pd.Series, month: str) -> str:
    if following["chance_of_telling"] >= 0.5:
        return f"a figure below {words.number(following['lowest_no_change'])} in {month} would show a change"
    return f"a figure above {words.number(following['highest_on_path'])} in {month} would be off the path"


def _drawing(answer: Answer, rows: pd.DataFrame, palette: Palette) -> Drawing:
    years, now = rows["publication_year"], float(answer.latest["gap_years"])
    reach = rows[["path_lci_95", "no_change_lci_95", "path_uci_95", "no_change_uci_95"]]
    low, high = min(0.0, float(reach.min().min())), float(reach.max().max())
    last = rows.iloc[-1]
    hover = [
        f"February {year}, told apart {words.percent(chance)}"
        for year, chance in zip(rows["publication_year"], rows["chance_of_telling"], strict=True)
    ]
    traces = [
        *band(
            years,
            rows["no_change_lci_95"],
            rows["no_change_uci_95"],
            colour=palette.worse_off,
            name="If nothing changed, 95%",
        ),
        *band(years, rows["path_lci_95"], rows["path_uci_95"], colour=palette.target, name="If on the path, 95%"),
        line(years, [now] * len(rows), name="No change", colour=palette.worse_off, dash="dot", hover=hover)
        | {"showlegend": False},
        line(years, rows["path_years"], name="Path", colour=palette.target, markers=True, hover=hover)
        | {"showlegend": False},
    ]
    layout = {
        "annotations": [
            _end(last["publication_year"], now, "No change", palette.worse_off),
            _end(last["publication_year"], float(last["path_years"]), "Path", palette.target),
        ],
        "margin": {"r": 104},
        "xaxis": axis(
            "February, and chance of<br>telling the two apart",
            tickvals=list(years),
            ticktext=_ticks(rows),
            tickangle=0,
            range=[years.iloc[0] - 0.4, years.iloc[-1] + 0.25],
        ),
        "yaxis": {"range": [low, high * 1.04]},
    }
    return drawn(traces, palette, layout=layout)


def _end(x: float, y: float, text: str, colour: str) -> Mark:
    return note(x, y, f"<b>{text}</b> {words.number(y)}", size=14, colour=colour, xanchor="left", xshift=8)


def _ticks(rows: pd.DataFrame) -> list[str]:
    """Every third year, and the chance of telling the path from no change by then."""
    pairs = zip(rows["publication_year"], rows["chance_of_telling"], strict=True)
    return ["" if at % 3 else f"{year}<br>{words.percent(chance)}" for at, (year, chance) in enumerate(pairs)]


def _alt(answer: Answer, rows: pd.DataFrame) -> str:
    first, last = rows.iloc[0], rows.iloc[-1]

    def told(row: pd.Series) -> str:
        return (
            f"February {row['publication_year']}: {words.interval(row['path_lci_95'], row['path_uci_95'])} on the path, "
            f"{words.interval(row['no_change_lci_95'], row['no_change_uci_95'])} with no change, chance of telling them apart "
            f"{words.percent(row['chance_of_telling'])}"
        )

    return (
        f"Two bands of the gap for {words.people(answer.sex)} that each publication would show, in years. {told(first)}. "
        f"{told(last)}."
    )


def _table(rows: pd.DataFrame, now: float) -> pd.DataFrame:
    return figures(
        rows,
        {
            "Published in": [f"February {year}" for year in rows["publication_year"]],
            "Period": "period",
            "On the path (years)": "path_years",
            "95% range on the path": intervals(rows, "path"),
            "With no change (years)": [now] * len(rows),
            "95% range with no change": intervals(rows, "no_change"),
            "Highest figure that fits the path": "highest_on_path",
            "Lowest figure that fits no change": "lowest_no_change",
            "Chance of telling them apart": rows["chance_of_telling"].map(words.percent),
            "Path from the baseline (years)": "path_since_baseline_years",
        },
    )
