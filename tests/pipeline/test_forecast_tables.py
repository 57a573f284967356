"""The tables of the forecasts' record say what the rule needs, and give back the variances that they were made from."""

import numpy as np
import pandas as pd
import pytest

from pipeline import store
from pipeline.answers.gap.forecasts import default_model, ends_of, fits_of, gap_forecast, record_summaries
from pipeline.errors import MeasureRefused, UsageError
from pipeline.measures.gap.definitions import DEFINITIONS

LONDON_AND_NORTH_EAST = ("E12000007", "E12000001")
BASELINE, TARGET = 2012.5, 2033.5


@pytest.fixture(scope="module")
def tables() -> dict[str, pd.DataFrame]:
    names = ("forecast_record", "forecast_variances", "forecast_ends", "gaps")
    return {name: pd.read_csv(store.PROCESSED_FOLDER / f"{name}.csv") for name in names}


def forecast(tables, definition: str, model: str, **settings):
    rows = tables["gaps"][tables["gaps"]["definition"] == definition]
    periods = "pre-pandemic" if "seen_to" in settings else "all"
    return gap_forecast(
        rows,
        model=model,
        fits=fits_of(tables["forecast_variances"], periods),
        ends=ends_of(tables["forecast_ends"], definition),
        last_year=2034,
        **settings,
    )


def test_the_rounded_table_leads_to_the_same_default_within_the_standard_set_for_it(tables):
    record = tables["forecast_record"]
    chosen = default_model(record, default_pair=LONDON_AND_NORTH_EAST)
    by_id = {one.candidate_id: one for one in record_summaries(record, default_pair=LONDON_AND_NORTH_EAST)}
    assert chosen == "two-sex"
    assert by_id[chosen].crps <= 0.50
    assert 0.75 <= by_id[chosen].coverage_80 <= 0.90
    assert by_id[chosen].coverage_95 >= 0.92
    assert record.groupby("model").size().unique().tolist() == [1080]


def test_outcomes_of_the_record_are_the_published_gaps(tables):
    record = tables["forecast_record"].query("better_off == 'E12000007' and worse_off == 'E12000001'")
    gaps = tables["gaps"].query("definition == 'income-regions'").set_index(["sex", "period"])["gap_years"]
    published = gaps.loc[list(zip(record["sex"], record["period"], strict=True))].to_numpy()
    assert record["outcome"].to_numpy() == pytest.approx(published, abs=0.0051)


def test_the_slope_across_regions_has_its_exact_weights_and_groups_of_authorities_borrow(tables):
    slope = ends_of(tables["forecast_ends"], "slope-regions")
    assert slope.total == pytest.approx(1.519, abs=0.001)
    assert not slope.borrowed
    borrowing = {name for name in DEFINITIONS if ends_of(tables["forecast_ends"], name).borrowed}
    assert borrowing == {
        "extreme-regions", "deprivation-fifths", "extreme-tenths", "deprivation-deciles", "slope-deciles"
    }  # fmt: skip


def test_half_of_the_baseline_gap_has_the_reference_chance_under_a_free_drift(tables):
    found = forecast(tables, "deprivation-regions", "drift")
    gaps = tables["gaps"].query("definition == 'deprivation-regions' and sex == 'male'").sort_values("period")
    half = gaps["gap_years"].iloc[0] / 2
    assert found.probability_at_most("male", half, target_mid_point=TARGET) == pytest.approx(0.0296, abs=0.0002)
    joint = found.probability_of_share("male", 0.5, baseline_mid_point=2021.5, target_mid_point=TARGET)
    assert joint == pytest.approx(0.009, abs=0.001)


@pytest.mark.parametrize("definition", DEFINITIONS)
def test_every_definition_is_forecast_from_its_last_figure_on_with_limits_in_order(tables, definition):
    rows = forecast(tables, definition, "two-sex").rows("female")
    assert rows["period"].iloc[[0, -1]].tolist() == ["2022 to 2024", "2032 to 2034"]
    ordered = rows[["gap_lci_95", "gap_lci_80", "gap_years", "gap_uci_80", "gap_uci_95"]].to_numpy()
    assert np.all(np.diff(ordered, axis=1) > 0)
    assert np.all(np.diff(rows["gap_uci_95"] - rows["gap_lci_95"]) > 0)


def test_before_the_pandemic_the_forecast_starts_at_its_last_period_and_says_less(tables):
    early, late = (forecast(tables, "income-regions", "two-sex", **seen) for seen in ({"seen_to": 2019}, {}))
    assert early.rows("male")["period"].iloc[0] == "2017 to 2019"
    assert early.prediction.true_gap.sd[0, -1] > late.prediction.true_gap.sd[0, -1]


def test_a_period_outside_the_forecast_and_a_series_too_short_are_refused(tables):
    found = forecast(tables, "income-regions", "drift")
    with pytest.raises(UsageError, match="does not hold"):
        found.probability_of_share("male", 0.5, baseline_mid_point=BASELINE, target_mid_point=2040.5)
    with pytest.raises(MeasureRefused):
        forecast(tables, "income-regions", "drift", seen_to=2015)
