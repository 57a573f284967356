"""What places did and how they have fared since, beside places of like deprivation; never the effect of what they did."""

from collections.abc import Hashable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from charts.kit import words
from charts.kit.chart import Chart, file_name, source_line
from charts.kit.marks import band, line, upright
from charts.kit.palette import LIGHT, Palette
from charts.kit.theme import drawn

_Record = Mapping[Hashable, Any]

WHAT_IT_SHOWS = (
    "This shows how the place has fared since, beside 15 places of like deprivation. It cannot show what the action did: "
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
    """Return a place's HLE over time against the mean of similar places, with the year in which the action began.

    Args:
        case: row of table `local_action`.
        series: its rows of table `local_action_series` for one sex.
        record: its row of table `local_action_records` for that sex; None where there is nothing to compare.
        similar: names of the similar places; empty for a whole country.
        sex: "female" or "male".
        release: date of the HLE release.
        build: build id.
        palette: colours.
    """
    rows = sorted(series.to_dict("records"), key=lambda row: row["period_start"])
    first, last = rows[0], rows[-1]
    place, who = place_of(case), words.people(sex)
    middles = [(row["period_start"] + row["period_end"] + 1) / 2 for row in rows]
    own, lower, upper, beside, periods = (
        [row[name] for row in rows]
        for name in ("place_years", "place_lci_95", "place_uci_95", "similar_years", "period")
    )
    compared = line(
        middles,
        beside,
        name=f"{len(similar)} similar places",
        colour=palette.quiet,
        dash="dash",
        hover=periods,
    )
    traces = [
        *band(middles, lower, upper, colour=palette.worse_off, showlegend=False),
        *([compared] if similar else []),
        line(middles, own, name=place, colour=palette.worse_off, markers=True, hover=periods),
    ]
    left = middles[0] - 0.8
    drawing = drawn(
        traces,
        palette,
        layout={
            **_beginning(case, left, palette),
            "xaxis": {
                "tickvals": [middles[0], middles[-1]],
                "ticktext": [row["period"].replace(" to ", " to<br>") for row in (first, last)],
                "range": [left, middles[-1] + 0.8],
            },
            "yaxis": {"title": {"text": "Years", "font": {"size": 15}}},
        },
    )
    return Chart(
        id="action-record",
        drawing=drawing,
        title=f"{who.capitalize()}: {_finding(case, rows, record)}",
        subtitle=f"Healthy life expectancy at birth, {who}, years; band: 95% interval. The axis does not start at zero",
        settings=_settings(similar, record),
        source=source_line(release=release, build=build, extra=f"Case: {REPORT}, case {case['case']}."),
        alt=(
            f"Line chart of healthy life expectancy of {who} in {place}, {first['period']} to "
            f"{last['period']}, from {words.number(first['place_years'])} to "
            f"{words.number(last['place_years'])} years"
            + (
                f"; the mean of {len(similar)} similar places from {words.number(first['similar_years'])} to "
                f"{words.number(last['similar_years'])}."
                if similar
                else "; there are no similar places to a whole country."
            )
        ),
        table=_record_table(rows, place, similar=bool(similar)),
        caveats=_record_caveats(record, similar=bool(similar)),
        file_stem=file_name("local-action", str(case["case"]), who),
    )


def _beginning(case: pd.Series, left: float, palette: Palette) -> dict[str, Any]:
    """Return the layout that marks the year in which a case began; none where none is known."""
    if pd.isna(case["since"]):
        return {}
    began = max(float(case["since"]), left + 0.2)
    return {
        "shapes": [upright(began, {"color": palette.target, "width": 2, "dash": "dot"})],
        "annotations": [
            {
                "x": began,
                "y": 1,
                "yref": "paper",
                "yanchor": "top",
                "xanchor": "left",
                "xshift": 6,
                "text": f"began {case['since']}",
                "showarrow": False,
                "font": {"size": 15, "color": palette.target},
            }
        ],
    }


def place_of(case: pd.Series) -> str:
    """Return the name under which a case's figures stand: England's for cases of several nations."""
    return (
        "England"
        if str(case["area_codes"])[0] == "K" or str(case["area_codes"]).startswith("E92")
        else str(case["place"])
    )


def _finding(case: pd.Series, rows: Sequence[_Record], record: pd.Series | None) -> str:
    place = place_of(case)
    if record is None:
        why = (
            "a whole country has no similar places"
            if all(pd.isna(row["similar_years"]) for row in rows)
            else "the report gives no year"
        )
        return f"healthy life expectancy in {place} is {words.years(rows[-1]['place_years'])}; {why} to compare since"
    within = record["difference_lci_95"] <= 0 <= record["difference_uci_95"]
    apart = (
        "no more than such places differ anyway"
        if within
        else "more than such places usually differ, for whatever reason"
    )
    return (
        f"since {record['baseline_period']} healthy life expectancy in {place} {words.moved(record['place_change_years'])}, in "
        f"similar places it {words.moved(record['similar_change_years'])}: {apart}"
    )


def _settings(similar: list[str], record: pd.Series | None) -> str:
    if not similar:
        return "England's figures stand in for a case of the whole country."
    compared = ""
    if record is not None:
        compared = (
            f" Difference in change, {record['baseline_period']} to {record['latest_period']}: "
            f"{words.signed(record['difference_years'])} years (95% interval of one place against {len(similar)}: "
            f"{words.interval(record['difference_lci_95'], record['difference_uci_95'])})."
        )
    return f"Similar places: nearest average IMD 2025 score, whatever the region: {'; '.join(similar)}.{compared}"


def _record_table(rows: Sequence[_Record], place: str, *, similar: bool) -> pd.DataFrame:
    headings = {
        f"{place} (years)": "place_years",
        "Lower 95% limit": "place_lci_95",
        "Upper 95% limit": "place_uci_95",
        **({"Similar places (years)": "similar_years"} if similar else {}),
    }
    figures = {heading: np.round([row[name] for row in rows], 2) for heading, name in headings.items()}
    return pd.DataFrame({"Period": [row["period"] for row in rows], **figures})


def _record_caveats(record: pd.Series | None, *, similar: bool) -> tuple[str, ...]:
    caveats = [WHAT_IT_SHOWS] if similar else []
    if record is not None:
        caveats.append(
            "The interval is as wide as places of like deprivation differ among themselves, by sampling and by ordinary ups "
            "and downs; one comparison in twenty falls outside it by luck."
        )
        if not record["baseline_is_before"]:
            caveats.append(
                f"The series starts with {record['baseline_period']}, after the action began or in its first years: what changed "
                "before that is not seen."
            )
    caveats.append("Neighbouring periods share two of their three years, so they do not move independently.")
    return tuple(caveats)
