"""Authorities against what their deprivation predicts: who does better or worse, and whether it lasted."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from charts.kit import words
from charts.kit.chart import Chart, file_name, source_line
from charts.kit.marks import error_bars, line, tinted
from charts.kit.palette import LIGHT, Palette
from charts.kit.theme import drawn

IMD = "Index of Multiple Deprivation 2025: Ministry of Housing, Communities and Local Government."
PREDICTED = "Predicted by a straight line through all authorities, weighted by how certain each figure is."
_WIDE_NAME = 16
_Record = Mapping[Hashable, Any]


def against_deprivation(
    rows: pd.DataFrame, scores: pd.DataFrame, *, selected: str, build: str, palette: Palette = LIGHT
) -> Chart:
    """Return every authority's HLE against its IMD score, with the line that deprivation predicts.

    Args:
        rows: rows of table `residuals` of one sex and period.
        scores: table `deprivation`.
        selected: code of a place to mark, or "".
        build: build id for the source line.
        palette: colours.
    """
    places = _with_scores(rows, scores)
    first, last = places[0], places[-1]
    better, worse = (
        [one for one in places if one["stands_out"] and one["residual_years"] * sign > 0] for sign in (1, -1)
    )
    apart = {one["area_code"] for one in (*better, *worse)}
    chosen = [one for one in places if one["area_code"] == selected]
    traces = [
        line(
            [first["imd_score"], last["imd_score"]],
            [first["expected_hle_years"], last["expected_hle_years"]],
            name="Predicted by deprivation",
            colour=palette.ink,
            dash="dash",
            hover=[first["area_name"], last["area_name"]],
        ),
        *(
            _points(points, name, {"size": size, "color": colour, "symbol": symbol, "line": {"width": edge}})
            for points, name, colour, symbol, size, edge in (
                (
                    [one for one in places if one["area_code"] not in apart],
                    "Within what noise explains",
                    tinted(palette.quiet, 0.55),
                    "circle",
                    9,
                    0,
                ),
                (better, "Better than predicted", palette.better_off, "triangle-up", 18, 0),
                (worse, "Worse than predicted", palette.worse_off, "triangle-down", 18, 0),
                (chosen, "Chosen place", palette.needed, "circle-open", 20, 3),
            )
            if points
        ),
    ]
    middle = float(first["imd_score"] + last["imd_score"]) / 2
    lowest, highest = (end(one["hle_years"] for one in places) for end in (min, max))
    drawing = drawn(
        traces,
        palette,
        height=520,
        layout={
            "annotations": [
                _place_name(one, palette, right=one["imd_score"] < middle)
                for one in places
                if one["area_code"] in apart or one["area_code"] == selected
            ],
            "xaxis": {
                "showgrid": True,
                "title": {"text": "Deprivation score (right: more deprived)", "font": {"size": 15}},
            },
            "yaxis": {
                "range": [lowest - 2.5, highest + 2.5],  # room for a name above or below a point
                "title": {"text": "Healthy life expectancy, years", "font": {"size": 15}},
            },
        },
    )
    who, period = words.people(str(first["sex"])), str(first["period"])
    return Chart(
        id="deprivation-places",
        drawing=drawing,
        title=f"{who.capitalize()}: {_finding(places)}",
        subtitle=f"Healthy life expectancy at birth against deprivation, {len(places)} authorities, {who}, {period}, years. The "
        "axis does not start at zero",
        settings=PREDICTED,
        source=source_line(release=str(first["release"]), build=build, extra=IMD),
        alt=(
            f"Scatter of {len(places)} authorities, {who}, {period}. Healthy life expectancy ranges from "
            f"{words.number(lowest)} to {words.number(highest)} years and falls as deprivation "
            f"rises: the line predicts {words.number(first['expected_hle_years'])} in {first['area_name']}, the "
            f"least deprived, and {words.number(last['expected_hle_years'])} in {last['area_name']}, the most "
            f"deprived. Standing out: {_listed([one for one in places if one['stands_out']]) or 'none'}."
        ),
        table=_places_table(places),
        caveats=(
            "An authority stands out only if its distance from the line is more than noise explains, allowing for the fact that "
            "151 are looked at (false discovery rate 5%).",
            "Single authorities are uncertain: the usual 95% interval is 7 to 8 years wide, so most distances from the line could "
            "be chance.",
            "Standing out is no proof of good or bad work: age, migration, and how people rate their health differ too.",
        ),
        file_stem=file_name("deprivation-places", who, period),
    )


def _short(name: str) -> str:
    """Return a long name on two lines."""
    if len(name) <= _WIDE_NAME:
        return name
    middle = min((i for i, letter in enumerate(name) if letter == " "), key=lambda i: abs(i - len(name) / 2))
    return f"{name[:middle]}<br>{name[middle + 1 :]}"


def _listed(places: Sequence[_Record]) -> str:
    return ", ".join(
        f"{one['area_name']} {words.years(abs(one['residual_years']))} "
        f"{'above' if one['residual_years'] > 0 else 'below'} the line"
        for one in places
    )


def _finding(places: Sequence[_Record]) -> str:
    out = _furthest_first(one for one in places if one["stands_out"])
    if not out:
        return f"none of {len(places)} authorities does clearly better or worse than its deprivation predicts"
    if len(out) == 1:
        only = out[0]
        side = "better" if only["residual_years"] > 0 else "worse"
        return (
            f"of {len(places)} authorities only {only['area_name']} does clearly {side} than its deprivation predicts, by "
            f"{words.years(abs(only['residual_years']))}"
        )
    sides = {
        "better": [one["area_name"] for one in out if one["residual_years"] > 0],
        "worse": [one["area_name"] for one in out if one["residual_years"] < 0],
    }
    counted = " and ".join(
        f"{len(names)} clearly {side} ({', '.join(names[:3])}{', ...' if len(names) > 3 else ''})"
        for side, names in sides.items()
        if names
    )
    return f"of {len(places)} authorities, {counted} than deprivation predicts"


def _furthest_first(places: Iterable[_Record]) -> list[_Record]:
    return sorted(places, key=lambda one: one["residual_z"], reverse=True)


def _places_table(places: Sequence[_Record]) -> pd.DataFrame:
    ordered = _furthest_first(places)
    figures = {
        "Deprivation score": "imd_score",
        "HLE (years)": "hle_years",
        "Predicted (years)": "expected_hle_years",
        "Against predicted (years)": "residual_years",
    }
    return pd.DataFrame(
        {
            "Authority": [one["area_name"] for one in ordered],
            **{heading: np.round([one[name] for one in ordered], 2) for heading, name in figures.items()},
            "95% interval": [words.interval(one["residual_lci_95"], one["residual_uci_95"]) for one in ordered],
            "Stands out": ["yes" if one["stands_out"] else "no" for one in ordered],
        }
    )


def _with_scores(rows: pd.DataFrame, scores: pd.DataFrame) -> list[_Record]:
    """Return the authorities with their scores, the least deprived first."""
    score_of = dict(zip(scores["area_code"].tolist(), scores["imd_score"].tolist(), strict=True))
    places = [
        {**row, "imd_score": score_of[row["area_code"]]}
        for row in rows.to_dict("records")
        if row["area_code"] in score_of
    ]
    return [places[at] for at in np.argsort([one["imd_score"] for one in places]).tolist()]


def _points(points: Sequence[_Record], name: str, marker: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "type": "scatter",
        "x": [one["imd_score"] for one in points],
        "y": [one["hle_years"] for one in points],
        "mode": "markers",
        "name": name,
        "marker": marker,
        "customdata": [(one["area_name"], words.signed(one["residual_years"])) for one in points],
        "hovertemplate": "<b>%{customdata[0]}</b><br>%{y:.1f} years, %{customdata[1]} against predicted<br>"
        "IMD score %{x:.1f}<extra></extra>",
    }


def _place_name(one: _Record, palette: Palette, *, right: bool) -> dict[str, Any]:
    above = one["residual_years"] > 0
    colour = palette.better_off if above else palette.worse_off
    return {
        "x": one["imd_score"],
        "y": one["hle_years"],
        "text": f"<b>{_short(one['area_name'])}</b> {words.signed(one['residual_years'])}",
        "showarrow": False,
        "xanchor": "left" if right else "right",
        "xshift": -6 if right else 26,
        "yanchor": "bottom" if above else "top",
        "yshift": 12 if above else -12,
        "font": {"size": 16, "color": colour if one["stands_out"] else palette.needed},
        "bgcolor": tinted(palette.paper, 0.8),
    }


def lasting(rows: pd.DataFrame, held: pd.Series, *, build: str, palette: Palette = LIGHT) -> Chart:
    """Return the authorities furthest from what deprivation predicts, in every period without a common year.

    Args:
        rows: rows of table `residuals` of one sex for some authorities, all periods, authorities in the order in which
            they stand.
        held: area_code -> whether the residual had one sign in all periods.
        build: build id for the source line.
        palette: colours.
    """
    places = rows.to_dict("records")
    end = max(one["period_end"] for one in places)
    latest = [one for one in places if one["period_end"] == end]
    earlier = [one for one in places if one["period_end"] < end]
    stayed = held.to_dict()
    kept = [bool(stayed[one["area_code"]]) for one in latest]
    traces = [
        {
            "type": "scatter",
            "x": [one["residual_years"] for one in earlier],
            "y": [_short(one["area_name"]) for one in earlier],
            "mode": "markers",
            "name": "Earlier periods",
            "marker": {"size": 10, "symbol": "circle-open", "color": palette.quiet, "line": {"width": 2}},
            "customdata": [one["period"] for one in earlier],
            "hovertemplate": "%{y}<br>%{customdata}: <b>%{x:+.1f} years</b><extra></extra>",
        }
    ]
    for same_side, name, symbol in (
        (True, "Latest, same side every time", "circle"),
        (False, "Latest, not every time", "x"),
    ):
        points = [one for one, on_side in zip(latest, kept, strict=True) if on_side is same_side]
        if points:
            traces.append(_latest(points, name, symbol, palette))
    drawing = drawn(
        traces,
        palette,
        height=110 + 42 * len(latest),
        layout={
            "xaxis": {
                "zeroline": True,
                "zerolinewidth": 2,
                "showgrid": True,
                "title": {"text": "Years above or below predicted", "font": {"size": 15}},
            },
            "yaxis": {
                "categoryorder": "array",
                "categoryarray": [_short(one["area_name"]) for one in latest][::-1],
                "showgrid": True,
            },
        },
    )
    by_distance = sorted(latest, key=lambda one: one["residual_years"])
    who, period = words.people(str(latest[0]["sex"])), str(latest[0]["period"])
    periods = len({one["period"] for one in places})
    always = [one["area_name"] for one, on_side in zip(latest, kept, strict=True) if on_side]
    return Chart(
        id="deprivation-lasting",
        drawing=drawing,
        title=(
            f"{who.capitalize()}: of the {len(latest)} authorities furthest from what deprivation predicts, {len(always)} "
            f"were on the same side in all {periods} periods"
        ),
        subtitle=f"Healthy life expectancy at birth minus what deprivation predicts, {who}, years, {period} with 95% interval and "
        f"{periods - 1} earlier periods",
        settings="Periods without a common year. Deprivation is that of 2025 in every period.",
        source=source_line(release=str(latest[0]["release"]), build=build, extra=IMD),
        alt=(
            f"Dot chart for {who}: {len(latest)} authorities by their distance from what deprivation predicts in {period}, from "
            f"{words.signed(by_distance[-1]['residual_years'])} years in {latest[0]['area_name']} to "
            f"{words.signed(by_distance[0]['residual_years'])} in "
            f"{by_distance[0]['area_name']}, each with its earlier periods. On the same side every "
            f"time: {', '.join(always) or 'none'}."
        ),
        table=_lasting_table(places, latest, kept),
        caveats=(
            "By chance alone one authority in eight would be on the same side in all four periods.",
            "Those furthest away in the latest period are partly there by luck, so their distance tends to shrink later.",
        ),
        file_stem=file_name("deprivation-lasting", who, period),
    )


def _latest(points: Sequence[_Record], name: str, symbol: str, palette: Palette) -> dict[str, Any]:
    values, lower, upper = (
        [one[column] for one in points] for column in ("residual_years", "residual_lci_95", "residual_uci_95")
    )
    return {
        "type": "scatter",
        "x": values,
        "y": [_short(one["area_name"]) for one in points],
        "mode": "markers",
        "name": name,
        "marker": {
            "size": 14,
            "symbol": symbol,
            "color": [palette.better_off if value > 0 else palette.worse_off for value in values],
        },
        "error_x": error_bars(values, lower, upper, palette.quiet),
        "customdata": [one["period"] for one in points],
        "hovertemplate": "%{y}<br>%{customdata}: <b>%{x:+.1f} years</b><extra></extra>",
    }


def _lasting_table(places: Sequence[_Record], latest: Sequence[_Record], kept: Sequence[bool]) -> pd.DataFrame:
    value_of = {(one["area_code"], one["period"]): one["residual_years"] for one in places}
    periods = sorted({str(one["period"]) for one in places})
    return pd.DataFrame(
        {
            "Authority": [one["area_name"] for one in latest],
            **{
                f"{period} (years)": np.round([value_of.get((one["area_code"], period), np.nan) for one in latest], 2)
                for period in periods
            },
            "95% interval, latest": [words.interval(one["residual_lci_95"], one["residual_uci_95"]) for one in latest],
            "Same side every time": ["yes" if on_side else "no" for on_side in kept],
        }
    )
