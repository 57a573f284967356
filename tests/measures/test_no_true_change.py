"""Claims about worlds in which no gap truly changes: the direction is hardly ever Wider or Narrower."""

from functools import cache

import pytest

from tests.measures.null_worlds import Series, called_by_the_first_edition, called_wider_or_narrower, every_gap

WORLDS = 600
DEFINITIONS = [
    "income-regions", "deprivation-regions", "extreme-regions", "deprivation-fifths", "extreme-tenths",
    "deprivation-deciles", "slope-deciles", "slope-regions",
]  # fmt: skip


@cache
def gaps_without_a_change(sex: str, sigma: float) -> dict[str, Series]:
    return every_gap(sex, worlds=WORLDS, sigma=sigma, seed=3)


@pytest.mark.parametrize("sex", ["female", "male"])
@pytest.mark.parametrize("sigma", [0.0, 0.087], ids=["truth fixed", "truth wandering"])
@pytest.mark.parametrize("definition", DEFINITIONS)
def test_a_direction_is_given_in_at_most_5_of_100_worlds_without_a_change(definition, sigma, sex):
    assert called_wider_or_narrower(gaps_without_a_change(sex, sigma)[definition]) <= 0.05


@pytest.mark.parametrize(("sex", "share"), [("female", 0.20), ("male", 0.15)])
def test_the_first_edition_would_have_called_the_extreme_tenths_wider_in_over_15_of_100(sex, share):
    """The control: selection left in, and an interval that knows sampling alone."""
    assert called_by_the_first_edition(gaps_without_a_change(sex, 0.087)["extreme-tenths raw"]) > share


@pytest.mark.parametrize("sex", ["female", "male"])
def test_an_interval_of_sampling_alone_is_too_narrow_where_the_truth_wanders(sex):
    rates = [
        called_by_the_first_edition(gaps_without_a_change(sex, 0.087)[name])
        for name in ("income-regions", "deprivation-regions", "slope-regions")
    ]
    assert min(rates) > 0.05
