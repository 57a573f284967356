"""Claims about gaps of building blocks and how they go with HLE; expected values by scipy, statsmodels or by hand."""

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from scipy.stats import rankdata, spearmanr
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.weightstats import DescrStatsW

from pipeline.errors import MeasureRefused
from pipeline.measures.places.building_blocks import (
    associations,
    block_gaps,
    deprived_ends,
    gap_changes,
    latest_figures,
    per_resident,
    rank_correlation,
    without_figure,
)

Z_95 = 1.959964
COUNT = 40


def scores(seed=1):
    generator = np.random.default_rng(seed)
    return pd.DataFrame(
        {
            "area_code": [f"E{6000001 + i:08d}" for i in range(COUNT)],
            "imd_score": generator.uniform(5, 45, COUNT).round(3),
            "population": generator.integers(50_000, 900_000, COUNT),
        }
    )


def figures(deprivation, *, indicator="claims", years=(2020,), slope=0.1, limits=True, seed=2):
    generator = np.random.default_rng(seed)
    tables = []
    for year in years:
        value = 2 + slope * deprivation["imd_score"] + generator.normal(0, 0.5, len(deprivation))
        se = generator.uniform(0.1, 0.4, len(deprivation)) if limits else np.nan
        tables.append(
            pd.DataFrame(
                {
                    "indicator": indicator,
                    "area_code": deprivation["area_code"],
                    "period": str(year),
                    "period_start": year,
                    "value": value,
                    "lci_95": value - Z_95 * se,
                    "uci_95": value + Z_95 * se,
                }
            )
        )
    return pd.concat(tables, ignore_index=True)


def gaps_of(table, deprivation, sign=-1, **options):
    ends = deprived_ends(deprivation, set(deprivation["area_code"]))
    return block_gaps(table, ends, signs=dict.fromkeys(table["indicator"].unique(), sign), **options)


def test_the_ends_are_the_eight_most_and_eight_least_deprived_of_forty():
    deprivation = scores()
    ends = deprived_ends(deprivation, set(deprivation["area_code"]))
    ordered = deprivation.sort_values("imd_score")["area_code"].tolist()
    assert set(ends.loc[ends["end"] == "least", "area_code"]) == set(ordered[:8])
    assert set(ends.loc[ends["end"] == "most", "area_code"]) == set(ordered[-8:])


def test_an_authority_without_hle_stands_in_neither_end():
    deprivation = scores()
    most_deprived = deprivation.sort_values("imd_score")["area_code"].iloc[-1]
    ends = deprived_ends(deprivation, set(deprivation["area_code"]) - {most_deprived})
    assert most_deprived not in set(ends["area_code"])


def test_the_standardised_gap_is_that_of_weighted_means_by_statsmodels():
    deprivation = scores()
    table = figures(deprivation)
    row = gaps_of(table, deprivation).iloc[0]
    joined = table.merge(deprivation, on="area_code").sort_values("imd_score")
    least, most = (DescrStatsW(part["value"], weights=part["population"]) for part in (joined[:8], joined[-8:]))
    assert row["least_deprived"] == pytest.approx(least.mean)
    assert row["most_deprived"] == pytest.approx(most.mean)
    assert row["gap_sd"] == pytest.approx((most.mean - least.mean) / np.std(table["value"], ddof=1))


def test_the_interval_of_the_gap_is_that_of_simulated_sampling_error():
    deprivation = scores()
    table = figures(deprivation)
    row = gaps_of(table, deprivation).iloc[0]
    joined = table.merge(deprivation, on="area_code").sort_values("imd_score")
    se = (joined["uci_95"] - joined["lci_95"]).to_numpy() / (2 * Z_95)
    draws = np.random.default_rng(3).normal(joined["value"], se, (20_000, COUNT))
    weights = joined["population"].to_numpy()
    simulated = np.average(draws[:, -8:], weights=weights[-8:], axis=1) - np.average(
        draws[:, :8], weights=weights[:8], axis=1
    )
    assert row["gap_se"] == pytest.approx(simulated.std(), rel=0.03)
    assert row["gap_sd_uci_95"] - row["gap_sd"] == pytest.approx(
        Z_95 * row["gap_se"] / np.std(table["value"], ddof=1), rel=1e-6
    )


def test_reversing_the_polarity_reverses_the_gap():
    deprivation = scores()
    table = figures(deprivation)
    bad, good = gaps_of(table, deprivation, sign=-1), gaps_of(table, deprivation, sign=1)
    assert bad["gap_sd"].iloc[0] > 1  # more claims where deprived: worse off
    assert good["gap_sd"].iloc[0] == pytest.approx(-bad["gap_sd"].iloc[0])


def test_an_indicator_without_polarity_is_refused():
    deprivation = scores()
    ends = deprived_ends(deprivation, set(deprivation["area_code"]))
    with pytest.raises(MeasureRefused, match="claims"):
        block_gaps(figures(deprivation), ends, signs={})


def test_an_indicator_that_is_the_same_everywhere_has_no_gap():
    deprivation = scores()
    with pytest.raises(MeasureRefused, match="same value"):
        gaps_of(figures(deprivation, limits=False).assign(value=3.0), deprivation)


def test_one_authority_without_an_interval_leaves_the_gap_without_one():
    deprivation = scores()
    table = figures(deprivation)
    poorest = deprivation.sort_values("imd_score")["area_code"].iloc[-1]
    table.loc[table["area_code"] == poorest, ["lci_95", "uci_95"]] = np.nan
    row = gaps_of(table, deprivation).iloc[0]
    assert np.isnan(row["gap_se"])
    assert np.isnan(row["gap_sd_lci_95"])


def test_a_missing_authority_is_counted_as_missing():
    deprivation = scores()
    poorest = deprivation.sort_values("imd_score")["area_code"].iloc[-1]
    table = figures(deprivation)
    row = gaps_of(table[table["area_code"] != poorest], deprivation).iloc[0]
    assert (row["most_deprived_areas"], row["least_deprived_areas"]) == (7, 8)


def test_inflation_alone_widens_no_gap():
    deprivation = scores()
    first = figures(deprivation, indicator="pay", slope=-0.1)
    table = pd.concat([first, first.assign(period="2021", period_start=2021, value=2 * first["value"])])
    table[["lci_95", "uci_95"]] = np.nan
    repriced = gaps_of(table, deprivation, sign=1, in_current_prices=["pay"])["gap_sd"]
    assert repriced.iloc[0] == pytest.approx(repriced.iloc[1])
    plain = gaps_of(table, deprivation, sign=1)["gap_sd"]
    assert plain.iloc[1] == pytest.approx(2 * plain.iloc[0])  # the control: as published it doubles


@pytest.mark.parametrize(
    ("first", "latest", "half_width", "said"),
    [
        (1.0, 0.8, np.nan, "caught up"),
        (1.0, 1.2, np.nan, "fell behind"),
        (-1.0, -1.2, np.nan, "caught up"),  # already better off, and more so
        (1.0, 1.09, np.nan, "little changed"),
        (1.0, 1.11, np.nan, "fell behind"),
        (1.0, 0.7, 0.2, "caught up"),
        (1.0, 0.7, 0.3, "little changed"),  # 0.3 apart, 95% interval 0.42 to either side
    ],
)
def test_who_gained_is_said_by_size_and_interval(first, latest, half_width, said):
    table = pd.DataFrame(
        {
            "indicator": "claims",
            "period": ["2011", "2024"],
            "period_start": [2011, 2024],
            "gap_sd": [first, latest],
            "gap_sd_lci_95": [first - half_width, latest - half_width],
            "gap_sd_uci_95": [first + half_width, latest + half_width],
        }
    )
    row = gap_changes(table).iloc[0]
    assert row["moved"] == said
    assert row["change_sd"] == pytest.approx(latest - first)
    assert (row["first_period"], row["latest_period"]) == ("2011", "2024")


def test_one_period_is_no_trend():
    table = pd.DataFrame(
        {
            "indicator": ["claims"],
            "period": ["2024"],
            "period_start": [2024],
            "gap_sd": [1.0],
            "gap_sd_lci_95": [0.9],
            "gap_sd_uci_95": [1.1],
        }
    )
    row = gap_changes(table).iloc[0]
    assert row["moved"] == "one period"
    assert np.isnan(row["change_sd"])


def test_a_rank_correlation_and_its_p_value_are_those_of_scipy():
    generator = np.random.default_rng(5)
    x = generator.normal(size=80)
    y = np.exp(x + generator.normal(size=80))
    found, expected = rank_correlation(x, y), spearmanr(x, y)
    assert found["correlation"] == pytest.approx(expected.statistic)
    assert found["p_value"] == pytest.approx(expected.pvalue)
    assert found["areas"] == 80


def test_a_partial_rank_correlation_is_that_of_residuals_by_statsmodels():
    generator = np.random.default_rng(6)
    z = generator.normal(size=90)
    x, y = z + generator.normal(size=90), z + generator.normal(size=90)
    found = rank_correlation(x, y, given=z)
    ranks_x, ranks_y, ranks_z = (rankdata(values) for values in (x, y, z))
    fit = sm.OLS(ranks_y, sm.add_constant(np.column_stack([ranks_x, ranks_z]))).fit()
    t = fit.tvalues[1]
    assert found["correlation"] == pytest.approx(t / np.sqrt(t**2 + fit.df_resid))
    assert found["p_value"] == pytest.approx(fit.pvalues[1])
    residuals = [sm.OLS(ranks, sm.add_constant(ranks_z)).fit().resid for ranks in (ranks_x, ranks_y)]
    assert found["correlation"] == pytest.approx(np.corrcoef(residuals)[0, 1])


def test_allowing_for_what_lies_behind_both_takes_an_association_away():
    generator = np.random.default_rng(7)
    z = generator.normal(size=2000)
    x, y = z + 0.5 * generator.normal(size=2000), z + 0.5 * generator.normal(size=2000)
    assert rank_correlation(x, y)["correlation"] > 0.7
    assert rank_correlation(x, y, given=z)["correlation"] == pytest.approx(0, abs=0.08)


def test_the_95_percent_interval_of_a_rank_correlation_holds_the_truth_95_times_in_100():
    generator = np.random.default_rng(8)
    true_pearson, held, trials = 0.6, 0, 600
    true_spearman = 6 / np.pi * np.arcsin(true_pearson / 2)
    for _ in range(trials):
        x, y = generator.multivariate_normal([0, 0], [[1, true_pearson], [true_pearson, 1]], 151).T
        found = rank_correlation(x, y)
        held += found["correlation_lci_95"] <= true_spearman <= found["correlation_uci_95"]
    assert held / trials == pytest.approx(0.95, abs=0.025)


def test_too_few_areas_or_a_constant_give_no_correlation():
    with pytest.raises(MeasureRefused, match="29 areas"):
        rank_correlation(np.arange(29), np.arange(29))
    with pytest.raises(MeasureRefused, match="do not vary"):
        rank_correlation(np.arange(40), np.ones(40))


def test_the_false_discovery_rate_is_controlled_over_all_tests_together():
    deprivation = scores()
    hle = deprivation[["area_code"]].assign(
        hle_years=70 - 0.3 * deprivation["imd_score"] + np.random.default_rng(9).normal(0, 2, COUNT)
    )
    table = pd.concat(
        [figures(deprivation, indicator=f"block-{i}", slope=slope, seed=i) for i, slope in enumerate((0.1, 0.02, 0, 0))]
    )
    found = associations(table, hle, deprivation, signs={f"block-{i}": -1 for i in range(4)})
    assert len(found) == 8
    assert found["stands_out"].tolist() == multipletests(found["p_value"], 0.05, method="fdr_bh")[0].tolist()
    assert found["stands_out"].any()
    assert not found["stands_out"].all()


def test_a_measure_set_beside_itself_is_refused():
    x = np.random.default_rng(1).normal(size=40)
    with pytest.raises(MeasureRefused, match="same order"):
        rank_correlation(x, 2 * x)


def test_an_authority_without_a_figure_is_left_out_of_its_own_test_only():
    deprivation = scores()
    noise = np.random.default_rng(12).normal(0, 2, COUNT)
    hle = deprivation[["area_code"]].assign(hle_years=70 - 0.3 * deprivation["imd_score"] + noise)
    table = pd.concat([figures(deprivation, indicator=name, seed=i) for i, name in enumerate(("a", "b"))])
    table = table[~((table["indicator"] == "a") & (table["area_code"] == table["area_code"].iloc[0]))]
    found = associations(table, hle, deprivation, signs={"a": -1, "b": -1}).set_index(["indicator", "allowing_for"])
    assert found.loc[("a", "nothing"), "areas"] == COUNT - 1
    assert found.loc[("b", "nothing"), "areas"] == COUNT


def test_totals_become_figures_per_resident_of_the_same_year():
    totals = pd.DataFrame(
        {
            "area_code": ["A", "A", "A"],
            "period_start": [2022, 2023, 2024],
            "value": [3.0, 4.0, 5.0],
            "lci_95": np.nan,
            "uci_95": np.nan,
        }
    )
    people = pd.DataFrame({"area_code": ["A", "A"], "year": [2022, 2023], "population": [100_000, 200_000]})
    found = per_resident(totals, people, factor=1e6)
    assert found["value"].tolist() == [30.0, 20.0]  # 2024 has no residents yet
    assert found["period_start"].tolist() == [2022, 2023]


def test_missing_authorities_are_named_and_complete_indicators_are_not():
    deprivation = scores()
    table = pd.concat([figures(deprivation, indicator=name, years=(2020, 2021)) for name in ("a", "b")])
    gone = deprivation["area_code"].iloc[3]
    table = table[~((table["indicator"] == "a") & (table["area_code"] == gone) & (table["period_start"] == 2021))]
    assert without_figure(latest_figures(table), set(deprivation["area_code"])) == {"a": [gone]}
