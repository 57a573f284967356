"""Claims about splitting a difference into mortality and health, against independent decompositions."""

from itertools import permutations
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from pipeline.errors import MeasureRefused
from pipeline.measures.life.decomposition import midpoint_split, stepwise_decomposition
from pipeline.measures.life.life_table import ABRIDGED_AGES, life_table_from_rates
from pipeline.measures.life.sullivan import healthy_life_expectancy

REFERENCE = Path(__file__).parent.parent / "reference"
BY_AGE = pd.read_csv(REFERENCE / "decomposition_by_age.csv")
TOTALS = pd.read_csv(REFERENCE / "decomposition_totals.csv").set_index("quantity")["value"]

rates_of_20_bands = arrays.arrays(float, 20, elements=st.floats(1e-5, 0.3))
shares_of_20_bands = arrays.arrays(float, 20, elements=st.floats(0, 1))
expectancies = st.tuples(st.floats(70, 90), st.floats(0.5, 1)).map(lambda pair: (pair[0], pair[0] * pair[1]))


def reference_tables():
    ages = [0, *np.cumsum(BY_AGE["n"])[:-1]]
    first, second = (
        life_table_from_rates(ages=ages, death_rates=BY_AGE[column], infant_fraction=0.5) for column in ("mxA", "mxB")
    )
    return first, 1 - BY_AGE["piA"], second, 1 - BY_AGE["piB"]


def reference_decomposition():
    first, first_shares, second, second_shares = reference_tables()
    return stepwise_decomposition(first=first, first_shares=first_shares, second=second, second_shares=second_shares)


def test_the_two_reference_tables_have_the_expectancies_computed_elsewhere():
    first, first_shares, second, second_shares = reference_tables()
    assert first.life_expectancy_years[0] == pytest.approx(TOTALS["LE_A"], abs=1e-9)
    assert second.life_expectancy_years[0] == pytest.approx(TOTALS["LE_B"], abs=1e-9)
    first_hle = healthy_life_expectancy(first, first_shares).healthy_life_expectancy_years[0]
    second_hle = healthy_life_expectancy(second, second_shares).healthy_life_expectancy_years[0]
    assert first_hle == pytest.approx(TOTALS["HLE_A"], abs=1e-9)
    assert second_hle == pytest.approx(TOTALS["HLE_B"], abs=1e-9)


def test_totals_of_mortality_and_health_are_the_independent_ones():
    parts = reference_decomposition()
    assert parts.difference_years == pytest.approx(TOTALS["diff_HLE"], abs=1e-9)
    assert parts.mortality_years.sum() == pytest.approx(TOTALS["asb_mort"], abs=1e-9)
    assert parts.health_years.sum() == pytest.approx(TOTALS["asb_health"], abs=1e-9)


def test_each_age_bands_parts_are_the_independent_ones():
    parts = reference_decomposition()
    assert parts.mortality_years == pytest.approx(BY_AGE["asb_mort"].to_numpy(), abs=1e-9)
    assert parts.health_years == pytest.approx(BY_AGE["asb_health"].to_numpy(), abs=1e-9)


@pytest.mark.parametrize("method", ["step", "stepboth", "horiuchi"])
def test_other_exact_methods_agree_to_a_few_thousandths_of_a_year_but_are_not_the_same(method):
    parts = reference_decomposition()
    apart = abs(parts.mortality_years.sum() - BY_AGE[f"{method}_mort"].sum())
    assert 1e-6 < apart < 0.003


def hle_at_birth(rates, shares):
    table = life_table_from_rates(ages=[0, 1, 5], death_rates=rates, infant_fraction=0.5)
    return healthy_life_expectancy(table, shares).healthy_life_expectancy_years[0]


def test_the_formula_is_the_mean_of_stepping_through_the_ages_both_ways_and_in_both_orders():
    rates = np.array([[0.02, 0.01, 0.05], [0.03, 0.02, 0.04]])
    shares = np.array([[0.9, 0.8, 0.6], [0.7, 0.9, 0.5]])
    effects = {"mortality": np.zeros(3), "health": np.zeros(3)}
    runs = 0
    # The formula's steps: the tables swap at one age while all younger ages are still the old or already the new.
    for old, new in permutations((0, 1)):
        for order in permutations(("mortality", "health")):
            r, s = rates[old].copy(), shares[old].copy()
            sign = 1 if old == 0 else -1
            for age in reversed(range(3)):
                for kind in order:
                    before = hle_at_birth(r, s)
                    target, source = (r, rates) if kind == "mortality" else (s, shares)
                    target[age] = source[new][age]
                    effects[kind][age] += sign * (hle_at_birth(r, s) - before)
            runs += 1
    tables = [life_table_from_rates(ages=[0, 1, 5], death_rates=row, infant_fraction=0.5) for row in rates]
    parts = stepwise_decomposition(first=tables[0], first_shares=shares[0], second=tables[1], second_shares=shares[1])
    assert parts.mortality_years == pytest.approx(effects["mortality"] / runs, abs=1e-9)
    assert parts.health_years == pytest.approx(effects["health"] / runs, abs=1e-9)


@given(rates_of_20_bands, shares_of_20_bands, rates_of_20_bands, shares_of_20_bands)
def test_parts_sum_to_the_difference_and_turn_with_the_order_of_the_tables(rates1, shares1, rates2, shares2):
    first, second = (life_table_from_rates(ages=ABRIDGED_AGES, death_rates=rates) for rates in (rates1, rates2))
    there = stepwise_decomposition(first=first, first_shares=shares1, second=second, second_shares=shares2)
    back = stepwise_decomposition(first=second, first_shares=shares2, second=first, second_shares=shares1)
    whole = there.mortality_years.sum() + there.health_years.sum()
    assert whole == pytest.approx(float(there.difference_years), rel=1e-9, abs=1e-9)
    assert back.mortality_years == pytest.approx(-there.mortality_years, rel=1e-9, abs=1e-9)
    assert back.health_years == pytest.approx(-there.health_years, rel=1e-9, abs=1e-9)


@given(rates_of_20_bands, shares_of_20_bands, shares_of_20_bands)
def test_equal_death_rates_leave_nothing_to_mortality(rates, shares1, shares2):
    table = life_table_from_rates(ages=ABRIDGED_AGES, death_rates=rates)
    parts = stepwise_decomposition(first=table, first_shares=shares1, second=table, second_shares=shares2)
    assert parts.mortality_years == pytest.approx(0, abs=1e-9)


@given(rates_of_20_bands, rates_of_20_bands, shares_of_20_bands)
def test_equal_shares_leave_nothing_to_health(rates1, rates2, shares):
    first, second = (life_table_from_rates(ages=ABRIDGED_AGES, death_rates=rates) for rates in (rates1, rates2))
    parts = stepwise_decomposition(first=first, first_shares=shares, second=second, second_shares=shares)
    assert parts.health_years == pytest.approx(0, abs=1e-9)


def test_many_pairs_at_once_give_what_each_gives_alone():
    generator = np.random.default_rng(2)
    rates, shares = generator.uniform(0.001, 0.2, (2, 3, 20)), generator.uniform(0.2, 1, (2, 3, 20))
    first, second = (life_table_from_rates(ages=ABRIDGED_AGES, death_rates=half) for half in rates)
    together = stepwise_decomposition(first=first, first_shares=shares[0], second=second, second_shares=shares[1])
    first, second = (life_table_from_rates(ages=ABRIDGED_AGES, death_rates=half[1]) for half in rates)
    alone = stepwise_decomposition(first=first, first_shares=shares[0, 1], second=second, second_shares=shares[1, 1])
    assert together.mortality_years[1] == pytest.approx(alone.mortality_years, rel=1e-9)


def test_tables_on_different_age_bands_are_refused():
    with pytest.raises(MeasureRefused, match="different age bands"):
        stepwise_decomposition(
            first=life_table_from_rates(ages=[0, 1, 5], death_rates=[0.01, 0.01, 0.1]), first_shares=0.9,
            second=life_table_from_rates(ages=[0, 1, 6], death_rates=[0.01, 0.01, 0.1]), second_shares=0.9,
        )  # fmt: skip


def test_a_split_by_hand():
    # 80 years, 3/4 healthy: 60. 76 years, 5/8 healthy: 47.5. Mean share 11/16, mean LE 78.
    parts = midpoint_split(first_le_years=76, first_hle_years=47.5, second_le_years=80, second_hle_years=60)
    assert parts.mortality_years == pytest.approx(11 / 16 * 4)
    assert parts.health_years == pytest.approx(78 / 8)
    assert parts.difference_years == pytest.approx(12.5)


@given(expectancies, expectancies)
def test_the_two_parts_of_a_split_sum_to_the_difference_and_turn_with_the_order(first, second):
    there = midpoint_split(
        first_le_years=first[0], first_hle_years=first[1], second_le_years=second[0], second_hle_years=second[1]
    )
    back = midpoint_split(
        first_le_years=second[0], first_hle_years=second[1], second_le_years=first[0], second_hle_years=first[1]
    )
    assert there.mortality_years + there.health_years == pytest.approx(second[1] - first[1], abs=1e-9)
    assert back.health_years == pytest.approx(-float(there.health_years), abs=1e-9)


def test_swapped_le_and_hle_are_refused_and_their_position_named():
    with pytest.raises(MeasureRefused, match="above life expectancy") as refusal:
        midpoint_split(
            first_le_years=[80, 60], first_hle_years=[60, 80], second_le_years=[81, 81], second_hle_years=[61, 61]
        )
    assert refusal.value.where == "pair 2"
