"""Chart `action-record`: how one place of local action has fared since; never the effect of what it did."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from charts.kit import words
from charts.kit.chart import PERIODS_OVERLAP, Chart, file_name, source_line
from charts.kit.drawing import Drawing
from charts.kit.marks import axis, band, line, note, period_axis, upright
from charts.kit.palette import LIGHT, Palette
from charts.kit.table import figures, limits
from charts.kit.theme import drawn
from charts.levers.words import similar_line

WHAT_IT_SHOWS = (
    "This shows how the place has fared since, beside 15 equally deprived places. It cannot show what the action did: "
    "the figure is an average over everyone in the area, most of whom it never reached, and much else happened there and in "
    "the other places."
)
REPORT = "Institute of Health Equity and Public Policy Projects, Addressing the National Syndemic (2021)"


def action_record(
    case: pd.Series,
    series: pd.DataFrame,
    record: pd.Series | None,
    *,
    similar: list[str],
    sex: str,
    release: str,
    build: str,
    palette: Palette = LIGHT,
) -> Chart:
    """HLE in years of a place over time against the mean of similar places, with the year in which the action began.

    `case`: row of table `local_action`; `series`: its rows of table `local_action_series`, one sex; `record`: its row of
    table `local_action_records`, None where there is nothing to compare; `similar`: names of the similar places, none for
    a whole country; `release`: date of the HLE figures.
    """
    rows = series.sort_values("period_start")
    who = words.people(sex)
    return Chart(
        id="action-record",
        drawing=_drawing(case, rows, len(similar), palette),
        title=f"{who.capitalize()}: {_finding(case, rows, record)}",
        subtitle=f"Healthy life expectancy at birth, {who}, years; band: 95% interval. The axis does not start at zero",
        settings=_settings(similar, record),
        source=source_line(release=release, build=build, extra=f"Case: {REPORT}, case {case['case']}."),
        alt=_alt(case, rows, who, len(similar)),
        table=_table(case, rows, compared=bool(similar)),
        caveats=_caveats(record, compared=bool(similar)),
        file_stem=file_name("local-action", str(case["case"]), who),
    )


def _drawing(case: pd.Series, rows: pd.DataFrame, similar: int, palette: Palette) -> Drawing:
    years = (rows["period_start"] + rows["period_end"] + 1) / 2
    periods, colour = rows["period"], palette.worse_off
    beside = line(
        years,
        rows["similar_years"],
        name=f"{similar} similar places",
        colour=palette.quiet,
        dash="dash",
        hover=periods,
    )
    traces = [
        *band(years, rows["place_lci_95"], rows["place_uci_95"], colour=colour, showlegend=False),
        *([beside] if similar else []),
        line(years, rows["place_years"], name=place_of(case), colour=colour, markers=True, hover=periods),
    ]
    shown = period_axis([(years.iloc[at], periods.iloc[at]) for at in (0, -1)])
    layout = {**_beginning(case, shown["range"][0], palette), "xaxis": shown, "yaxis": axis("Years")}
    return drawn(traces, palette, layout=layout)


def _beginning(case: pd.Series, left: float, palette: Palette) -> dict[str, Any]:
    """Layout that marks the year in which a case began; none where none is known."""
    if pd.isna(case["since"]):
        return {}
    began = max(float(case["since"]), left + 0.2)
    place = {"yref": "paper", "yanchor": "bottom", "xanchor": "left", "xshift": 6}
    return {
        "shapes": [upright(began, {"color": palette.target, "width": 2, "dash": "dot"})],
        "annotations": [note(began, 0, f"began {case['since']}", size=15, colour=palette.target, **place)],
    }


def place_of(case: pd.Series) -> str:
    """The place whose figures a case is read from: England's for cases of several nations."""
    return "England" if str(case["area_codes"]).startswith(("K", "E92")) else str(case["place"])


def _finding(case: pd.Series, rows: pd.DataFrame, record: pd.Series | None) -> str:
    place = place_of(case)
    if record is None:
        alone = rows["similar_years"].isna().all()
        why = "a whole country has no similar places" if alone else "the report gives no year"
        latest = words.years(rows["place_years"].iloc[-1])
        return f"healthy life expectancy in {place} is {latest}; {why} to compare since"
    within = record["difference_lci_95"] <= 0 <= record["difference_uci_95"]
    return (
        f"{place} {words.moved(record['place_change_years'])}, similar places "
        f"{words.moved(record['similar_change_years']).removesuffix(' years')}; "
        f"{'not ' if within else ''}clearly different"
    )


def _settings(similar: Sequence[str], record: pd.Series | None) -> str:
    if not similar:
        return "England's figures stand in for a case of the whole country."
    if record is None:
        return similar_line(similar)
    return (
        f"{similar_line(similar)} Difference in change, {record['baseline_period']} to {record['latest_period']}: "
        f"{words.signed(record['difference_years'])} years (95% interval of one place against {len(similar)}: "
        f"{words.interval(record['difference_lci_95'], record['difference_uci_95'])})."
    )


def _alt(case: pd.Series, rows: pd.DataFrame, who: str, similar: int) -> str:
    first, last = rows.iloc[0], rows.iloc[-1]
    own, beside = (
        f"from {words.number(first[column])} to {words.number(last[column])}"
        for column in ("place_years", "similar_years")
    )
    compared = (
        f"the mean of {similar} similar places {beside}"
        if similar
        else "there are no similar places to a whole country"
    )
    return (
        f"Line chart of healthy life expectancy of {who} in {place_of(case)}, {first['period']} to {last['period']}, {own} "
        f"years; {compared}."
    )


def _table(case: pd.Series, rows: pd.DataFrame, *, compared: bool) -> pd.DataFrame:
    columns = {"Period": "period", f"{place_of(case)} (years)": "place_years", **limits("place")}
    return figures(rows, columns | ({"Similar places (years)": "similar_years"} if compared else {}))


def _caveats(record: pd.Series | None, *, compared: bool) -> tuple[str, ...]:
    caveats = [WHAT_IT_SHOWS] if compared else []
    if record is not None:
        caveats.append(
            "The interval is as wide as the differences among equally deprived places, by sampling and by ordinary ups "
            "and downs; one comparison in twenty falls outside it by luck."
        )
        if not record["baseline_is_before"]:
            caveats.append(
                f"The series starts with {record['baseline_period']}, after the action began or in its first years: what changed "
                "before that is not seen."
            )
    return (*caveats, PERIODS_OVERLAP)
