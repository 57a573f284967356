"""Claims about Sullivan's method, against the guide's worked examples and ONS's figures for England."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from pipeline.errors import MeasureRefused
from pipeline.measures.difference import standard_error_from_interval
from pipeline.measures.life.england_check import england_check
from pipeline.measures.life.life_table import (
    ABRIDGED_AGES,
    LifeTable,
    life_table_from_probabilities,
    life_table_from_rates,
)
from pipeline.measures.life.sullivan import good_health_leverage, healthy_life_expectancy, shares_at_ages

REFERENCE = Path(__file__).parent.parent / "reference"
ABRIDGED = pd.read_csv(REFERENCE / "sullivan_abridged.csv")
SINGLE_YEAR = pd.read_csv(REFERENCE / "sullivan_single_year.csv")
ENGLAND_TABLE = pd.read_csv(REFERENCE / "england_life_table_2022_to_2024.csv")
ENGLAND_HEALTH = pd.read_csv(REFERENCE / "england_good_health_2022_to_2024.csv")

rates_of_20_bands = arrays.arrays(float, 20, elements=st.floats(1e-5, 0.3))
shares_of_20_bands = arrays.arrays(float, 20, elements=st.floats(0, 1))


def guide_table(example: pd.DataFrame, infant_fraction: float = 0.2) -> LifeTable:
    q = example["mx"] * example["n"] / (1 + example["n"] * example["mx"] / 2)
    q.iloc[0] = example["qx"].iloc[0]  # the guide divides infant deaths by births
    return life_table_from_probabilities(
        ages=[0, *np.cumsum(example["n"])[:-1]],
        probabilities_of_dying=q,
        open_band_death_rate=example["mx"].iloc[-1],
        infant_fraction=infant_fraction,
        death_counts=example["Dx"],
    )


def with_the_guides_open_band(table: LifeTable) -> LifeTable:
    """The guide treats the open band as ten closed years when it comes to variance; Silcocks' term is ours."""
    m, n, deaths = ABRIDGED["mx"].iloc[-1], 10, ABRIDGED["Dx"].iloc[-1]
    q = n * m / (1 + n * m / 2)
    return replace(table, open_band_variance=np.asarray((n / 2) ** 2 * q**2 * (1 - q) / deaths))


@pytest.mark.parametrize("name", ["abridged", "single year"])
@pytest.mark.parametrize(
    ("column", "attribute", "scale"),
    [
        ("DFLx", "healthy_person_years", 1),
        ("DFLEx", "healthy_life_expectancy_years", 1),
        ("pct", "proportion_in_good_health", 100),
    ],
)
def test_every_health_column_of_the_guide_is_reproduced(name, column, attribute, scale):
    example = ABRIDGED if name == "abridged" else SINGLE_YEAR.assign(n=1)
    result = healthy_life_expectancy(guide_table(example), 1 - example["pix"])
    assert getattr(result, attribute) * scale == pytest.approx(example[column].to_numpy(), rel=1e-9)


def test_the_prevalence_part_of_the_variance_is_the_guides():
    result = healthy_life_expectancy(guide_table(ABRIDGED), 1 - ABRIDGED["pix"], respondents=ABRIDGED["Nx"])
    assert result.prevalence_variance == pytest.approx(ABRIDGED["var_DFLE_prev"].to_numpy(), rel=1e-9)
    assert np.sqrt(result.prevalence_variance) == pytest.approx(ABRIDGED["se_DFLE_prev"].to_numpy(), rel=1e-9)


def test_the_surveys_own_variances_give_what_its_respondents_gave():
    table, shares = guide_table(ABRIDGED), 1 - ABRIDGED["pix"]
    by_variance = healthy_life_expectancy(table, shares, share_variances=ABRIDGED["var_pix"])
    assert by_variance.prevalence_variance == pytest.approx(ABRIDGED["var_DFLE_prev"].to_numpy(), rel=1e-9)


def test_the_mortality_part_is_the_guides_from_age_1_on_with_the_guides_open_band():
    table = with_the_guides_open_band(guide_table(ABRIDGED))
    result = healthy_life_expectancy(table, 1 - ABRIDGED["pix"], respondents=ABRIDGED["Nx"])
    expected = ABRIDGED[["var_DFLE_mort", "var_DFLE_total"]].to_numpy()
    assert result.mortality_variance[1:] == pytest.approx(expected[1:, 0], rel=1e-9)
    assert result.variance[1:] == pytest.approx(expected[1:, 1], rel=1e-9)


def test_the_mortality_part_is_the_guides_at_birth_with_its_infants_living_half_the_year():
    # The guide counts infants' years with a = 0.2, but their variance with a = 0.5.
    table = with_the_guides_open_band(guide_table(ABRIDGED, infant_fraction=0.5))
    result = healthy_life_expectancy(table, 1 - ABRIDGED["pix"])
    assert result.mortality_variance == pytest.approx(ABRIDGED["var_DFLE_mort"].to_numpy(), rel=1e-9)
    with_its_years = with_the_guides_open_band(guide_table(ABRIDGED, infant_fraction=0.2))
    other = healthy_life_expectancy(with_its_years, 1 - ABRIDGED["pix"])
    assert abs(other.mortality_variance[0] / ABRIDGED["var_DFLE_mort"][0] - 1) > 1e-3


def test_silcocks_open_band_adds_under_a_tenth_to_the_mortality_part_and_nothing_to_the_other():
    table, shares = guide_table(ABRIDGED, infant_fraction=0.5), 1 - ABRIDGED["pix"]
    ours = healthy_life_expectancy(table, shares, respondents=ABRIDGED["Nx"])
    assert 1 < ours.mortality_variance[0] / ABRIDGED["var_DFLE_mort"][0] < 1.1
    assert ours.prevalence_variance[0] == pytest.approx(ABRIDGED["var_DFLE_prev"][0], rel=1e-9)


def test_the_total_standard_error_is_the_scatter_over_redrawn_deaths_and_answers():
    generator = np.random.default_rng(5)
    example = ABRIDGED.assign(mx=ABRIDGED["Dx"] / ABRIDGED["Px"])
    ages = [0, *np.cumsum(example["n"])[:-1]]
    shares = 1 - example["pix"].to_numpy()
    deaths = generator.poisson(example["Dx"], (4000, len(example)))
    answers = generator.binomial(example["Nx"], shares, (4000, len(example))) / example["Nx"].to_numpy()
    redrawn = healthy_life_expectancy(
        life_table_from_rates(ages=ages, death_rates=deaths / example["Px"].to_numpy()), answers
    )
    table = life_table_from_rates(ages=ages, death_rates=example["mx"], death_counts=example["Dx"])
    result = healthy_life_expectancy(table, shares, respondents=example["Nx"])
    assert np.sqrt(result.variance[0]) == pytest.approx(redrawn.healthy_life_expectancy_years[:, 0].std(), rel=0.05)


@pytest.mark.parametrize(("sex", "stated", "published"), [("male", 60.90, 60.9), ("female", 61.25, 61.3)])
def test_englands_life_table_and_shares_give_its_published_healthy_life_expectancy(sex, stated, published):
    check = england_check(ENGLAND_TABLE, ENGLAND_HEALTH).set_index(["sex", "age"])
    at_birth = check.loc[(sex, 0)]
    assert at_birth["hle_years"] == pytest.approx(stated, abs=0.005)
    assert at_birth["published_hle_years"] == published
    assert (check["difference_years"].abs() < 0.1).all()


def test_the_england_check_would_notice_shares_of_the_other_sex():
    swapped = ENGLAND_HEALTH.assign(sex=ENGLAND_HEALTH["sex"].map({"male": "female", "female": "male"}))
    assert (england_check(ENGLAND_TABLE, swapped)["difference_years"].abs() > 0.1).any()


def test_leverages_sum_to_life_expectancy_so_a_point_everywhere_adds_one_percent_of_it():
    table = guide_table(ABRIDGED)
    assert good_health_leverage(table).sum() == pytest.approx(table.life_expectancy_years[0])


@given(rates_of_20_bands, shares_of_20_bands, st.integers(0, 19), st.floats(-0.1, 0.1))
def test_the_leverage_is_what_a_change_of_one_share_does(rates, shares, band, rise):
    table = life_table_from_rates(ages=ABRIDGED_AGES, death_rates=rates)
    raised = shares.copy()
    raised[band] = np.clip(raised[band] + rise, 0, 1)
    gain = (
        healthy_life_expectancy(table, raised).healthy_life_expectancy_years[0]
        - healthy_life_expectancy(table, shares).healthy_life_expectancy_years[0]
    )
    expected = good_health_leverage(table)[band] * (raised[band] - shares[band])
    assert gain == pytest.approx(expected, abs=1e-9)


@given(rates_of_20_bands)
def test_full_health_gives_life_expectancy_and_its_variance(rates):
    table = life_table_from_rates(ages=ABRIDGED_AGES, death_rates=rates, death_counts=rates * 1e6)
    result = healthy_life_expectancy(table, 1.0, respondents=100)
    assert result.healthy_life_expectancy_years == pytest.approx(table.life_expectancy_years, rel=1e-12)
    assert result.mortality_variance == pytest.approx(table.life_expectancy_variance, rel=1e-9)
    assert result.prevalence_variance == pytest.approx(0)


@given(rates_of_20_bands, shares_of_20_bands, st.floats(0.5, 0.999), st.sampled_from(["both", "prevalence"]))
def test_interval_and_standard_error_agree(rates, shares, confidence, part):
    table = life_table_from_rates(ages=ABRIDGED_AGES, death_rates=rates, death_counts=rates * 1e4)
    result = healthy_life_expectancy(table, shares, respondents=500)
    variance = result.variance if part == "both" else result.prevalence_variance
    se = standard_error_from_interval(*result.interval(confidence, part=part), confidence)
    assert se == pytest.approx(np.sqrt(variance), rel=1e-6, abs=1e-9)


def test_many_areas_at_once_give_what_each_gives_alone():
    generator = np.random.default_rng(9)
    rates, shares = generator.uniform(0.001, 0.2, (3, 20)), generator.uniform(0.2, 1, (3, 20))
    together = healthy_life_expectancy(life_table_from_rates(ages=ABRIDGED_AGES, death_rates=rates), shares)
    alone = healthy_life_expectancy(life_table_from_rates(ages=ABRIDGED_AGES, death_rates=rates[1]), shares[1])
    assert together.healthy_life_expectancy_years[1] == pytest.approx(alone.healthy_life_expectancy_years, rel=1e-12)


def test_without_respondents_the_variance_is_unknown_not_zero():
    assert np.isnan(healthy_life_expectancy(guide_table(ABRIDGED), 1 - ABRIDGED["pix"]).prevalence_variance).all()


def test_a_share_given_in_per_cent_is_refused_and_its_band_named():
    shares = 1 - ABRIDGED["pix"].to_numpy()
    shares[6] = 90.4
    with pytest.raises(MeasureRefused) as refusal:
        healthy_life_expectancy(guide_table(ABRIDGED), shares)
    assert refusal.value.where == "age band 7"


def test_respondents_and_variances_together_are_refused():
    with pytest.raises(MeasureRefused, match="Both"):
        healthy_life_expectancy(
            guide_table(ABRIDGED), 0.8, respondents=ABRIDGED["Nx"], share_variances=ABRIDGED["var_pix"]
        )


def test_each_single_year_takes_the_share_of_its_band():
    looked_up = shares_at_ages(band_ages=[0, 1, 5], shares=[0.9, 0.8, 0.7], ages=[0, 1, 4, 5, 99])
    assert looked_up == pytest.approx([0.9, 0.8, 0.8, 0.7, 0.7])


def test_an_age_below_the_first_band_is_refused():
    with pytest.raises(MeasureRefused):
        shares_at_ages(band_ages=[16, 20], shares=[0.9, 0.8], ages=[15])
