"""The Place screen opens for every kind of place, and says in words what it cannot show."""

from collections.abc import Callable

import pytest
from screen_tables import tables_on
from streamlit.testing.v1 import AppTest

from dashboard.controls import place_labels
from dashboard.place.facts import against_floor
from pipeline.processed import Tables
from pipeline.tables.neighbours import NEIGHBOUR_KINDS

Screen = Callable[..., AppTest]
PAGE = "pages/place.py"


def words_on(shown: AppTest) -> str:
    return " ".join(part.value for part in [*shown.markdown, *shown.info, *shown.warning, *shown.header])


def charts_on(shown: AppTest) -> int:
    return len(shown.get("plotly_chart"))


@pytest.mark.parametrize(
    ("code", "name", "charts"),
    [
        ("E06000001", "Hartlepool", [4, 3, 3, 4, 2]),
        ("E12000001", "North East", [3, 3, 3, 2]),
        ("E47000006", "Tees Valley", [3, 3, 3, 2]),
    ],
)
def test_every_kind_of_place_opens_with_its_charts(screen: Screen, code: str, name: str, charts: list[int]) -> None:
    authority = ("trends", "peers", "inside", "levers", "action")
    wider = ("trends", "inside", "halving", "action")
    for tab, count in zip(authority if len(charts) == len(authority) else wider, charts, strict=True):
        shown = screen(PAGE, place=code, tab=tab)
        assert not shown.exception
        assert not shown.error
        assert [one.value for one in shown.title] == [name]
        assert charts_on(shown) == count


@pytest.mark.parametrize(("code", "name"), [("E09000001", "City of London"), ("E06000053", "Isles of Scilly")])
def test_a_place_without_healthy_life_expectancy_says_why_and_shows_what_there_is(
    screen: Screen, code: str, name: str
) -> None:
    shown = screen(PAGE, place=code)
    assert not shown.exception
    assert f"No healthy life expectancy is published for {name}" in words_on(shown)
    assert "Too few residents for ONS" in words_on(shown)
    assert charts_on(shown) == 1


def test_a_change_to_come_is_announced_with_its_day_and_its_law(screen: Screen) -> None:
    said = words_on(screen(PAGE, place="E10000030", tab="inside", alike="global"))
    assert "East Surrey and West Surrey replace Surrey from 1 April 2027" in said
    assert "The Surrey (Structural Changes) Order 2026 (S.I. 2026/264)" in said


@pytest.mark.parametrize("sex", ["Women", "Men"])
def test_a_place_without_life_expectancy_says_so_and_shows_the_rest(screen: Screen, sex: str) -> None:
    shown = screen(PAGE, place="E47000018", sex=sex)  # Lancashire's combined authority: healthy life expectancy alone
    assert not shown.exception
    assert "No life expectancy is held for Lancashire" in words_on(shown)
    assert charts_on(shown) == 2


@pytest.mark.parametrize(
    ("code", "charts"),
    [
        pytest.param("E12000008", 3, id="the region with the longest healthy lives"),
        pytest.param("E47000003", 3, id="a combined authority within its region"),
        pytest.param("E47000007", 3, id="a combined authority that shares its name with a region"),
        pytest.param("E47000017", 2, id="a combined authority in two regions, too new for life expectancy"),
    ],
)
def test_a_region_and_each_kind_of_combined_authority_opens(screen: Screen, code: str, charts: int) -> None:
    shown = screen(PAGE, place=code)
    assert not shown.exception
    assert charts_on(shown) == charts


def test_every_region_and_combined_authority_opens(screen: Screen) -> None:
    areas = Tables.open().table("areas")
    wider = areas[areas["area_type"].isin(["region", "combined-authority"])]["area_code"].tolist()
    assert len(wider) == 24
    assert [code for code in wider if screen(PAGE, place=code).exception] == []


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("E08000039", "A stretch of the boundary between Barnsley and Sheffield moved in 2025"),
        ("E06000063", "Cumberland was formed in 2023"),
        ("E06000058", "formed in 2019 from Bournemouth"),
    ],
)
def test_a_boundary_change_is_told_where_it_touches_the_place(screen: Screen, code: str, words: str) -> None:
    assert words in words_on(screen(PAGE, place=code))


def test_a_place_that_did_not_change_has_no_such_notice(screen: Screen) -> None:
    assert "Boundary change" not in words_on(screen(PAGE, place="E06000001"))


def test_without_a_place_the_screen_says_how_to_choose_one(screen: Screen) -> None:
    shown = screen(PAGE)
    assert not shown.exception
    assert "choose on the map" in words_on(shown)
    assert charts_on(shown) == 1


@pytest.mark.parametrize(
    ("district", "authority"), [("Scarborough", "North Yorkshire"), ("Carlisle", "Cumberland"), ("Mendip", "Somerset")]
)
def test_the_name_of_a_district_leads_to_its_authority_and_says_so(
    screen: Screen, district: str, authority: str
) -> None:
    shown = screen(PAGE, place=district)
    assert [one.value for one in shown.title] == [authority]
    assert f"**{district}** lies in {authority}" in words_on(shown)


def test_a_district_chosen_from_the_list_leads_to_its_authority(screen: Screen) -> None:
    shown = screen(PAGE)
    box = shown.selectbox(key="place")
    box.select(next(one for one in box.options if one.startswith("Scarborough"))).run()
    assert [one.value for one in shown.title] == ["North Yorkshire"]
    assert "**Scarborough** lies in North Yorkshire" in words_on(shown)


def test_a_sentence_sums_a_place_up_from_the_published_figures(screen: Screen) -> None:
    said = next(
        one.proto.body for one in screen(PAGE, place="E06000002").get("html") if "place-summary" in one.proto.body
    )
    assert "Women can expect 54.2 healthy years, 7.1 fewer than in England; men 53.9, 7.0 fewer." in said


def test_the_table_sets_a_place_beside_region_england_and_similar_places(screen: Screen) -> None:
    table = tables_on(screen(PAGE, place="E06000002"))[0]
    women = dict(zip(table.iloc[:, 0], table["Women"], strict=True))
    assert women["Middlesbrough"] == "54.2 (50.9 to 57.4)"
    assert women["North East"] == "56.9 (55.9 to 57.9)"
    assert women["England"] == "61.3 (61.0 to 61.6)"
    assert women["Needed for halving by 2034"] == "61.9, 7.7 more"


@pytest.mark.parametrize("kind", NEIGHBOUR_KINDS)
def test_sentence_and_table_follow_the_choice_of_similar_places(screen: Screen, kind: str) -> None:
    held, newest = Tables.open().table("neighbours"), Tables.open().newest("hle")
    chosen = held[(held["area_code"] == "E06000002") & (held["kind"] == kind)]["neighbour_codes"].item().split()
    women = newest[(newest["sex"] == "female") & (newest["period"] == newest["period"].max())]
    years = women[women["area_code"].isin(chosen)]["hle_years"]
    shown = screen(PAGE, place="E06000002", alike=kind)
    rows = tables_on(shown)[0].set_index("Healthy life expectancy, years")["Women"]
    assert rows[f"{len(years)} ONS neighbours in England, lowest to highest"] == f"{years.min()} to {years.max()}"
    said = " ".join(one.proto.body for one in shown.get("html"))
    assert "equally deprived" not in said
    assert f"of {len(years)} ONS neighbours" in said or "imilar to ONS neighbours" in said


def test_the_page_to_print_holds_women_and_men_and_nothing_below(screen: Screen) -> None:
    shown = screen(PAGE, place="E06000001", layout="page")
    assert not shown.exception
    assert charts_on(shown) == 3
    assert not shown.subheader


def test_the_floor_follows_the_definition_of_the_gap(screen: Screen) -> None:
    by_income, by_deprivation = (
        tables_on(screen(PAGE, place="E06000001", definition=one))[0].to_string()
        for one in ("income-regions", "deprivation-regions")
    )
    assert by_income != by_deprivation


def test_every_place_has_a_name_of_its_own_in_the_list() -> None:
    labels = place_labels(Tables.open().table("areas"))
    assert len(labels) == len(set(labels.values())) == 9 + 15 + 153


@pytest.mark.parametrize(
    ("hle_years", "said"),
    [(51.8, "10.1 below"), (62.3, "0.4 above"), (61.88, "has the years needed"), (61.94, "has the years needed")],
)
def test_a_place_above_the_floor_is_said_to_be_above_it(hle_years: float, said: str) -> None:
    assert against_floor(hle_years, 61.9) == said
