"""Claims about places of like deprivation: who they are, where a place is weaker, and how it moved beside them."""

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm

from pipeline.errors import MeasureRefused
from pipeline.measures.places.better_than_predicted import better_than_predicted, expected_by_luck
from pipeline.measures.places.local_action import authorities_of, baseline_period, place_series, record_since
from pipeline.measures.places.similar_places import change_against_similar, similar_places, weakest_blocks


def scores(*values, population=100):
    return pd.DataFrame(
        {"area_code": [f"A{i}" for i in range(len(values))], "imd_score": values, "population": population}
    )


def test_similar_places_are_the_nearest_in_deprivation_nearest_first():
    assert similar_places(scores(10, 11, 20, 9.5, 30), ["A0"], count=3) == ["A3", "A1", "A2"]


def test_a_place_of_several_authorities_has_their_mean_by_population_and_none_of_them_beside_it():
    table = scores(10, 40, 32, 12, 38).assign(population=[100, 300, 1, 1, 1])  # mean 32.5
    assert similar_places(table, ["A0", "A1"], count=2) == ["A2", "A4"]


def test_equally_near_places_stand_in_order_of_code():
    assert similar_places(scores(10, 12, 8), ["A0"], count=2) == ["A1", "A2"]


def test_a_place_without_a_score_has_no_similar_places():
    with pytest.raises(MeasureRefused, match="no deprivation score"):
        similar_places(scores(10, 11, 12), ["Z"], count=2)


def test_an_authority_whose_score_is_missing_is_never_chosen_and_has_no_similar_places():
    table = scores(10, np.nan, 11, 12)
    assert similar_places(table, ["A0"], count=2) == ["A2", "A3"]
    for place, count in ((["A1"], 2), (["A0"], 3)):
        with pytest.raises(MeasureRefused, match="no deprivation score"):
            similar_places(table, place, count=count)


def test_one_place_against_a_few_has_the_prediction_interval_of_statsmodels():
    changes = np.array([-3.1, -1.2, -4.0, 0.3, -2.2, -2.9, -0.7])
    found = change_against_similar(1.5, changes)
    fit = sm.OLS(changes, np.ones(len(changes))).fit()
    lower, upper = fit.get_prediction([1]).conf_int(obs=True)[0]
    assert found.difference == pytest.approx(1.5 - changes.mean())
    assert found.upper - found.lower == pytest.approx(upper - lower)
    assert found.lower == pytest.approx(1.5 - upper)


def test_the_interval_holds_zero_for_95_of_100_places_that_did_nothing():
    generator = np.random.default_rng(4)
    trials = generator.normal(-2, 1.8, (4000, 16))
    found = [change_against_similar(float(row[0]), row[1:]) for row in trials]
    assert np.mean([one.lower <= 0 <= one.upper for one in found]) == pytest.approx(0.95, abs=0.01)


def test_a_place_cannot_be_set_beside_fewer_than_five():
    with pytest.raises(MeasureRefused, match="4 similar places"):
        change_against_similar(1.0, [1.0, 2.0, 3.0, 4.0])


def latest_of(values, indicator="smoking"):
    codes = [f"A{i}" for i in range(len(values))]
    return pd.DataFrame({"indicator": indicator, "area_code": codes, "value": values})


def test_the_weakest_block_comes_first_whichever_direction_is_good():
    table = pd.concat(
        [
            latest_of([30.0, *[10.0, 11, 12, 13, 14, 15]], "smoking"),
            latest_of([80.0, *[70.0, 71, 72, 73, 74, 75]], "jobs"),
        ]
    )
    found = weakest_blocks(
        table, area_code="A0", similar=[f"A{i}" for i in range(1, 7)], signs={"smoking": -1, "jobs": 1}
    )
    assert found["indicator"].tolist() == ["smoking", "jobs"]
    assert found["difference_sd"].iloc[0] < 0 < found["difference_sd"].iloc[1]
    assert found["better_than"].tolist() == [0, 6]
    spread = np.std([30.0, 10, 11, 12, 13, 14, 15], ddof=1)
    assert found["difference_sd"].iloc[0] == pytest.approx(-(30 - 12.5) / spread)


def test_a_block_without_a_figure_of_the_place_is_left_out():
    table = latest_of([1.0, 2, 3, 4, 5, 6, 7])
    assert weakest_blocks(table, area_code="Z", similar=["A1", "A2", "A3", "A4", "A5"], signs={"smoking": -1}).empty


def test_a_missing_figure_of_another_authority_is_left_out_of_mean_spread_and_counts():
    figures = [30.0, 10, 11, 12, 13, 14, 15]
    similar = [f"A{i}" for i in range(1, 8)]
    whole, holed = (
        weakest_blocks(latest_of(values), area_code="A0", similar=similar, signs={"smoking": -1})
        for values in (figures, [*figures, np.nan])
    )
    pd.testing.assert_frame_equal(whole, holed)
    assert holed["similar_areas"].tolist() == [6]


def test_a_block_whose_figure_of_the_place_is_missing_is_left_out():
    table = latest_of([np.nan, 2, 3, 4, 5, 6, 7])
    assert weakest_blocks(table, area_code="A0", similar=["A1", "A2", "A3", "A4", "A5"], signs={"smoking": -1}).empty


def series(*years):
    return pd.DataFrame(
        [(f"{y} to {y + 2}", y, y + 2) for y in range(years[0], years[1] + 1)],
        columns=["period", "period_start", "period_end"],
    )


@pytest.mark.parametrize(
    ("since", "baseline"),
    [
        (2009, "2011 to 2013"),  # before the series: its first period
        (2013, "2011 to 2013"),  # no period ended before 2013
        (2014, "2011 to 2013"),
        (2015, "2012 to 2014"),
        (2020, "2017 to 2019"),
        (2022, "2019 to 2021"),
    ],
)
def test_the_baseline_is_the_last_period_that_ended_before_the_action(since, baseline):
    assert baseline_period(series(2011, 2022), since) == baseline


def test_an_action_too_young_for_an_independent_period_has_no_record():
    with pytest.raises(MeasureRefused, match="since 2023"):
        baseline_period(series(2011, 2022), 2023)


def hle(**by_area):
    rows = [
        ("2026-02-19", code, "female", f"{year} to {year + 2}", year, year + 2, value, value - 2, value + 2)
        for code, values in by_area.items()
        for year, value in zip((2011, 2022), values, strict=True)
    ]
    names = [
        "release",
        "area_code",
        "sex",
        "period",
        "period_start",
        "period_end",
        "hle_years",
        "hle_lci_95",
        "hle_uci_95",
    ]
    return pd.DataFrame(rows, columns=names)


def test_several_authorities_have_the_mean_of_their_people_and_a_smaller_error():
    people = pd.Series({"A": 300_000, "B": 100_000})
    found = place_series(hle(A=(60.0, 58.0), B=(64.0, 66.0)), ["A", "B"], people)
    assert found["place_years"].tolist() == [61.0, 60.0]
    half_width = found["place_uci_95"] - found["place_years"]
    assert half_width.tolist() == pytest.approx([2 * np.hypot(0.75, 0.25)] * 2, rel=1e-6)


def test_one_area_has_its_published_figures():
    found = place_series(hle(A=(60.0, 58.0)), ["A"], pd.Series(dtype=float))
    assert found[["place_years", "place_lci_95", "place_uci_95"]].to_numpy().ravel() == pytest.approx(
        [60, 58, 62, 58, 56, 60]
    )


def test_a_place_without_figures_is_named():
    with pytest.raises(MeasureRefused, match="C"):
        place_series(hle(A=(60.0, 58.0)), ["C"], pd.Series(dtype=float))


def test_the_record_is_the_places_change_against_the_changes_of_similar_places():
    table = hle(A=(60.0, 58.0), **{f"S{i}": (60.0, 59.0 + 0.1 * i) for i in range(6)})
    place = place_series(table, ["A"], pd.Series(dtype=float))
    beside = table[table["area_code"] != "A"].pivot_table(index="period", columns="area_code", values="hle_years")
    found = record_since(place, beside, "2011 to 2013")
    assert found.place_change == pytest.approx(-2.0)
    assert found.similar_change == pytest.approx(-0.75)
    assert found.difference == pytest.approx(-1.25)


def test_a_combined_authority_is_made_of_its_members_and_a_country_of_none():
    areas = pd.DataFrame(
        {
            "area_code": ["E08000010", "E08000003", "E06000054"],
            "combined_authority_code": ["E47000001", "E47000001", None],
        }
    )
    assert authorities_of(["E47000001"], areas) == ["E08000010", "E08000003"]
    assert authorities_of(["E06000054"], areas) == ["E06000054"]
    assert authorities_of(["E92000001"], areas) == []


def residuals(**by_area):
    return pd.DataFrame(
        [
            (code, code, f"{year} to {year + 2}", value, value - Z, value + Z, False)
            for code, values in by_area.items()
            for year, value in zip((2013, 2016, 2019, 2022), values, strict=True)
        ],
        columns=[
            "area_code",
            "area_name",
            "period",
            "residual_years",
            "residual_lci_95",
            "residual_uci_95",
            "stands_out",
        ],
    )


Z = 1.959964


def test_only_places_above_the_line_in_every_period_are_listed_largest_first():
    found = better_than_predicted(residuals(A=(1, 1, 1, 1), B=(5, 5, 5, -0.1), C=(2, 3, 2, 3)))
    assert found["area_code"].tolist() == ["C", "A"]
    assert found["mean_residual_years"].tolist() == [2.5, 1.0]
    assert found["lowest_residual_years"].tolist() == [2, 1]


def test_the_mean_of_four_independent_residuals_has_half_the_error_of_one():
    found = better_than_predicted(residuals(A=(2, 2, 2, 2))).iloc[0]
    assert found["mean_residual_uci_95"] - 2 == pytest.approx(Z / 2)


def test_a_place_with_a_hole_in_its_series_is_refused():
    with pytest.raises(MeasureRefused, match="Not every authority"):
        better_than_predicted(residuals(A=(1, 1, 1, 1), B=(1, 1, 1, 1)).iloc[:-1])


def test_luck_alone_puts_one_in_sixteen_above_the_line_four_times():
    above = (np.random.default_rng(2).normal(size=(20_000, 4)) > 0).all(axis=1).mean()
    assert expected_by_luck(151, 4) / 151 == pytest.approx(above, abs=0.005)
