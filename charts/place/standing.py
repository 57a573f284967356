"""Where one place stands: against England, what deprivation predicts and the floor; which ranks it may hold."""

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from charts.kit import words
from charts.kit.chart import Chart, file_name, source_line
from charts.kit.marks import tinted
from charts.kit.palette import LIGHT, Palette
from charts.kit.theme import drawn
from charts.place.rows import Row, dotted_rows, span
from pipeline.answers.place.profile import Place, Task

IMD = "Index of Multiple Deprivation 2025: Ministry of Housing, Communities and Local Government."


def place_standing(
    latest: pd.DataFrame,
    place: Place,
    task: Task,
    *,
    expected_hle_years: float,
    settings: str,
    build: str,
    palette: Palette = LIGHT,
) -> Chart:
    """Return the place, its region and England with intervals, what deprivation predicts, and the floor.

    Args:
        latest: rows of the latest period of `pipeline.answers.place.profile.lines` of table `hle`.
        place: the place.
        task: what halving asks of it.
        expected_hle_years: what its deprivation predicts; NaN for a place that is no authority.
        settings: definition, baseline and target behind the floor.
        build: build id.
        palette: colours.
    """
    colours = {place.code: palette.gap, place.within[-1][0]: palette.england}
    areas = latest.to_dict("records")
    rows = [
        Row(
            name=str(area["area_name"]),
            value=float(area["hle_years"]),
            lower=float(area["hle_lci_95"]),
            upper=float(area["hle_uci_95"]),
            colour=colours.get(str(area["area_code"]), palette.better_off),
            bold=area["area_code"] == place.code,
        )
        for area in areas
    ]
    if not pd.isna(expected_hle_years):
        rows.append(
            Row(name="Predicted by deprivation", value=expected_hle_years, colour=palette.needed, symbol="diamond")
        )
    rows.append(Row(name="Floor: halving asks", value=task.floor_years, colour=palette.target, symbol="square"))
    lowest, highest = span(rows)
    drawing = dotted_rows(
        rows,
        palette=palette,
        x_title="Years",
        x_range=(lowest - 1.2, highest + 1.2),
        at=task.floor_years,
        at_line={"color": palette.target, "width": 2, "dash": "dash"},
    )
    first = areas[0]
    who, period = words.people(str(first["sex"])), str(first["period"])
    return Chart(
        id="place-standing",
        drawing=drawing,
        title=f"{place.name}, {who}: {_finding(task)}",
        subtitle=f"Healthy life expectancy at birth, {who}, {period}, years, with 95% intervals. The axis does not start at zero",
        settings=settings,
        source=source_line(
            release=str(first["release"]), build=build, extra="" if pd.isna(expected_hle_years) else IMD
        ),
        alt=(
            f"Rows of points for {who}, {period}, years: "
            + "; ".join(f"{row.name} {words.with_interval(row.value, row.lower, row.upper)}" for row in rows)
            + f". Values run from {words.number(lowest)} to {words.number(highest)}."
        ),
        table=pd.DataFrame(
            {
                "Row": [row.name for row in rows],
                "Years": [round(row.value, 2) for row in rows],
                "Lower 95% limit": [round(row.lower, 2) for row in rows],
                "Upper 95% limit": [round(row.upper, 2) for row in rows],
            }
        ),
        caveats=(
            "The floor is the same for every place: the richest end as it was at the baseline, minus half the gap. It moves "
            "with the definition of the gap.",
        ),
        file_stem=file_name("place-standing", place.name, who, period),
    )


def _finding(task: Task) -> str:
    if task.shortfall_years == 0:
        return f"at or above the floor of {words.years(task.floor_years)}"
    sure = "" if task.surely_below else ", though its interval reaches the floor"
    return f"{words.years(task.shortfall_years)} below the floor of {words.number(task.floor_years)}{sure}"


def place_ranks(rows: pd.DataFrame, place: Place, *, of: int, build: str, palette: Palette = LIGHT) -> Chart:
    """Return the ranks that an authority may hold, women and men, on a scale from the highest to the lowest HLE.

    Args:
        rows: rows of table `places` of the authority, one per sex.
        place: the authority.
        of: how many authorities are ranked.
        build: build id.
        palette: colours.
    """
    lowest_fifth = of - round(of / 5) + 1
    ranked = rows.to_dict("records")
    drawing = drawn(
        [_rank_bar(row, of, palette) for row in ranked],
        palette,
        height=230,
        layout={
            "margin": {"t": 34, "r": 36},  # room for the last rank, which is left out where it does not fit
            "shapes": [
                {
                    "type": "rect",
                    "x0": lowest_fifth - 0.5,
                    "x1": of + 0.5,
                    "xref": "x",
                    "y0": 0,
                    "y1": 1,
                    "yref": "y domain",
                    "fillcolor": tinted(palette.worse_off, 0.18),
                    "line": {"width": 0},
                    "layer": "below",
                }
            ],
            "annotations": [
                *(_rank_words(row, of, palette) for row in ranked),
                {
                    "x": of + 0.5,
                    "y": 1,
                    "yref": "paper",
                    "yanchor": "bottom",
                    "xanchor": "right",
                    "text": "Lowest fifth",
                    "showarrow": False,
                },
            ],
            "xaxis": {
                "range": [0.5, of + 0.5],
                "tickvals": [1, of],
                "ticktext": ["1st<br>highest", f"{_ordinal(of)}<br>lowest"],
            },
            "yaxis": {"autorange": "reversed", "showgrid": False},
        },
    )
    said = [
        f"{words.people(str(row['sex']))} {_ordinal(row['rank_lci_95'])} to {_ordinal(row['rank_uci_95'])}, "
        f"{words.percent(float(row['p_lowest_fifth']))} chance of the lowest fifth"
        for row in ranked
    ]
    period = str(ranked[0]["period"])
    by_sex = {words.people(str(row["sex"])): words.percent(float(row["p_lowest_fifth"])) for row in ranked}
    chances = (
        " and ".join(f"{chance} for {who}" for who, chance in by_sex.items())
        if len(set(by_sex.values())) > 1
        else f"{next(iter(by_sex.values()))} for {' and '.join(by_sex)}"
    )
    return Chart(
        id="place-ranks",
        drawing=drawing,
        title=f"{place.name}: the chance of being among the lowest fifth of authorities is {chances}",
        subtitle=f"Ranks by healthy life expectancy at birth that fit the figures, {period}, 95% intervals",
        settings=f"Rank among {of} authorities, 1st being the highest; from 10,000 simulated sets of figures.",
        source=source_line(release=str(ranked[0]["release"]), build=build),
        alt=f"Two bars of possible ranks among {of} authorities, {period}: {'; '.join(said)}.",
        table=pd.DataFrame(
            {
                "For": [words.people(str(sex)).capitalize() for sex in rows["sex"].tolist()],
                "Best rank (95%)": rows["rank_lci_95"].to_list(),
                "Worst rank (95%)": rows["rank_uci_95"].to_list(),
                "Probability of the lowest fifth": rows["p_lowest_fifth"].round(4).to_list(),
            }
        ),
        caveats=(
            "A single rank is not given: the figures are too uncertain to tell most authorities apart.",
            "The published figures already carry chance and the simulation adds it again, so the ranges are a little too wide.",
        ),
        file_stem=file_name("place-ranks", place.name, period),
    )


def _rank_bar(row: Mapping[Hashable, Any], of: int, palette: Palette) -> dict[str, Any]:
    name = words.people(str(row["sex"])).capitalize()
    return {
        "type": "bar",
        "x": [row["rank_uci_95"] - row["rank_lci_95"] + 1],
        "base": [row["rank_lci_95"] - 0.5],
        "y": [name],
        "name": name,
        "orientation": "h",
        "width": 0.45,
        "marker": {"color": palette.gap},
        "text": [f"<b>{_ordinal(row['rank_lci_95'])} to {_ordinal(row['rank_uci_95'])}</b>"],
        "textposition": "none",
        "hovertemplate": f"{name}: %{{text}} of {of}<extra></extra>",
        "showlegend": False,
    }


def _rank_words(row: Mapping[Hashable, Any], of: int, palette: Palette) -> dict[str, Any]:
    return {
        "x": (row["rank_lci_95"] + row["rank_uci_95"]) / 2,
        "y": words.people(str(row["sex"])).capitalize(),
        "yshift": 26,
        "text": f"<b>{_ordinal(row['rank_lci_95'])} to {_ordinal(row['rank_uci_95'])}</b>",
        "showarrow": False,
        "xanchor": "right" if row["rank_uci_95"] > 0.8 * of else "left" if row["rank_lci_95"] < 0.2 * of else "center",
        "font": {"size": 16, "color": palette.ink},
    }


def _ordinal(rank: float) -> str:
    number = int(rank)
    ending = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"
