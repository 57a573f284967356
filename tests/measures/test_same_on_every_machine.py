"""Figures depend on what was published alone: not on the order of sums (which differs between processors), nor of rows."""

import numpy as np
import pandas as pd
import pytest

from pipeline import store
from pipeline.measures.gap.gaps import deprivation_pair, extreme_ends, income_pair
from pipeline.measures.trend.variances import pooled_variances
from tests.measures.regional_figures import MID_POINTS, nine_regions


@pytest.mark.parametrize("kind", [{"drift": True}, {"drift": False}, {"drift": False, "shrunken": True}])
def test_fitted_spreads_are_the_same_to_the_last_digits_in_whichever_order_regions_are_summed(kind):
    values, errors = (np.asarray(one) for one in nine_regions())
    fits = [
        pooled_variances(values[:, order], errors[:, order], MID_POINTS, **kind)
        for order in (np.arange(9), np.arange(9)[::-1])
    ]
    for name in ("sigma", "tau", "omega"):
        first, second = (getattr(fit, name) for fit in fits)
        assert first == pytest.approx(second, abs=1e-12)


@pytest.mark.parametrize("edge", [0.00005, 2.19425, 6.28935, 61.25005, 143.00015])
def test_a_figure_on_the_edge_of_two_roundings_is_written_alike_whatever_its_last_digit(edge):
    written = {store._decimal(edge + noise, 4) for noise in (-1e-12, -1e-14, 0.0, 1e-14, 1e-12)}
    assert len(written) == 1
    assert abs(float(written.pop()) - edge) <= 0.000_051


CODES = ["E12000001", "E12000002", "E12000003", "E12000004"]


@pytest.mark.parametrize("order", [[0, 1, 2, 3], [3, 2, 1, 0], [1, 3, 0, 2]])
def test_of_areas_that_are_level_the_first_by_code_is_the_end(order):
    income = pd.DataFrame(
        {"area_code": CODES, "area_type": "region", "year": 2023, "gdhi_per_head_gbp": [1, 2, 2, 1.0]}
    )
    assert income_pair(income.iloc[order]) == ("E12000002", "E12000001")
    scores = pd.DataFrame({"area_code": CODES, "imd_score": [3.0, 5.0, 5.0, 3.0], "population": 10})
    areas = pd.DataFrame({"area_code": CODES, "region_code": CODES})
    assert deprivation_pair(scores.iloc[order], areas) == ("E12000001", "E12000002")
    period = {"sex": "female", "period": "2022 to 2024", "period_start": 2022, "period_end": 2024}
    hle = pd.DataFrame(
        {"area_code": CODES, "area_name": list("ABCD"), "hle_years": [60.0, 62, 62, 60], "hle_se": 0.5, **period}
    )
    ends = extreme_ends(hle.iloc[order])
    assert list(ends[["better_off", "worse_off"]].iloc[0]) == ["B", "A"]
