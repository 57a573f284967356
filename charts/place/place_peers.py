"""Chart `place-peers`: one place among places like it."""

from collections.abc import Collection, Sequence

import pandas as pd

from charts.kit import words
from charts.kit.chart import IMD_2025, Chart, file_name, source_line
from charts.kit.palette import LIGHT, Palette
from charts.kit.table import Record, figures, intervals, limits
from charts.place.rows import Row, dotted_rows, row_of, span
from pipeline.answers.place.profile import Peers, Place
from pipeline.areas import GROUP

_AGAINST = {1: "clearly longer", -1: "clearly shorter", 0: "not clearly different"}
_NEIGHBOURS = "ONS neighbours"
_KINDS = {"region": "other regions", "combined-authority": "other combined authorities", GROUP: "combined authorities"}


def place_peers(peers: Peers, place: Place, *, build: str, palette: Palette = LIGHT) -> Chart:
    """HLE in years of a place and its peers with 95% intervals, highest first, marked where clearly higher or lower.

    Peers outside England are shown, but not counted in the title.
    """
    clearly = peers.clearly.to_dict()
    areas = peers.rows.to_dict("records")
    rows = _rows(areas, clearly, peers.beyond, place, palette)
    lowest, highest = span(rows)
    who, period = words.people(str(areas[0]["sex"])), str(areas[0]["period"])
    counted = peers.in_england.tolist()
    higher, lower = counted.count(1), counted.count(-1)
    kind = _NEIGHBOURS if peers.released else _KINDS.get(place.area_type, "equally deprived authorities")
    outside = " \N{LOZENGE} outside England, not counted in the title." if peers.beyond else ""
    return Chart(
        id="place-peers",
        drawing=dotted_rows(rows, palette=palette, x_title="Years", x_range=(lowest - 1, highest + 1), row_height=28),
        title=f"{place.name}, {who}: {finding(higher, lower, len(counted), kind)}",
        subtitle=f"Healthy life expectancy at birth, years, {period}, with 95% intervals",
        settings=f"{peers.how} \N{BLACK UP-POINTING TRIANGLE} clearly higher than {place.name}, "
        "\N{BLACK DOWN-POINTING TRIANGLE} clearly lower, \N{BLACK CIRCLE} not clearly different."
        f"{outside} The axis does not start at zero.",
        source=source_line(release=str(areas[0]["release"]), build=build, extra=_chosen_from(peers, place)),
        alt=(
            f"Rows of points for {who}, {period}, highest first, from {words.number(rows[0].value)} years in {rows[0].name} to "
            f"{words.number(rows[-1].value)} in {rows[-1].name}. {place.name} is number "
            f"{[row.bold for row in rows].index(True) + 1} of {len(rows)} in this list; {higher} are clearly higher and {lower} "
            "clearly lower."
        ),
        table=_table(areas, clearly, peers, place),
        caveats=(
            "Similar places still differ in age, migration, work and how people rate their health.",
            f"With {words.number_of(len(counted), 'comparison')}, one may look clear by chance.",
            *_left_out(peers.without_hle),
        ),
        file_stem=file_name("place-peers", place.name, who, period),
    )


def _table(areas: Sequence[Record], clearly: Record, peers: Peers, place: Place) -> pd.DataFrame:
    """One row for each area drawn, and one without figures for each peer that has none."""
    against = [
        "the place itself" if one["area_code"] == place.code else _AGAINST[clearly[one["area_code"]]] for one in areas
    ]
    drawn = figures(
        areas, {"Place": "area_name", "Years": "hle_years", **limits("hle"), f"Against {place.name}": against}
    )
    others = pd.DataFrame({"Place": peers.without_hle, f"Against {place.name}": "no figure is published"})
    return pd.concat([drawn, others], ignore_index=True) if len(others) else drawn


def _chosen_from(peers: Peers, place: Place) -> str:
    if peers.released:
        return f"Statistical neighbours: the same publisher, {words.day(peers.released)}."
    return IMD_2025 if place.area_type == "utla" else ""


def _left_out(names: Sequence[str]) -> tuple[str, ...]:
    """A note that names the peers without a figure, if there are any."""
    if not names:
        return ()
    return (f"No healthy life expectancy is published for {words.listed(names)}.",)


def _rows(
    areas: Sequence[Record], clearly: Record, beyond: Collection[str], place: Place, palette: Palette
) -> list[Row]:
    looks = {
        1: {"colour": palette.better_off, "symbol": "triangle-up"},
        -1: {"colour": palette.worse_off, "symbol": "triangle-down"},
        0: {"colour": palette.quiet, "symbol": "circle"},
    }
    own = {"colour": palette.gap, "symbol": "diamond", "bold": True}
    outside = {"colour": palette.england, "symbol": "diamond-open"}
    found = []
    for area, interval in zip(areas, intervals(areas, "hle"), strict=True):
        code = area["area_code"]
        look = own if code == place.code else outside if code in beyond else looks[clearly[code]]
        found.append(row_of(area, "hle", "area_name", **look, note=f"<br>95% interval {interval}"))
    return found


def finding(higher: int, lower: int, of: int, kind: str) -> str:
    """What a title says of a place: how many of the others have clearly more (`higher`) and clearly fewer healthy years."""
    if not of:
        return f"none of its {kind} has a figure"
    if higher == lower == 0:
        return f"similar to all {of} {kind}"
    if of in (higher, lower):
        return f"clearly {'fewer' if higher else 'more'} healthy years than all {of} {kind}"
    parts = [f"{word} {count}" for word, count in (("below", higher), ("above", lower)) if count]
    return f"clearly {' and '.join(parts)} of {of} {kind}"
