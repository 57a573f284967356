"""Claims about life tables, against OHID's example, the guide to Sullivan's method and England's own table."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from pipeline.errors import MeasureRefused
from pipeline.measures.difference import standard_error_from_interval
from pipeline.measures.life.life_table import (
    ABRIDGED_AGES,
    life_table,
    life_table_from_probabilities,
    life_table_from_rates,
)

REFERENCE = Path(__file__).parent.parent / "reference"
OHID = pd.read_csv(REFERENCE / "phe_life_expectancy.csv")
ABRIDGED = pd.read_csv(REFERENCE / "sullivan_abridged.csv")
SINGLE_YEAR = pd.read_csv(REFERENCE / "sullivan_single_year.csv")
ENGLAND = pd.read_csv(REFERENCE / "england_life_table_2022_to_2024.csv")

rates_of_20_bands = arrays.arrays(float, 20, elements=st.floats(1e-5, 0.3))


def ohid_table(**changes):
    figures = {"ages": OHID["startage"], "deaths": OHID["deaths"], "populations": OHID["pops"]}
    return life_table(**(figures | changes))


def guide_table(example, infant_fraction=0.2):
    """The guide divides infant deaths by births, so its first probability is taken as given."""
    q = example["mx"] * example["n"] / (1 + example["n"] * example["mx"] / 2)
    q.iloc[0] = example["qx"].iloc[0]
    return life_table_from_probabilities(
        ages=[0, *np.cumsum(example["n"])[:-1]],
        probabilities_of_dying=q,
        open_band_death_rate=example["mx"].iloc[-1],
        infant_fraction=infant_fraction,
        death_counts=example["Dx"],
    )


def test_the_20_bands_start_at_0_1_5_and_end_at_90():
    assert np.array_equal(ABRIDGED_AGES, OHID["startage"])


def test_life_expectancy_is_ohids_at_every_age():
    assert ohid_table().life_expectancy_years == pytest.approx(OHID["value"].to_numpy(), abs=1e-6)


@pytest.mark.parametrize(("confidence", "suffix"), [(0.95, "95_0cl"), (0.998, "99_8cl")])
def test_limits_of_life_expectancy_are_ohids_at_every_age(confidence, suffix):
    lower, upper = ohid_table().interval(confidence)
    assert lower == pytest.approx(OHID[f"lower{suffix}"].to_numpy(), abs=1e-6)
    assert upper == pytest.approx(OHID[f"upper{suffix}"].to_numpy(), abs=1e-6)


def test_another_infant_fraction_misses_ohids_life_expectancy():
    assert abs(ohid_table(infant_fraction=0.5).life_expectancy_years[0] - OHID["value"][0]) > 1e-5


@pytest.mark.parametrize(
    ("column", "attribute"),
    [
        ("qx", "probabilities_of_dying"),
        ("lx", "survivors"),
        ("Lx", "person_years"),
        ("Tx", "person_years_above"),
        ("ex", "life_expectancy_years"),
    ],
)
@pytest.mark.parametrize("name", ["abridged", "single year"])
def test_every_column_of_the_guides_life_tables_is_reproduced(name, column, attribute):
    example = ABRIDGED if name == "abridged" else SINGLE_YEAR.assign(n=1)
    computed, expected = getattr(guide_table(example), attribute), example[column].to_numpy()
    if column == "qx":  # the guide does not close its open band
        computed, expected = computed[:-1], expected[:-1]
    assert computed == pytest.approx(expected, rel=1e-9)


def test_the_variance_of_a_probability_is_the_guides_in_every_closed_band():
    computed = guide_table(ABRIDGED).probability_variance
    assert computed[:-1] == pytest.approx(ABRIDGED["var_qx"].to_numpy()[:-1], rel=1e-9)


@pytest.mark.parametrize(("sex", "published"), [("male", 79.39), ("female", 83.30)])
def test_englands_published_probabilities_give_its_published_life_expectancy(sex, published):
    england = ENGLAND[ENGLAND["sex"] == sex]
    table = life_table_from_probabilities(
        ages=england["age"],
        probabilities_of_dying=england["death_probability"],
        open_band_death_rate=england["mortality_rate"].iloc[-1],
    )
    assert table.life_expectancy_years[0] == pytest.approx(published, abs=0.01)
    # Above 80 the open band tells: ONS follows its table beyond 100, here the band from 100 on is left open.
    assert table.life_expectancy_years[:81] == pytest.approx(england["le_years"].to_numpy()[:81], abs=0.02)
    assert table.survivors == pytest.approx(england["survivors"].to_numpy(), abs=1)


def test_many_areas_at_once_give_what_each_gives_alone():
    generator = np.random.default_rng(3)
    deaths = generator.poisson(OHID["deaths"], (4, 5, 20))
    deaths[..., -1] += 1
    together = ohid_table(deaths=deaths)
    alone = ohid_table(deaths=deaths[2, 3])
    assert together.life_expectancy_years[2, 3] == pytest.approx(alone.life_expectancy_years, rel=1e-12)
    assert together.life_expectancy_variance[2, 3] == pytest.approx(alone.life_expectancy_variance, rel=1e-12)


def test_the_standard_error_is_the_scatter_of_life_expectancy_over_redrawn_deaths():
    generator = np.random.default_rng(11)
    redrawn = ohid_table(deaths=generator.poisson(OHID["deaths"], (4000, 20)))
    scatter = redrawn.life_expectancy_years[:, 0].std()
    assert np.sqrt(ohid_table().life_expectancy_variance[0]) == pytest.approx(scatter, rel=0.05)


def test_rates_without_counts_have_life_expectancy_but_no_variance():
    table = life_table_from_rates(ages=OHID["startage"], death_rates=OHID["deaths"] / OHID["pops"])
    assert table.life_expectancy_years == pytest.approx(OHID["value"].to_numpy(), abs=1e-6)
    assert np.isnan(table.life_expectancy_variance).all()


@given(rates_of_20_bands)
def test_probabilities_give_back_the_table_of_their_rates(rates):
    first = life_table_from_rates(ages=ABRIDGED_AGES, death_rates=rates)
    second = life_table_from_probabilities(
        ages=ABRIDGED_AGES, probabilities_of_dying=first.probabilities_of_dying, open_band_death_rate=rates[-1]
    )
    assert second.death_rates == pytest.approx(rates, rel=1e-9)
    assert second.person_years == pytest.approx(first.person_years, rel=1e-9)


@given(rates_of_20_bands)
def test_everybody_born_dies_and_deaths_are_rates_times_years_lived(rates):
    table = life_table_from_rates(ages=ABRIDGED_AGES, death_rates=rates)
    assert table.deaths.sum() == pytest.approx(100_000)
    assert table.deaths == pytest.approx(rates * table.person_years, rel=1e-9)


@given(rates_of_20_bands, st.floats(0.5, 0.999))
def test_interval_and_standard_error_agree(rates, confidence):
    table = life_table_from_rates(ages=ABRIDGED_AGES, death_rates=rates, death_counts=rates * 1e5)
    lower, upper = table.interval(confidence)
    assert standard_error_from_interval(lower, upper, confidence) == pytest.approx(
        np.sqrt(table.life_expectancy_variance), rel=1e-6
    )


@given(st.floats(0.005, 0.2))
def test_a_constant_death_rate_gives_its_reciprocal_at_every_age(rate):
    # In single years the half-year rule is exact for a stationary population to the second order only.
    table = life_table_from_rates(ages=np.arange(100), death_rates=np.full(100, rate), infant_fraction=0.5)
    assert table.life_expectancy_years == pytest.approx(1 / rate, rel=1e-9)


def test_a_band_without_deaths_is_lived_through_by_all():
    deaths = OHID["deaths"].to_numpy().copy()
    deaths[3] = 0
    table = ohid_table(deaths=deaths)
    assert table.survivors[3] == table.survivors[4]
    assert table.probability_variance[3] == 0


@pytest.mark.parametrize(
    ("column", "band", "value", "where"),
    [
        ("populations", 4, 0, "age band 5"),
        ("populations", 4, np.nan, "age band 5"),
        ("deaths", 0, -1, "age band 1"),
        ("deaths", 19, 0, "age band 20"),
        ("deaths", 18, 40_000, "age band 19"),
    ],
)
def test_impossible_figures_are_refused_and_their_band_named(column, band, value, where):
    figures = OHID["deaths" if column == "deaths" else "pops"].to_numpy(dtype=float).copy()
    figures[band] = value
    with pytest.raises(MeasureRefused) as refusal:
        ohid_table(**{column: figures})
    assert refusal.value.where == where


def test_bands_that_do_not_ascend_or_do_not_fit_are_refused():
    with pytest.raises(MeasureRefused, match="Age bands"):
        ohid_table(ages=OHID["startage"][::-1])
    with pytest.raises(MeasureRefused, match="Age bands"):
        ohid_table(ages=OHID["startage"][:-1])


def test_an_infant_fraction_above_one_is_refused():
    with pytest.raises(MeasureRefused, match="first year"):
        ohid_table(infant_fraction=1.5)
