"""Claims about which end moved away from the rest of England."""

import numpy as np
import pytest

from pipeline.errors import MeasureRefused
from pipeline.measures.gap.against_the_rest import change_beside_england, moved_away, pace_against_the_rest
from tests.measures.regional_figures import MID_POINTS, regional_hle

TAU = 0.139
PUBLISHED = [
    # sex, end, pace, lower, upper (lower and upper only where they are given)
    ("female", "London", 0.209, 0.109, 0.309),
    ("male", "London", 0.143, 0.053, 0.233),
    ("female", "North East", -0.006, None, None),
    ("male", "North East", 0.002, None, None),
]


def pace(sex, end, **options):
    table = regional_hle().query("sex == @sex and area_name != 'England'").sort_values("period")
    wide = {
        column: table.pivot_table(index="area_name", columns="period", values=column) for column in ("hle_years", "se")
    }
    rest = [name for name in wide["se"].index if name not in ("London", "North East")]
    assert len(rest) == 7
    return pace_against_the_rest(
        wide["hle_years"].loc[end], wide["se"].loc[end], wide["hle_years"].loc[rest], wide["se"].loc[rest], MID_POINTS,
        **{"tau": TAU} | options,
    )  # fmt: skip


@pytest.mark.parametrize(("sex", "end", "slope", "lower", "upper"), PUBLISHED)
def test_the_pace_of_each_end_against_the_other_seven_regions_is_the_one_given(sex, end, slope, lower, upper):
    found = pace(sex, end)
    assert found.pace_years_per_year == pytest.approx(slope, abs=6e-4)
    if lower is not None:
        assert found.pace_lci_95 == pytest.approx(lower, abs=1e-3)
        assert found.pace_uci_95 == pytest.approx(upper, abs=1e-3)


@pytest.mark.parametrize("sex", ["female", "male"])
def test_london_moved_away_and_the_north_east_did_not_also_when_the_truth_wanders(sex):
    for sigma in (0.0, 0.154):
        london, north_east = (pace(sex, end, sigma=sigma) for end in ("London", "North East"))
        assert moved_away(better_off=london, worse_off=north_east) == "better-off end"


def test_each_combination_of_ends_has_its_words():
    up, down = pace("female", "London"), pace("female", "North East")
    words = {moved_away(better_off=one, worse_off=other) for one in (up, down) for other in (up, down, flipped(up))}
    assert words == {"both ends", "better-off end", "worse-off end", "neither end"}


def flipped(found):
    return type(found)(
        -found.pace_years_per_year, found.pace_se, -found.pace_uci_95, -found.pace_lci_95, found.naive_se
    )


def test_the_north_east_fell_less_than_england():
    found = change_beside_england(end_start=59.7, end_now=58.0, england_start=63.0, england_now=60.9)
    assert (found.change_years, found.england_years) == (pytest.approx(-1.7), pytest.approx(-2.1))
    assert found.own_years == pytest.approx(0.4)


def test_an_end_without_others_to_be_set_beside_is_refused():
    with pytest.raises(MeasureRefused):
        pace_against_the_rest(MID_POINTS, np.ones(12), [], [], MID_POINTS, tau=TAU)
