"""Claims about the slope and relative index of inequality, against OHID's own test cases and plain arithmetic."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from pipeline import store
from pipeline.errors import MeasureRefused
from pipeline.measures.difference import standard_error_from_interval
from pipeline.measures.inequality.slope_index import ridits, slope_index_of_inequality, slope_weights
from tests.measures.ohid_slope_cases import drawn_on_scale, fitted_on_scale

REFERENCE = Path(__file__).parent.parent / "reference"
INPUTS = pd.read_csv(REFERENCE / "phe_sii_inputs.csv")
EXPECTED = pd.read_csv(REFERENCE / "phe_sii_expected.csv")
ERROR_SCALES = {"life-expectancy": "none", "rate": "log", "proportion": "logit"}

cases = pytest.mark.parametrize(
    "case", list(EXPECTED.itertuples(index=False)), ids=lambda case: f"case {case.case} at {case.confidence:.0%}"
)
cases_as_measured = pytest.mark.parametrize(
    "case",
    [
        case
        for case in EXPECTED.itertuples(index=False)
        if case.transform == "none" and case.dataset.startswith("life") and not np.isnan(case.sii_lower)
    ],
    ids=lambda case: f"case {case.case} at {case.confidence:.0%}",
)
ten_groups = arrays.arrays(float, 10, elements=st.floats(40, 80))
ten_populations = arrays.arrays(float, 10, elements=st.floats(100, 1e6))


def groups_of(case) -> pd.DataFrame:
    return INPUTS[INPUTS["dataset"] == case.dataset]


def error_scale_of(case) -> str:
    return ERROR_SCALES[case.dataset.rsplit("-", 1)[0]]


def test_the_reference_holds_all_22_of_ohids_cases():
    assert EXPECTED["case"].nunique() == 22


@cases
def test_slope_ratio_and_intercept_are_those_of_ohid(case):
    groups = groups_of(case)
    found = fitted_on_scale(groups["value"].to_numpy(), groups["population"], case.transform, case.multiplier)
    for name in ("sii", "rii", "intercept"):
        expected = getattr(case, name)
        if not np.isnan(expected):
            assert getattr(found, name) == pytest.approx(expected, abs=1e-6), name


@cases
def test_simulated_limits_are_those_of_ohid_within_5_percent(case):
    drawn = drawn_on_scale(groups_of(case), error_scale_of(case), case.transform, case.multiplier)
    tails = [(1 - case.confidence) / 2, (1 + case.confidence) / 2]
    for measure in ("sii", "rii"):
        for name, limit in zip(("lower", "upper"), np.nanquantile(getattr(drawn, measure), tails), strict=True):
            expected = getattr(case, f"{measure}_{name}")
            if not np.isnan(expected):
                assert limit == pytest.approx(expected, rel=0.05), (measure, name)


@cases_as_measured
def test_the_exact_limits_are_those_of_ohid_within_5_percent(case):
    groups, factor = groups_of(case), abs(case.multiplier)
    index = slope_index_of_inequality(groups["value"], groups["se"], groups["population"], confidence=case.confidence)
    width = (index.sii_upper - index.sii_lower) * factor
    assert width == pytest.approx(case.sii_upper - case.sii_lower, rel=0.05)
    if case.multiplier > 0:
        for name in ("sii_lower", "sii_upper", "rii_lower", "rii_upper"):
            expected, unit = getattr(case, name), factor if name.startswith("sii") else 1
            if not np.isnan(expected):
                assert getattr(index, name) * unit == pytest.approx(expected, rel=0.05), name


def test_the_wrong_transform_misses_ohids_slope():
    case = next(row for row in EXPECTED.itertuples() if row.transform == "log")
    groups = groups_of(case)
    untransformed = slope_index_of_inequality(groups["value"], groups["se"], groups["population"])
    assert abs(untransformed.sii - case.sii) > 0.05


@pytest.mark.parametrize(("sex", "published"), [("male", 19.3), ("female", 20.1)])
def test_the_slope_over_national_deciles_2022_to_2024_is_the_one_ons_published(sex, published):
    deciles = pd.read_csv(REFERENCE / "hle_deciles_2022_to_2024.csv").query("sex == @sex").sort_values("imd_decile")
    index = slope_index_of_inequality(deciles["hle_years"], 0, 1)
    assert index.sii == pytest.approx(published, abs=0.06)  # from values rounded to one decimal


def test_two_groups_give_twice_their_difference():
    # Mid-points of two equal halves lie half the range apart, so the line over the whole range is twice as steep.
    index = slope_index_of_inequality([60.0, 63.0], [0.3, 0.4], [5, 5])
    assert index.sii == pytest.approx(6.0)
    assert index.sii_se == pytest.approx(2 * 0.5)
    assert index.intercept == pytest.approx(58.5)
    assert index.rii == pytest.approx(64.5 / 58.5)


def test_ridits_are_the_middles_of_the_cumulative_shares():
    assert ridits([1, 1, 2]) == pytest.approx([0.125, 0.375, 0.75])


def test_populations_matter():
    even = slope_index_of_inequality([55, 60, 70], 0.1, [1, 1, 1])
    uneven = slope_index_of_inequality([55, 60, 70], 0.1, [1, 1, 8])
    assert abs(even.sii - uneven.sii) > 1


def test_many_series_at_once_give_what_each_gives_alone():
    generator = np.random.default_rng(1)
    values, errors = generator.normal(60, 5, (3, 4, 10)), generator.uniform(0.1, 1, (3, 4, 10))
    people = generator.uniform(1, 9, 10)
    together = slope_index_of_inequality(values, errors, people)
    alone = slope_index_of_inequality(values[2, 1], errors[2, 1], people)
    assert together.sii.shape == (3, 4)
    for name in ("sii", "sii_se", "sii_lower", "rii", "rii_upper", "intercept", "intercept_se"):
        assert getattr(together, name)[2, 1] == pytest.approx(float(getattr(alone, name)), rel=1e-12)


@given(ten_groups, ten_populations, st.floats(0.01, 2), st.floats(0.5, 0.999))
def test_interval_and_standard_error_agree(values, people, se, confidence):
    index = slope_index_of_inequality(values, se, people, confidence=confidence)
    assert standard_error_from_interval(index.sii_lower, index.sii_upper, confidence) == pytest.approx(
        float(index.sii_se), rel=1e-6
    )
    if not np.isnan(index.rii):
        log_se = standard_error_from_interval(np.log(index.rii_lower), np.log(index.rii_upper), confidence)
        assert log_se * index.rii == pytest.approx(float(index.rii_se), rel=1e-6)


@given(ten_groups, ten_populations, st.floats(0.01, 100))
def test_the_slope_scales_with_units_and_the_ratio_does_not(values, people, factor):
    years = slope_index_of_inequality(values, 0.5, people)
    other = slope_index_of_inequality(values * factor, 0.5 * factor, people)
    assert other.sii == pytest.approx(float(years.sii) * factor, rel=1e-6, abs=1e-6)
    assert other.sii_se == pytest.approx(float(years.sii_se) * factor, rel=1e-6)
    assert other.rii == pytest.approx(float(years.rii), rel=1e-6, nan_ok=True)


@given(ten_groups, ten_populations)
def test_relabelling_from_the_other_end_only_turns_the_sign(values, people):
    forward = slope_index_of_inequality(values, 0.5, people)
    backward = slope_index_of_inequality(values[::-1], 0.5, people[::-1])
    assert backward.sii == pytest.approx(-float(forward.sii), abs=1e-6)
    assert backward.sii_se == pytest.approx(float(forward.sii_se), rel=1e-6)
    assert backward.rii == pytest.approx(1 / float(forward.rii), rel=1e-6, nan_ok=True)


@given(ten_groups, ten_populations, st.floats(0.1, 1000))
def test_counting_people_in_other_units_changes_nothing(values, people, factor):
    first = slope_index_of_inequality(values, 0.5, people)
    second = slope_index_of_inequality(values, 0.5, people * factor)
    assert second.sii == pytest.approx(float(first.sii), rel=1e-6, abs=1e-6)


@given(ten_groups, st.integers(0, 9))
def test_splitting_a_group_into_two_alike_halves_leaves_the_ends_of_an_exact_line_alone(values, at):
    # On a straight line in the ridit the fit is perfect, whatever the grouping.
    people = np.arange(1.0, 11.0)
    line = values[0] + 5 * ridits(people)
    split = np.insert(people, at, people[at] / 2)
    split[at + 1] /= 2
    regrouped = slope_index_of_inequality(values[0] + 5 * ridits(split), 0.5, split)
    assert regrouped.sii == pytest.approx(float(slope_index_of_inequality(line, 0.5, people).sii), abs=1e-8)


@pytest.mark.parametrize(
    ("values", "errors", "people", "where"),
    [
        ([60, 61, 62], 0.3, [1, 0, 1], "group 2"),
        ([60, 61, 62], 0.3, [1, 1, -1], "group 3"),
        ([60, 61, 62], 0.3, [np.nan, 1, 1], "group 1"),
        ([60, np.inf, 62], 0.3, [1, 1, 1], "group 2"),
        ([[60, 61], [60, np.nan]], 0.3, [1, 1], "series 2, group 2"),
        ([60, 61], [0.3, -0.3], [1, 1], "group 2"),
    ],
)
def test_an_unusable_input_is_refused_and_its_position_named(values, errors, people, where):
    with pytest.raises(MeasureRefused) as refusal:
        slope_index_of_inequality(values, errors, people)
    assert refusal.value.where == where


@pytest.mark.parametrize("values", [[60.0], 60.0])
def test_fewer_than_two_groups_are_refused(values):
    with pytest.raises(MeasureRefused, match="two groups"):
        slope_index_of_inequality(values, 0.3, 1)


def test_ends_of_opposite_sign_have_a_slope_but_no_ratio():
    index = slope_index_of_inequality([-5, 5], 0.3, 1)
    assert index.sii == pytest.approx(20)
    assert np.isnan(index.rii)


def test_the_slope_across_regions_has_1_519_times_one_regions_variance():
    scores = pd.read_csv(store.PROCESSED_FOLDER / "deprivation.csv")
    areas = pd.read_csv(store.PROCESSED_FOLDER / "areas.csv")
    rows = scores.merge(areas[["area_code", "region_code"]], on="area_code")
    rows["product"] = rows["imd_score"] * rows["population"]
    regions = rows.groupby("region_code")[["product", "population"]].sum()
    people = regions.assign(score=regions["product"] / regions["population"]).sort_values("score", ascending=False)
    assert (slope_weights(people["population"]) ** 2).sum() == pytest.approx(1.519, abs=5e-4)
    # independent arithmetic: the slope of a weighted straight line, moved by one year in one region at a time
    share = people["population"].to_numpy() / people["population"].sum()
    x = np.cumsum(share) - share / 2
    moved = [np.polyfit(x, row, 1, w=np.sqrt(share))[0] for row in np.eye(9)]
    assert slope_weights(people["population"]) == pytest.approx(np.array(moved))


def test_a_speck_of_a_population_is_refused():
    with pytest.raises(MeasureRefused, match="speck"):
        slope_index_of_inequality([60, 61, 62], 0.3, [1, 1, 1e-17])
