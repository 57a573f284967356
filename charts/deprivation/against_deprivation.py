"""Chart `against-deprivation`: healthy life expectancy of every authority against what its deprivation predicts."""

from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd

from charts.deprivation.names import on_two_lines
from charts.kit import words
from charts.kit.chart import IMD_2025, Chart, file_name, source_line
from charts.kit.drawing import Drawing
from charts.kit.marks import Mark, axis, line, note, points, tinted
from charts.kit.palette import LIGHT, Palette
from charts.kit.table import Record, each, figures, intervals, yes_or_no
from charts.kit.theme import drawn

PREDICTED = "Predicted by a straight line through all authorities, weighted by how certain each figure is."


def against_deprivation(
    rows: pd.DataFrame, scores: pd.DataFrame, *, selected: str, build: str, palette: Palette = LIGHT
) -> Chart:
    """HLE in years against the IMD 2025 score (high is more deprived), with the line that deprivation predicts.

    `rows`: table `residuals`, one sex and period; `scores`: table `deprivation`; `selected`: code of a place to mark, or "".
    """
    places = _with_scores(rows, scores)
    who, period = words.people(str(places[0]["sex"])), str(places[0]["period"])
    return Chart(
        id="deprivation-places",
        drawing=_drawing(places, selected, palette),
        title=_title(places, who, selected),
        subtitle=f"Healthy life expectancy at birth against deprivation, {len(places)} authorities, {who}, {period}, years. The "
        "axis does not start at zero",
        settings=PREDICTED,
        source=source_line(release=str(places[0]["release"]), build=build, extra=IMD_2025),
        alt=_alt(places, who, period),
        table=_table(places),
        caveats=(
            "An authority stands out only if its distance from the line is more than noise explains, allowing for the fact that "
            "151 are looked at (false discovery rate 5%).",
            "Single authorities are uncertain: the usual 95% interval is 7 to 8 years wide, so most distances from the line could "
            "be chance.",
            "Standing out does not prove good or bad work: age, migration, and how people rate their health differ too.",
        ),
        file_stem=file_name("deprivation-places", who, period),
    )


def _with_scores(rows: pd.DataFrame, scores: pd.DataFrame) -> Sequence[Record]:
    """The authorities with their scores, the least deprived first."""
    score_of = dict(zip(scores["area_code"], scores["imd_score"], strict=True))
    found = (row for row in rows.to_dict("records") if row["area_code"] in score_of)
    places = [{**row, "imd_score": score_of[row["area_code"]]} for row in found]
    return [places[at] for at in np.argsort([one["imd_score"] for one in places])]


def _drawing(places: Sequence[Record], selected: str, palette: Palette) -> Drawing:
    first, last = places[0], places[-1]
    named = [one for one in places if one["stands_out"] or one["area_code"] == selected]
    middle = float(first["imd_score"] + last["imd_score"]) / 2
    [years] = each(places, "hle_years")
    layout = {
        "annotations": [_name(one, palette, right=one["imd_score"] > middle) for one in named],
        "xaxis": axis("\N{LEFTWARDS ARROW} More deprived (deprivation score)", showgrid=True, autorange="reversed"),
        # room for a name above or below a point
        "yaxis": axis("Healthy life expectancy, years", range=[min(years) - 2.5, max(years) + 2.5]),
    }
    predicted = line(
        *each((first, last), "imd_score", "expected_hle_years"),
        name="Predicted by deprivation",
        colour=palette.ink,
        dash="dash",
        hover=[first["area_name"], last["area_name"]],
    )
    return drawn([predicted, *_groups(places, selected, palette)], palette, height=520, layout=layout)


def _groups(places: Sequence[Record], selected: str, palette: Palette) -> list[Mark]:
    """Points of the authorities by whether they stand out, and of the chosen place; a group without any is left out."""
    better, worse = (_standing_out(places, sign) for sign in (1, -1))
    others = [one for one in places if not one["stands_out"]]
    chosen = [one for one in places if one["area_code"] == selected]
    looks = (
        (others, "Within what noise explains", tinted(palette.quiet, 0.55), "circle", 9, 0),
        (better, "Better than predicted", palette.better_off, "triangle-up", 18, 0),
        (worse, "Worse than predicted", palette.worse_off, "triangle-down", 18, 0),
        (chosen, "Chosen place", palette.needed, "circle-open", 20, 3),
    )
    return [
        _points(group, name, {"size": size, "color": colour, "symbol": symbol, "line": {"width": edge}})
        for group, name, colour, symbol, size, edge in looks
        if group
    ]


def _points(places: Sequence[Record], name: str, marker: Mark) -> Mark:
    return points(
        *each(places, "imd_score", "hle_years"),
        hover="<b>%{customdata[0]}</b><br>%{y:.1f} years, %{customdata[1]} against predicted<br>IMD score %{x:.1f}",
        name=name,
        marker=marker,
        customdata=[(one["area_name"], words.signed(one["residual_years"])) for one in places],
    )


def _name(one: Record, palette: Palette, *, right: bool) -> Mark:
    above = one["residual_years"] > 0
    colour = palette.better_off if above else palette.worse_off
    return note(
        one["imd_score"],
        one["hle_years"],
        f"<b>{on_two_lines(one['area_name'])}</b> {words.signed(one['residual_years'])}",
        xanchor="center" if right else "right",
        xshift=0 if right else 26,
        yanchor="bottom" if above else "top",
        yshift=12 if above else -12,
        size=16,
        colour=colour if one["stands_out"] else palette.needed,
        bgcolor=tinted(palette.paper, 0.8),
    )


def _standing_out(places: Iterable[Record], sign: int) -> list[Record]:
    """The authorities clearly above (sign 1) or below (sign -1) the line."""
    return [one for one in places if one["stands_out"] and one["residual_years"] * sign > 0]


def _furthest_first(places: Iterable[Record]) -> list[Record]:
    return sorted(places, key=lambda one: one["residual_z"], reverse=True)


def _title(places: Sequence[Record], who: str, selected: str) -> str:
    chosen = next((one for one in places if one["area_code"] == selected), None)
    if chosen is None:
        return f"{who.capitalize()}: {_finding(places)}"
    clearly = "clearly " if chosen["stands_out"] else ""
    more = "more" if chosen["residual_years"] > 0 else "fewer"
    return (
        f"{chosen['area_name']}, {who}: {words.number(chosen['hle_years'])} healthy years, {clearly}"
        f"{words.number(abs(chosen['residual_years']))} {more} than deprivation predicts"
    )


def _finding(places: Sequence[Record]) -> str:
    ordered, count = _furthest_first(places), len(places)
    sides = {side: _standing_out(ordered, sign) for side, sign in (("better", 1), ("worse", -1))}
    found = [(side, one) for side, ones in sides.items() for one in ones]
    if not found:
        return f"none of {count} authorities does clearly better or worse than predicted"
    if len(found) == 1:
        side, only = found[0]
        return f"only {only['area_name']} does clearly {side} than predicted, by {words.years(abs(only['residual_years']))}"
    counted = " and ".join(f"{len(ones)} clearly {side}" for side, ones in sides.items() if ones)
    return f"{counted} than predicted, of {count} authorities"


def _alt(places: Sequence[Record], who: str, period: str) -> str:
    first, last = places[0], places[-1]
    [years] = each(places, "hle_years")
    out = ", ".join(
        f"{one['area_name']} {words.years(abs(one['residual_years']))} "
        f"{'above' if one['residual_years'] > 0 else 'below'} the line"
        for one in places
        if one["stands_out"]
    )
    return (
        f"Scatter of {len(places)} authorities, {who}, {period}. Healthy life expectancy ranges from "
        f"{words.number(min(years))} to {words.number(max(years))} years and falls as deprivation "
        f"rises: the line predicts {words.number(first['expected_hle_years'])} in {first['area_name']}, the "
        f"least deprived, and {words.number(last['expected_hle_years'])} in {last['area_name']}, the most "
        f"deprived. Standing out: {out or 'none'}."
    )


def _table(places: Sequence[Record]) -> pd.DataFrame:
    ordered = _furthest_first(places)
    return figures(
        ordered,
        {
            "Authority": "area_name",
            "Deprivation score": "imd_score",
            "HLE (years)": "hle_years",
            "Predicted (years)": "expected_hle_years",
            "Against predicted (years)": "residual_years",
            "95% interval": intervals(ordered, "residual"),
            "Stands out": yes_or_no(one["stands_out"] for one in ordered),
        },
    )
