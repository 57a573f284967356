"""Entries about one place: its healthy life over time, where it stands, places like it."""

from charts.chart import Chart
from charts.entries.gap import standing_of
from charts.entry import Entry
from charts.palette import Palette
from charts.place_peers import place_peers, place_residuals
from charts.place_standing import place_ranks, place_standing
from charts.place_trend import place_hle, place_le
from charts.settings import rule_line, settings_line
from charts.view import View
from pipeline.errors import UsageError
from pipeline.place_profile import Profile, gather
from pipeline.processed import Tables
from pipeline.profile import place_of


def _profile(tables: Tables, view: View) -> Profile:
    place = place_of(tables.table("areas"), view.place)
    if place.no_hle_reason:
        raise UsageError(
            f"There is no healthy life expectancy to show. {place.no_hle_reason}.", do="Choose another place."
        )
    # the screen of a place lets its visitors choose definition and target; the rest is as usual
    usual = View(sex=view.sex, definition=view.definition, target=view.target)
    return gather(tables, place, standing_of(tables, usual).answer)


def _of_authority(tables: Tables, view: View) -> Profile:
    found = _profile(tables, view)
    if found.standing is None:
        raise UsageError(f"{found.place.name} is no local authority.", do="Choose an authority for this chart.")
    return found


def _place_hle(tables: Tables, view: View, palette: Palette) -> Chart:
    found = _profile(tables, view)
    return place_hle(found.hle, found.place, build=tables.build, palette=palette)


def _place_le(tables: Tables, view: View, palette: Palette) -> Chart:
    found = _profile(tables, view)
    return place_le(found.life, found.place, hle_years=found.hle_years_for_le, build=tables.build, palette=palette)


def _place_standing(tables: Tables, view: View, palette: Palette) -> Chart:
    found = _profile(tables, view)
    return place_standing(
        found.latest,
        found.place,
        found.task,
        expected_hle_years=float("nan") if found.standing is None else float(found.standing["expected_hle_years"]),
        settings=f"{settings_line(found.answer)} {rule_line(found.answer.question)}",
        build=tables.build,
        palette=palette,
    )


def _place_ranks(tables: Tables, view: View, palette: Palette) -> Chart:
    found, places = _of_authority(tables, view), tables.table("places")
    own = places[places["area_code"] == found.place.code]
    return place_ranks(own, found.place, of=places["area_code"].nunique(), build=tables.build, palette=palette)


def _place_residuals(tables: Tables, view: View, palette: Palette) -> Chart:
    found = _of_authority(tables, view)
    held = found.standing is not None and bool(found.standing["held_in_every_period"])
    return place_residuals(found.residuals, found.place, held=held, build=tables.build, palette=palette)


def _place_peers(tables: Tables, view: View, palette: Palette) -> Chart:
    found = _profile(tables, view)
    return place_peers(found.peers, found.place, build=tables.build, palette=palette)


_FOR_ONE = ("sex", "place")

ENTRIES = (
    Entry(id="place-hle", label="A place over time", needs=_FOR_ONE, draw=_place_hle, screen="place"),
    Entry(
        id="place-standing",
        label="Where a place stands",
        needs=("sex", "place", "definition", "target"),
        draw=_place_standing,
        screen="place",
    ),
    Entry(id="place-le", label="Life expectancy of a place", needs=_FOR_ONE, draw=_place_le, screen="place"),
    Entry(id="place-ranks", label="Ranks a place may hold", needs=("place",), draw=_place_ranks, screen="place"),
    Entry(
        id="place-residuals",
        label="A place against what deprivation predicts",
        needs=_FOR_ONE,
        draw=_place_residuals,
        screen="place",
    ),
    Entry(id="place-peers", label="A place among places like it", needs=_FOR_ONE, draw=_place_peers, screen="place"),
)
