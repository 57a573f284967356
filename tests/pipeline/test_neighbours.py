"""Statistical neighbours: every authority has them, England's are counted, areas without a figure are named."""

from functools import cache

from charts.kit.chart import Chart
from charts.place.place_peers import place_peers
from pipeline.answers.place.neighbours import BY_DEPRIVATION, peers_by
from pipeline.answers.place.profile import peers, place_of
from pipeline.areas import WITHOUT_HLE
from pipeline.processed import Tables
from pipeline.tables.neighbours import NEIGHBOUR_KINDS

MIDDLESBROUGH, NORTH_EAST = "E06000002", "E12000001"
PUBLISHED = {"Newport (Wales)", "Glasgow City (Scotland)"}, {"Preston", "Burnley"}
"""Of the overall neighbours of Middlesbrough in the ONS file: those outside England, and the districts."""


@cache
def tables() -> Tables:
    return Tables.open()


def drawn(code: str, alike_in: str) -> Chart:
    place = place_of(tables(), code)
    found = peers_by(tables(), place, sex="female", alike_in=alike_in)
    return place_peers(found, place, build="abc123")


def test_every_authority_has_twenty_neighbours_of_each_kind() -> None:
    areas, held = tables().table("areas"), tables().table("neighbours")
    authorities = set(areas.loc[areas["area_type"] == "utla", "area_code"])
    assert len(authorities - set(WITHOUT_HLE)) == 151
    for kind in NEIGHBOUR_KINDS:
        codes = held[held["kind"] == kind].set_index("area_code")["neighbour_codes"].str.split()
        assert all(len(set(codes[code])) == 20 for code in authorities), kind


def test_no_neighbour_is_dropped_those_abroad_are_shown_and_those_without_a_figure_named() -> None:
    chart = drawn(MIDDLESBROUGH, "global")
    places = set(chart.table["Place"])
    abroad, districts = PUBLISHED
    assert len(places) == len(chart.table) == 21
    assert abroad | districts <= places
    against = chart.table.set_index("Place")["Against Middlesbrough"]
    assert set(against[list(districts)]) == {"no figure is published"}
    assert any("Preston and Burnley" in note for note in chart.caveats)
    forms = {trace["name"]: trace["marker"]["symbol"] for trace in chart.drawing.traces}
    assert {name for name, form in forms.items() if form == "diamond-open"} == abroad


def test_neighbours_outside_england_are_not_counted_in_the_title() -> None:
    chart = drawn(MIDDLESBROUGH, "global")
    abroad, districts = PUBLISHED
    assert chart.title.endswith(f"of {20 - len(abroad) - len(districts)} ONS neighbours")


def test_every_authority_has_a_chart_of_each_kind_of_neighbours() -> None:
    areas = tables().table("areas")
    for code in sorted(set(areas.loc[areas["area_type"] == "utla", "area_code"]) - set(WITHOUT_HLE))[::10]:
        for kind in NEIGHBOUR_KINDS:
            chart = drawn(code, kind)
            assert len(chart.table) == 21


def test_where_ons_names_no_neighbours_the_usual_peers_stand_in() -> None:
    place = place_of(tables(), NORTH_EAST)
    usual = peers(tables().newest("hle"), tables().table("deprivation"), place, sex="male")
    for kind in (BY_DEPRIVATION, *NEIGHBOUR_KINDS):
        assert peers_by(tables(), place, sex="male", alike_in=kind).how == usual.how
