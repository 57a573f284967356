"""What is said of one place: which areas hold it, which places are like it, how far it is from the floor."""

import numpy as np
import pandas as pd
import pytest

from pipeline.answers.gap.answer import answer
from pipeline.answers.gap.question import Question
from pipeline.answers.place import profile
from pipeline.answers.place.profile import profile_of
from pipeline.areas import ENDED, SUCCESSORS, WITHOUT_HLE
from pipeline.errors import UsageError
from pipeline.geography.boundary_changes import changes
from pipeline.processed import Tables

TABLES = Tables.open()
AREAS = TABLES.table("areas")
HLE = TABLES.newest("hle")
HARTLEPOOL, NORTH_EAST, LONDON, TEES_VALLEY = "E06000001", "E12000001", "E12000007", "E47000006"


def place(code: str) -> profile.Place:
    return profile.place_of(TABLES, code)


def test_an_authority_is_held_by_its_region_and_by_england() -> None:
    found = place(HARTLEPOOL)
    assert [name for _, name in found.within] == ["North East", "England"]
    assert found.combined_authority == "Tees Valley"


def test_a_region_is_held_by_england_alone() -> None:
    assert [name for _, name in place(NORTH_EAST).within] == ["England"]


def test_a_combined_authority_is_held_by_its_region_only_if_all_of_it_lies_in_one() -> None:
    members = (
        AREAS[AREAS["combined_authority_code"].notna()].groupby("combined_authority_code")["region_code"].nunique()
    )
    assert set(members) == {1, 2}
    for code, regions in members.items():
        assert len(place(str(code)).within) == (2 if regions == 1 else 1)


def test_an_area_without_a_figure_says_why() -> None:
    assert place("E09000001").no_hle_reason == WITHOUT_HLE["E09000001"]
    assert place(HARTLEPOOL).no_hle_reason == ""


def test_an_unknown_code_is_refused() -> None:
    with pytest.raises(UsageError, match="E99999999"):
        place("E99999999")


def test_the_lines_of_a_place_come_in_the_order_place_region_england_each_with_every_period() -> None:
    rows = profile.lines(HLE, place(HARTLEPOOL), sex="male")
    assert list(rows["area_name"].unique()) == ["Hartlepool", "North East", "England"]
    assert set(rows.groupby("area_name").size()) == {12}
    assert list(rows["mid_point"][:2]) == [2012.5, 2013.5]


def test_the_peers_of_an_authority_are_the_ten_nearest_by_deprivation() -> None:
    deprivation = TABLES.table("deprivation")
    found = profile.peers(HLE, deprivation, place(HARTLEPOOL), sex="female")
    scores = deprivation.set_index("area_code")["imd_score"]
    away = (scores.drop([HARTLEPOOL, *WITHOUT_HLE]) - scores[HARTLEPOOL]).abs().sort_values()
    assert set(found.clearly.index) == set(away.index[:10])
    assert len(found.rows) == 11
    assert found.rows["hle_years"].is_monotonic_decreasing


def test_the_peers_of_a_region_are_the_other_eight() -> None:
    found = profile.peers(HLE, TABLES.table("deprivation"), place(NORTH_EAST), sex="male")
    assert len(found.clearly) == 8
    assert set(found.rows["area_type"]) == {"region"}


def test_a_difference_is_clear_only_where_its_interval_leaves_out_zero() -> None:
    rows = pd.DataFrame(
        {
            "area_code": ["own", "higher", "lower", "same"],
            "hle_years": [60.0, 63.0, 57.0, 61.0],
            "hle_lci_95": [59.0, 62.0, 56.0, 60.0],
            "hle_uci_95": [61.0, 64.0, 58.0, 62.0],
        }
    )
    found = profile.differences(rows, from_code="own").set_index("area_code")
    assert dict(found["clearly"]) == {"higher": 1, "lower": -1, "same": 0}
    # two intervals of one year either side: the difference has sqrt(2) years
    assert found.loc["same", "difference_lci_95"] == pytest.approx(1 - np.sqrt(2))


@pytest.mark.parametrize(
    ("hle", "upper", "floor", "shortfall", "pace", "surely"),
    [
        (57.0, 59.0, 62.0, 5.0, 0.5, True),
        (61.0, 63.0, 62.0, 1.0, 0.1, False),
        (62.0, 63.0, 62.0, 0.0, 0.0, False),
        (65.0, 67.0, 62.0, 0.0, 0.0, False),
    ],
)
def test_the_task_of_a_place_is_its_distance_below_the_floor_over_the_years_that_remain(
    hle: float, upper: float, floor: float, shortfall: float, pace: float, surely: bool
) -> None:
    latest = pd.Series({"hle_years": hle, "hle_uci_95": upper, "mid_point": 2023.5})
    found = profile.task(latest, floor_years=floor, target_mid_point=2033.5)
    assert (found.shortfall_years, found.surely_below) == (shortfall, surely)
    assert found.pace_needed == pytest.approx(pace)


def asked(target_year: int) -> profile.Profile:
    question = Question(target_year=target_year)
    found = answer(TABLES.table("gaps"), question, "female", england=TABLES.england())
    return profile_of(TABLES, place(HARTLEPOOL), found)


def test_a_later_target_asks_for_a_slower_rise_of_the_same_place() -> None:
    soon, later = asked(2035), asked(2045)
    assert soon.task.pace_needed > later.task.pace_needed > 0
    assert soon.own.equals(later.own)


def test_healthy_life_expectancy_stands_beside_the_life_expectancy_of_the_same_period() -> None:
    known, here = asked(2035), place(HARTLEPOOL)
    hle, life = (profile.lines(rows, here, sex="female") for rows in (HLE, TABLES.table("life_expectancy")))
    own = life[life["area_code"] == HARTLEPOOL]
    assert known.le_years == own.loc[own["period"] == known.own["period"], "le_years"].iloc[-1]
    last = hle[(hle["area_code"] == HARTLEPOOL) & (hle["period"] == own["period"].max())]
    assert profile.hle_years_where_le_ends(hle, life, here) == last["hle_years"].iloc[0]


def test_the_table_to_take_away_holds_every_published_figure_of_the_place_and_of_those_that_hold_it() -> None:
    table = profile.long_table(
        place(HARTLEPOOL),
        hle=HLE,
        life_expectancy=TABLES.table("life_expectancy"),
        places=TABLES.table("places"),
        residuals=TABLES.table("residuals"),
    )
    hle = table[table["measure"] == "healthy life expectancy at birth"]
    assert len(hle) == 3 * 2 * 12
    one = hle[(hle["area_code"] == HARTLEPOOL) & (hle["sex"] == "female") & (hle["period"] == "2022 to 2024")].iloc[0]
    assert (one["value"], one["lci_95"], one["uci_95"]) == (51.2, 47.1, 55.2)
    assert table[["area_code", "measure", "sex", "period", "release", "unit"]].notna().all(axis=None)


def test_the_table_of_a_region_has_no_ranks() -> None:
    table = profile.long_table(
        place(NORTH_EAST),
        hle=HLE,
        life_expectancy=TABLES.table("life_expectancy"),
        places=TABLES.table("places"),
        residuals=TABLES.table("residuals"),
    )
    assert not table["measure"].str.contains("rank|predicts").any()


def test_every_boundary_change_is_told_of_an_authority_in_force_and_none_of_the_replaced_codes_is_left_out() -> None:
    authorities = set(AREAS.loc[AREAS["area_type"] == "utla", "area_code"])
    assert set(changes()) <= authorities
    assert set(SUCCESSORS.values()) <= set(changes())
    told = " ".join(changes().values())
    assert all(code in told for code in [*SUCCESSORS, *ENDED])
