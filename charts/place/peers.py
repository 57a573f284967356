"""One place among places like it, and against what its deprivation predicts."""

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from charts.kit import words
from charts.kit.chart import Chart, file_name, source_line
from charts.kit.palette import LIGHT, Palette
from charts.place.rows import Row, dotted_rows, span
from charts.place.standing import IMD
from pipeline.answers.place.profile import Peers, Place


def place_peers(peers: Peers, place: Place, *, build: str, palette: Palette = LIGHT) -> Chart:
    """Return a place and its peers with their intervals, highest first.

    Args:
        peers: the rows, and which peers are clearly higher or lower.
        place: the place.
        build: build id.
        palette: colours.
    """
    signs = {
        1: (palette.better_off, "triangle-up"),
        -1: (palette.worse_off, "triangle-down"),
        0: (palette.quiet, "circle"),
    }
    clearly = peers.clearly.to_dict()
    areas = peers.rows.to_dict("records")
    rows = []
    for area in areas:
        own = area["area_code"] == place.code
        colour, symbol = (palette.gap, "diamond") if own else signs[clearly[area["area_code"]]]
        rows.append(
            Row(
                name=str(area["area_name"]),
                value=float(area["hle_years"]),
                lower=float(area["hle_lci_95"]),
                upper=float(area["hle_uci_95"]),
                colour=colour,
                symbol=symbol,
                bold=own,
                note=f"<br>95% interval {words.interval(area['hle_lci_95'], area['hle_uci_95'])}",
            )
        )
    lowest, highest = span(rows)
    drawing = dotted_rows(rows, palette=palette, x_title="Years", x_range=(lowest - 1, highest + 1), row_height=42)
    first = areas[0]
    who, period = words.people(str(first["sex"])), str(first["period"])
    higher, lower = (sum(one == sign for one in clearly.values()) for sign in (1, -1))
    words_for = {1: "clearly longer", -1: "clearly shorter", 0: "not clearly different"}
    return Chart(
        id="place-peers",
        drawing=drawing,
        title=f"{place.name}, {who}: of {len(clearly)} {_kind(place)}, {_count(higher)} clearly more years in good health, "
        f"{_count(lower)} clearly fewer",
        subtitle=f"Healthy life expectancy at birth, {who}, {period}, years, with 95% intervals. The axis does not start at zero",
        settings=f"{peers.how} \N{BLACK UP-POINTING TRIANGLE} clearly higher than {place.name}, "
        "\N{BLACK DOWN-POINTING TRIANGLE} clearly lower, \N{BLACK CIRCLE} not clearly different.",
        source=source_line(release=str(first["release"]), build=build, extra=IMD if place.area_type == "utla" else ""),
        alt=(
            f"Rows of points for {who}, {period}, highest first, from {words.number(rows[0].value)} years in {rows[0].name} to "
            f"{words.number(rows[-1].value)} in {rows[-1].name}. {place.name} is number "
            f"{[row.bold for row in rows].index(True) + 1} of {len(rows)} in this list; {higher} are clearly higher and {lower} "
            "clearly lower."
        ),
        table=pd.DataFrame(
            {
                "Place": [row.name for row in rows],
                "Years": [round(row.value, 2) for row in rows],
                "Lower 95% limit": [round(row.lower, 2) for row in rows],
                "Upper 95% limit": [round(row.upper, 2) for row in rows],
                f"Against {place.name}": [
                    "the place itself" if area["area_code"] == place.code else words_for[clearly[area["area_code"]]]
                    for area in areas
                ],
            }
        ),
        caveats=(
            "Like in deprivation is not like in everything: age, migration, work and how people rate their health differ too.",
            "With ten comparisons, one may look clear by chance.",
        ),
        file_stem=file_name("place-peers", place.name, who, period),
    )


def _kind(place: Place) -> str:
    return {"region": "other regions", "combined-authority": "other combined authorities"}.get(
        place.area_type, "authorities of like deprivation"
    )


def _count(number: int) -> str:
    return "none has" if number == 0 else "one has" if number == 1 else f"{number} have"


def place_residuals(rows: pd.DataFrame, place: Place, *, held: bool, build: str, palette: Palette = LIGHT) -> Chart:
    """Return how far a place was from what its deprivation predicts, in periods that share no year.

    Args:
        rows: rows of table `residuals` of the place, one sex.
        place: the place.
        held: whether it was on the same side in every period.
        build: build id.
        palette: colours.
    """
    ordered = sorted(rows.to_dict("records"), key=lambda row: row["period_start"], reverse=True)
    points = [
        Row(
            name=str(row["period"]),
            value=float(row["residual_years"]),
            lower=float(row["residual_lci_95"]),
            upper=float(row["residual_uci_95"]),
            colour=(palette.better_off if row["residual_years"] > 0 else palette.worse_off)
            if row["stands_out"]
            else palette.quiet,
            symbol="circle" if row["stands_out"] else "circle-open",
            bold=position == 0,
            said=words.signed(float(row["residual_years"])),
        )
        for position, row in enumerate(ordered)
    ]
    lowest, highest = span(points)
    drawing = dotted_rows(
        points,
        palette=palette,
        x_title="Years above (+) or below (\N{MINUS SIGN}) prediction",
        x_range=(min(lowest, 0) - 0.8, max(highest, 0) + 0.8),
        at=0,
        at_line={"color": palette.ink, "width": 2},
    )
    latest = ordered[0]
    who = words.people(str(latest["sex"]))
    return Chart(
        id="place-residuals",
        drawing=drawing,
        title=f"{place.name}, {who}: {_residual_finding(latest, held=held)}",
        subtitle=f"Healthy life expectancy minus what deprivation predicts, {who}, periods without a common year, years, with 95% "
        "intervals",
        settings="Predicted by a straight line through all authorities, weighted by how certain each figure is. A filled point is "
        "more than noise (false discovery rate 5%).",
        source=source_line(release=str(latest["release"]), build=build, extra=IMD),
        alt=(
            f"Points for {who}, years from what deprivation predicts: "
            + "; ".join(
                f"{row.name} {words.signed(row.value)} ({words.interval(row.lower, row.upper)})" for row in points
            )
            + "."
        ),
        table=pd.DataFrame(
            {
                "Period": [row.name for row in points],
                "Years from prediction": [round(row.value, 2) for row in points],
                "Lower 95% limit": [round(row.lower, 2) for row in points],
                "Upper 95% limit": [round(row.upper, 2) for row in points],
                "More than noise": ["yes" if row["stands_out"] else "no" for row in ordered],
            }
        ),
        caveats=(
            "Deprivation is that of the 2025 index in every period.",
            "By luck alone about one authority in eight is on the same side in all four periods.",
        ),
        file_stem=file_name("place-residuals", place.name, who, str(latest["period"])),
    )


def _residual_finding(latest: Mapping[Hashable, Any], *, held: bool) -> str:
    value = float(latest["residual_years"])
    side = "above" if value > 0 else "below"
    lasting = f", and {side} in every period" if held else ""
    size = f"{words.years(abs(value))} {side} what deprivation predicts"
    if latest["stands_out"]:
        return f"{size}, more than noise explains{lasting}"
    return f"{size}, which may be noise{lasting}"
