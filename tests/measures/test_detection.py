"""Claims about when a change or a pace could be told."""

from datetime import date

import numpy as np
import pytest

from pipeline.errors import MeasureRefused
from pipeline.measures.trend.detection import first_to_tell, smallest_detectable_change
from pipeline.measures.trend.trend import observed_pace, sampling_covariance


def test_the_smallest_detectable_change_is_1_96_or_2_80_times_root_two_standard_errors():
    assert smallest_detectable_change(0.5) == pytest.approx(1.96 * np.sqrt(2) * 0.5, abs=1e-4)
    assert smallest_detectable_change(0.5, power=0.8) == pytest.approx(2.80 * np.sqrt(2) * 0.5, abs=2e-3)


def test_a_change_of_the_smallest_detectable_size_is_found_as_often_as_claimed():
    generator = np.random.default_rng(2)
    change = smallest_detectable_change(0.5, power=0.8)
    seen = change + generator.normal(0, 0.5, 50_000) - generator.normal(0, 0.5, 50_000)
    assert np.mean(seen > 1.959964 * np.sqrt(2) * 0.5) == pytest.approx(0.8, abs=0.01)


def test_the_first_publication_that_could_tell_is_found_and_the_one_before_could_not():
    first = first_to_tell(-0.3, gap_se=0.55, from_mid_point=2023.5)
    for count, enough in ((first.period_count, True), (first.period_count - 1, False)):
        t = 2023.5 + np.arange(count)
        se = np.full(count, 0.55)
        slope_se = observed_pace(t, se, t, sampling_covariance(se, t)).pace_se
        assert ((1.959964 + 0.841621) * slope_se <= 0.3) is np.bool_(enough)


def test_the_date_is_14_months_after_the_end_of_the_last_period_needed():
    first = first_to_tell(-0.3, gap_se=0.55, from_mid_point=2023.5)
    assert first.published == date(round(first.mid_point + 0.5) + 2, 2, 1)


@pytest.mark.parametrize(
    "harder", [{"gap_se": 1.1}, {"nugget_variance": 0.2}, {"step_variance": 0.016}, {"power": 0.95}]
)
def test_more_noise_or_more_certainty_means_a_later_publication(harder):
    easy = {"gap_se": 0.55, "from_mid_point": 2023.5}
    assert first_to_tell(-0.3, **(easy | harder)).mid_point > first_to_tell(-0.3, **easy).mid_point


def test_a_faster_pace_is_told_sooner_and_its_direction_does_not_matter():
    slow = first_to_tell(-0.2, gap_se=0.55, from_mid_point=2023.5)
    fast = first_to_tell(-0.6, gap_se=0.55, from_mid_point=2023.5)
    assert fast.mid_point < slow.mid_point
    assert first_to_tell(0.6, gap_se=0.55, from_mid_point=2023.5) == fast


def test_what_no_publication_could_tell_is_refused():
    with pytest.raises(MeasureRefused, match="could not be told"):
        first_to_tell(-0.05, gap_se=0.55, from_mid_point=2023.5, step_variance=0.5)
    with pytest.raises(MeasureRefused):
        first_to_tell(0.0, gap_se=0.55, from_mid_point=2023.5)
    for power in (80, 0.01, 0.5):
        with pytest.raises(MeasureRefused, match="power"):
            first_to_tell(-0.3, gap_se=0.55, from_mid_point=2023.5, power=power)
