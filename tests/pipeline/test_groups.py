"""A place that is a set of authorities: read from an address, refused in words, shown as published where it is published."""

from functools import cache
from pathlib import Path

import pandas as pd
import pytest
from malformed_groups import MALFORMED, TEES

from pipeline.answers.place.comparison import against_england
from pipeline.answers.place.group_tables import with_groups
from pipeline.answers.place.groups import Group, authorities_in, group_of
from pipeline.answers.place.profile import lines, place_of
from pipeline.areas import WITHOUT_HLE
from pipeline.errors import UsageError
from pipeline.geography import groups as named_groups
from pipeline.geography.groups import NAMED_GROUPS
from pipeline.processed import Tables
from pipeline.sources import facts

CITY, HACKNEY, ISLINGTON = "E09000001", "E09000012", "E09000019"


@cache
def tables() -> Tables:
    return Tables.open()


def group(name: str, codes: str) -> Group:
    found = group_of(tables().table("areas"), name, codes)
    assert found is not None
    return found


def latest(of: Tables, code: str) -> pd.Series:
    return lines(of.newest("hle"), place_of(of, code), sex="female").query("area_code == @code").iloc[-1]


@pytest.mark.parametrize(("name", "codes", "words"), MALFORMED)
def test_a_malformed_group_is_refused_in_words(name: str, codes: str, words: str) -> None:
    with pytest.raises(UsageError) as refused:
        group_of(tables().table("areas"), name, codes)
    assert words in refused.value.what
    assert refused.value.do
    assert len(refused.value.explain()) < 400
    assert not set("<>[]*`$=~") & set(refused.value.explain())


def test_blanks_case_and_replaced_codes_are_forgiven() -> None:
    assert group("  Our   area ", " e06000002~E08000016~ ").authorities == ("E06000002", "E08000038")
    assert group("Our area", "E06000002").name == "Our area"


def test_a_region_or_combined_authority_stands_for_its_authorities() -> None:
    assert group("Our area", "E47000006").authorities == tuple(TEES.split("~"))


def test_a_group_that_is_exactly_a_published_area_shows_the_published_figure() -> None:
    own = group("Our Tees", TEES)
    assert own.published_as == "E47000006"
    extended = with_groups(tables(), (own,))
    published = latest(tables(), "E47000006")
    shown = latest(extended, "Our Tees")
    columns = ["period", "hle_years", "hle_lci_95", "hle_uci_95"]
    assert shown[columns].tolist() == published[columns].tolist()
    assert not place_of(extended, "Our Tees").estimated


def test_a_group_of_one_authority_is_that_authority() -> None:
    extended = with_groups(tables(), (group("Boro", "E06000002"),))
    assert latest(extended, "Boro")["hle_years"] == latest(tables(), "E06000002")["hle_years"]


def test_residents_of_the_city_of_london_count_with_hackney_or_are_left_out() -> None:
    with_hackney, without = (group("Our area", f"{CITY}~{other}~E09000007") for other in (HACKNEY, ISLINGTON))
    assert with_hackney.left_out == ()
    assert without.left_out == (CITY,)
    residents = tables().table("residents").query("year == 2023").set_index("area_code")["population"]
    weights = {HACKNEY: residents[HACKNEY] + residents[CITY], "E09000007": residents["E09000007"]}
    values = {code: latest(tables(), code)["hle_years"] for code in weights}
    expected = sum(weights[code] * values[code] for code in weights) / sum(weights.values())
    extended = with_groups(tables(), (with_hackney,))
    assert latest(extended, "Our area")["hle_years"] == pytest.approx(expected)


def test_residents_and_small_areas_of_a_group_are_the_sums_of_its_authorities() -> None:
    extended = with_groups(tables(), (group("Our Tees", TEES),))
    for table, column in (("population", "population"), ("pockets", "residents"), ("shortfall", "authorities_below")):
        rows = extended.table(table)
        own, published = (rows.loc[rows["area_code"] == code, column].sum() for code in ("Our Tees", "E47000006"))
        assert own == published


def test_building_blocks_of_a_group_are_means_by_residents() -> None:
    extended = with_groups(tables(), (group("South Tees", "E06000002~E06000003"),))
    blocks = extended.table("building_blocks").query("indicator == 'adult-obesity'").set_index(["area_code", "period"])
    people = tables().table("residents").query("year == 2023").set_index("area_code")["population"]
    parts = {code: blocks.loc[(code, "2024/25"), "value"] * people[code] for code in ("E06000002", "E06000003")}
    expected = sum(parts.values()) / people[list(parts)].sum()
    assert blocks.loc[("South Tees", "2024/25"), "value"] == pytest.approx(expected)


def test_a_group_is_set_against_england_like_any_area() -> None:
    extended = with_groups(tables(), (group("South Tees", "E06000002~E06000003"),))
    found = against_england(
        extended.newest("hle"), extended.table("areas"), area_type="group", sex="female", period="2022 to 2024"
    )
    assert found["against_england"].tolist() == ["lower than England"]


def test_the_tables_themselves_gain_no_row() -> None:
    before = len(tables().newest("hle"))
    with_groups(tables(), (group("South Tees", "E06000002~E06000003"),)).newest("hle")
    assert len(tables().newest("hle")) == before


def test_every_group_in_law_is_made_of_authorities_in_force_and_none_is_published_yet() -> None:
    areas = tables().table("areas")
    for name in NAMED_GROUPS:
        found = group_of(areas, name)
        assert found is not None
        assert set(found.authorities) <= set(areas.loc[areas["area_type"] == "utla", "area_code"]) - set(WITHOUT_HLE)
        assert not found.published_as, f"{name}: figures are published now, so its row can go"


def test_a_further_group_is_one_row_in_one_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written = (facts.FOLDER / "groups.csv").read_text(encoding="utf-8")
    row = "greater-somewhere,Greater Somewhere,E06000001 E06000002,2027-05,,The Greater Somewhere Order 2027\n"
    (tmp_path / "groups.csv").write_text(written + row, encoding="utf-8")
    monkeypatch.setattr(facts, "FOLDER", tmp_path)
    monkeypatch.setitem(NAMED_GROUPS, "greater-somewhere", named_groups.read()["greater-somewhere"])
    own = group_of(tables().table("areas"), "greater-somewhere")
    assert own is not None
    extended = with_groups(tables(), (own,))
    assert place_of(extended, "greater-somewhere").name == "Greater Somewhere"
    assert authorities_in(extended.table("areas"), "greater-somewhere") == ("E06000001", "E06000002")
