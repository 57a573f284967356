"""Chart `place-peers`: one place among places like it."""

from collections.abc import Sequence

from charts.kit import words
from charts.kit.chart import IMD_2025, Chart, file_name, source_line
from charts.kit.palette import LIGHT, Palette
from charts.kit.table import Record, figures, intervals, limits
from charts.place.rows import Row, dotted_rows, row_of, span
from pipeline.answers.place.profile import Peers, Place
from pipeline.areas import GROUP

_AGAINST = {1: "clearly longer", -1: "clearly shorter", 0: "not clearly different"}
_KINDS = {"region": "other regions", "combined-authority": "other combined authorities", GROUP: "combined authorities"}


def place_peers(peers: Peers, place: Place, *, build: str, palette: Palette = LIGHT) -> Chart:
    """HLE in years of a place and its peers with 95% intervals, highest first, marked where clearly higher or lower."""
    clearly = peers.clearly.to_dict()
    areas = peers.rows.to_dict("records")
    rows = _rows(areas, clearly, place, palette)
    lowest, highest = span(rows)
    who, period = words.people(str(areas[0]["sex"])), str(areas[0]["period"])
    higher, lower = (sum(one == sign for one in clearly.values()) for sign in (1, -1))
    kind = _KINDS.get(place.area_type, "equally deprived authorities")
    against = [
        "the place itself" if code == place.code else _AGAINST[clearly[code]] for code in peers.rows["area_code"]
    ]
    return Chart(
        id="place-peers",
        drawing=dotted_rows(rows, palette=palette, x_title="Years", x_range=(lowest - 1, highest + 1), row_height=28),
        title=f"{place.name}, {who}: {_finding(higher, lower, len(clearly), kind)}",
        subtitle=f"Healthy life expectancy at birth, years, {period}, with 95% intervals",
        settings=f"{peers.how} \N{BLACK UP-POINTING TRIANGLE} clearly higher than {place.name}, "
        "\N{BLACK DOWN-POINTING TRIANGLE} clearly lower, \N{BLACK CIRCLE} not clearly different. The axis does not start at zero.",
        source=source_line(
            release=str(areas[0]["release"]), build=build, extra=IMD_2025 if place.area_type == "utla" else ""
        ),
        alt=(
            f"Rows of points for {who}, {period}, highest first, from {words.number(rows[0].value)} years in {rows[0].name} to "
            f"{words.number(rows[-1].value)} in {rows[-1].name}. {place.name} is number "
            f"{[row.bold for row in rows].index(True) + 1} of {len(rows)} in this list; {higher} are clearly higher and {lower} "
            "clearly lower."
        ),
        table=figures(
            areas, {"Place": "area_name", "Years": "hle_years", **limits("hle"), f"Against {place.name}": against}
        ),
        caveats=(
            "Equally deprived places still differ in age, migration, work and how people rate their health.",
            f"With {len(clearly)} comparisons, one may look clear by chance.",
        ),
        file_stem=file_name("place-peers", place.name, who, period),
    )


def _rows(areas: Sequence[Record], clearly: Record, place: Place, palette: Palette) -> list[Row]:
    looks = {
        1: {"colour": palette.better_off, "symbol": "triangle-up"},
        -1: {"colour": palette.worse_off, "symbol": "triangle-down"},
        0: {"colour": palette.quiet, "symbol": "circle"},
    }
    own = {"colour": palette.gap, "symbol": "diamond", "bold": True}
    found = []
    for area, interval in zip(areas, intervals(areas, "hle"), strict=True):
        look = own if area["area_code"] == place.code else looks[clearly[area["area_code"]]]
        found.append(row_of(area, "hle", "area_name", **look, note=f"<br>95% interval {interval}"))
    return found


def _finding(higher: int, lower: int, of: int, kind: str) -> str:
    """`higher` and `lower`: how many of the others have clearly more and clearly fewer healthy years than the place."""
    if higher == lower == 0:
        return f"similar to all {of} {kind}"
    if of in (higher, lower):
        return f"{'fewer' if higher else 'more'} healthy years than all {of} {kind}"
    parts = [f"{word} {count}" for word, count in (("below", higher), ("above", lower)) if count]
    return f"{', '.join(parts)} of {of} {kind}"
