"""Claims about rolling periods."""

from datetime import date

import numpy as np
import pytest

from pipeline.errors import MeasureRefused
from pipeline.measures.trend.rolling import mid_point, non_overlapping, overlap, publication_month

TWELVE = np.arange(2012.5, 2024.5)  # 2011 to 2013 up to 2022 to 2024


def test_the_mid_point_of_2022_to_2024_is_the_middle_of_2023():
    assert mid_point(2022, 2024) == 2023.5
    assert mid_point([2011, 2022], [2013, 2024]) == pytest.approx([2012.5, 2023.5])


def test_a_period_that_ends_before_it_starts_is_refused():
    with pytest.raises(MeasureRefused):
        mid_point(2024, 2022)


def test_three_year_periods_share_two_years_then_one_then_none():
    assert overlap(TWELVE)[0, :5] == pytest.approx([1, 2 / 3, 1 / 3, 0, 0])


def test_non_overlapping_periods_end_at_the_latest_one():
    assert TWELVE[non_overlapping(TWELVE)].tolist() == [2014.5, 2017.5, 2020.5, 2023.5]
    assert TWELVE[:5][non_overlapping(TWELVE[:5])].tolist() == [2013.5, 2016.5]


def test_periods_out_of_order_are_refused():
    with pytest.raises(MeasureRefused):
        non_overlapping(TWELVE[::-1])


def test_2022_to_2024_appeared_in_february_2026():
    # The release was dated 19 February 2026.
    assert publication_month(2023.5) == date(2026, 2, 1)
    assert publication_month(2033.5) == date(2036, 2, 1)


def test_a_lag_that_reaches_december_keeps_its_year():
    assert publication_month(2023.5, lag_months=12) == date(2025, 12, 1)
