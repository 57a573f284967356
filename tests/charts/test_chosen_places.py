"""Charts of places that the reader chooses: figures as published, intervals drawn, findings true, estimates named so."""

from functools import cache

import pytest

from charts.catalogue.catalogue import CATALOGUE
from charts.catalogue.view import View
from charts.kit.chart import Chart
from pipeline.answers.place.compared import QUANTITIES
from pipeline.errors import UsageError
from pipeline.processed import Tables

BLACKPOOL, SURREY, ENGLAND, LONDON, TEES_VALLEY = "E06000009", "E10000030", "E92000001", "E12000007", "E47000006"
OWN = {"place": "South Tees", "codes": "E06000002~E06000003"}


@cache
def chart(name: str, **settings: str) -> Chart:
    return CATALOGUE[name].chart(Tables.open(), View(**settings))


@pytest.mark.parametrize(
    ("quantity", "published"),
    # ONS, women, 2022 to 2024: healthy life expectancy of Blackpool 51.8, life expectancy 79.1
    [("hle", 51.8), ("le", 79.1), ("poor-health", 79.1 - 51.8), ("share", 100 * 51.8 / 79.1)],
)
def test_places_are_compared_by_each_measure(quantity: str, published: float) -> None:
    table = chart("places-compared", place=BLACKPOOL, compare=SURREY, quantity=quantity).table
    own = table[(table["Place"] == "Blackpool") & (table["Period"] == "2022 to 2024")]
    assert own.iloc[0, 2] == pytest.approx(published, abs=0.01)


def test_the_title_of_a_comparison_names_the_widest_clear_difference() -> None:
    found = chart("places-compared", place=BLACKPOOL, compare=f"{SURREY}~{ENGLAND}")
    assert found.title == "Women: 14.6 more healthy years in Surrey than in Blackpool"  # 66.4 minus 51.8, published
    assert [trace.name for trace in found.figure.data if trace.fill].count("Blackpool, 95% interval") == 1


def test_places_that_do_not_clearly_differ_are_said_to_be_alike() -> None:
    assert chart("places-compared", place=BLACKPOOL, compare="E06000001").title == "Women: no clear difference"


def test_no_more_than_four_places_are_compared_and_none_twice() -> None:
    for compare in ("~".join([SURREY, ENGLAND, LONDON, TEES_VALLEY]), f"{SURREY}~{SURREY}", BLACKPOOL):
        with pytest.raises(UsageError, match="up to 4 different places"):
            chart("places-compared", place=BLACKPOOL, compare=compare)


def test_every_title_of_a_comparison_is_short() -> None:
    for quantity in QUANTITIES:
        for compare in ("", "E06000058", f"{SURREY}~E06000058~{LONDON}"):
            assert len(chart("places-compared", place="E09000020", compare=compare, quantity=quantity).title) <= 70


@pytest.mark.parametrize("rows", ["", "screen"])
def test_all_authorities_of_london_are_inside_it_highest_first(rows: str) -> None:
    found = chart("inside", place=LONDON, rows=rows)
    years = found.table["Years"].tolist()
    assert len(years) == 32  # City of London has no figure
    assert years == sorted(years, reverse=True)
    assert len(found.figure.data) == 32
    assert all(trace.error_x.array for trace in found.figure.data)
    assert {"London 62.9", "England 61.3"} <= {note.text for note in found.figure.layout.annotations}  # published


def test_a_long_list_on_a_slide_stands_in_two_columns() -> None:
    assert {trace.yaxis for trace in chart("inside", place=LONDON).figure.data} == {"y", "y2"}
    assert {trace.yaxis for trace in chart("inside", place=LONDON, rows="screen").figure.data} == {None}


def test_every_authority_has_a_small_chart_on_one_scale() -> None:
    found = chart("inside-over-time", place=TEES_VALLEY)
    axes = [found.figure.layout[name] for name in found.figure.layout if name.startswith("yaxis")]
    assert len({tuple(axis.range) for axis in axes}) == 1
    assert {trace.yaxis or "y" for trace in found.figure.data} == {"y", "y2", "y3", "y4", "y5"}


def test_an_authority_holds_no_others() -> None:
    with pytest.raises(UsageError, match="several authorities"):
        chart("inside", place=BLACKPOOL)


@pytest.mark.parametrize("name", ["place-hle", "place-le", "place-peers", "place-standing", "inside", "own-pair-path"])
def test_a_chart_of_an_estimate_says_that_it_is_one(name: str) -> None:
    assert "South Tees: our estimate from ONS figures for 2 authorities." in chart(name, **OWN).settings
    assert "estimate" not in chart(name, place=TEES_VALLEY).settings


def test_an_own_area_that_is_exactly_a_published_one_is_not_called_an_estimate() -> None:
    codes = "E06000001~E06000002~E06000003~E06000004~E06000005"
    own, published = chart("place-hle", place="Our Tees", codes=codes), chart("place-hle", place=TEES_VALLEY)
    assert "estimate" not in own.settings
    of_ours, of_theirs = (
        found.table.loc[found.table["Area"] == name] for found, name in ((own, "Our Tees"), (published, "Tees Valley"))
    )
    assert of_ours["Years"].tolist() == of_theirs["Years"].tolist()


def test_a_gap_between_two_places_names_them_and_says_whose_it_is() -> None:
    found = chart("own-pair-path", place="E06000002")
    assert "England minus Middlesbrough" in found.subtitle
    assert any("not one of the definitions in use" in caveat for caveat in found.caveats)


def test_two_places_without_a_gap_to_close_are_refused_in_words() -> None:
    # women, 2011 to 2013, published: West Midlands 62.9, East Midlands 63.2, although the first is ahead over all periods
    with pytest.raises(UsageError, match="nothing to halve"):
        chart("own-pair-path", place="E12000005", against="E12000004")
    with pytest.raises(UsageError, match="no gap to itself"):
        chart("own-pair-path", place=SURREY, against=SURREY)
