"""Claims about the assembled tables, against published figures and independent arithmetic."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from scipy.stats import norm
from statsmodels.stats.multitest import multipletests

from pipeline import store
from pipeline.assemble.decomposition import decomposition
from pipeline.assemble.places import places
from pipeline.errors import MeasureRefused
from pipeline.tables import RAW
from tests.pipeline.processed import processed

REFERENCE = Path(__file__).parent.parent / "reference"
Z_95 = 1.959964
LATEST = "2022 to 2024"
SEXES = ("female", "male")


def at(table: pd.DataFrame, **where: object) -> pd.DataFrame:
    for column, value in where.items():
        table = table[table[column] == value]
    return table


def regions(name: str, sex: str, period: str) -> float:
    rows = pd.read_csv(REFERENCE / "hle_regions.csv")
    return float(at(rows, area_name=name, sex=sex, period=period)["hle_years"].iloc[0])


@pytest.mark.parametrize(("sex", "raw_range"), [("male", 18.4), ("female", 19.1)])
def test_the_published_range_of_authorities_is_18_or_19_years_and_about_16_without_noise(sex, raw_range):
    row = at(processed("spread"), sex=sex, period=LATEST).iloc[0]
    assert row["raw_range_years"] == pytest.approx(raw_range)
    assert row["adjusted_range_years"] == pytest.approx(16, abs=0.3)


@pytest.mark.parametrize(("sex", "published"), [("male", 19.3), ("female", 20.1)])
def test_the_slope_across_tenths_of_small_areas_is_the_one_that_ons_publishes(sex, published):
    row = at(processed("slopes"), measure="hle", groups="deciles", sex=sex, period=LATEST).iloc[0]
    assert row["sii_years"] == pytest.approx(published, abs=0.1)  # from tenths that carry one decimal


@pytest.mark.parametrize("sex", SEXES)
@pytest.mark.parametrize(("measure", "column"), [("hle", "hle_years"), ("le", "le_years")])
def test_slope_and_relative_index_across_tenths_are_those_of_least_squares(sex, measure, column):
    tenths = at(store.read(RAW["hle_deciles"], max((store.RAW_FOLDER / "hle_deciles").glob("*.csv"))), sex=sex)
    tenths = at(tenths, period=LATEST).sort_values("imd_decile")
    slope, start = np.polyfit(np.arange(0.05, 1, 0.1), tenths[column], 1)
    row = at(processed("slopes"), measure=measure, groups="deciles", sex=sex, period=LATEST).iloc[0]
    assert row["sii_years"] == pytest.approx(slope, abs=1e-4)
    assert row["rii"] == pytest.approx((start + slope) / start, abs=1e-4)


def test_slopes_have_intervals_exactly_where_the_groups_have_them():
    known = processed("slopes").groupby(["measure", "groups"])["sii_se"].agg(lambda errors: errors.notna().mean())
    assert known.to_dict() == {
        ("hle", "authorities"): 1,
        ("hle", "deciles"): 0,
        ("hle", "regions"): 1,
        ("le", "deciles"): 0,
        ("le", "regions"): 1,
    }


def test_the_slope_across_regions_is_one_number_wherever_it_stands():
    keys = ["sex", "period"]
    as_slope = at(processed("slopes"), measure="hle", groups="regions").set_index(keys).sort_index()
    as_gap = at(processed("gaps"), definition="slope-regions").set_index(keys).sort_index()
    as_measure = at(processed("inequality"), measure="slope-index", order="deprivation").set_index(keys).sort_index()
    assert as_slope["sii_years"].to_numpy() == pytest.approx(as_gap["gap_years"].to_numpy(), abs=1e-4)
    assert as_slope["sii_years"].to_numpy() == pytest.approx(as_measure["estimate"].to_numpy(), abs=1e-4)
    assert as_slope["sii_se"].to_numpy() == pytest.approx(as_gap["gap_se"].to_numpy(), abs=1e-4)


WHO_NAMES = {
    "d": "difference",
    "r": "ratio",
    "bgv": "between-group-variance",
    "bgsd": "between-group-standard-deviation",
    "cov": "coefficient-of-variation",
    "ti": "theil",
    "mld": "mean-log-deviation",
    "mdmu": "mean-difference-from-mean",
    "mdbu": "mean-difference-from-best",
    "idisu": "index-of-disparity",
}


@pytest.mark.parametrize("sex", SEXES)
@pytest.mark.parametrize("period", ["2011 to 2013", LATEST])
def test_summary_measures_across_regions_agree_with_those_of_who(sex, period):
    expected = pd.read_csv(REFERENCE / "regions_summary_expected.csv")
    expected = at(expected, sex=sex.capitalize(), period=period.replace(" to ", "-")).set_index("measure")["estimate"]
    found = at(processed("inequality"), sex=sex, period=period, order="none").set_index("measure")["estimate"]
    names = {who: ours for who, ours in WHO_NAMES.items() if who in expected}
    assert len(names) >= 7
    for who, ours in names.items():  # WHO's package was given residents that differ by up to 0.2%
        assert found[ours] == pytest.approx(expected[who], rel=1e-3), ours


def test_measures_built_on_absolute_differences_have_no_interval_and_all_others_have():
    table = processed("inequality")
    table = table[table["estimate"] != 0]  # an attributable risk at its bound, see below
    without = set(table.loc[table["standard_error"].isna(), "measure"])
    assert without == {
        "mean-difference-from-mean",
        "mean-difference-from-mean-weighted",
        "index-of-disparity",
        "index-of-disparity-weighted",
    }


def test_an_attributable_risk_at_its_bound_of_zero_has_no_interval_of_no_width() -> None:
    # London, the richest region, was below the average of England for women in 2011 to 2013.
    risk = at(processed("inequality"), measure="population-attributable-risk", order="income", sex="female")
    at_bound = at(risk, period="2011 to 2013").iloc[0]
    assert at_bound["estimate"] == 0
    assert np.isnan(at_bound["lci_95"])
    assert at(risk, period=LATEST)["lci_95"].notna().all()


def test_the_difference_by_income_is_london_minus_the_north_east():
    row = at(processed("inequality"), measure="difference", order="income", sex="female", period=LATEST).iloc[0]
    gap = regions("London", "female", LATEST) - regions("North East", "female", LATEST)
    assert row["estimate"] == pytest.approx(gap)


def test_parts_of_every_gap_sum_to_it():
    parts = processed("decomposition").groupby(["definition", "sex", "period"])["years"].sum()
    gaps = processed("gaps").set_index(["definition", "sex", "period"])["gap_years"]
    assert parts.to_numpy() == pytest.approx(gaps.reindex(parts.index).to_numpy(), abs=2e-4)


def test_london_and_the_north_east_split_as_a_calculation_by_hand_does():
    le = at(processed("life_expectancy"), sex="male", period=LATEST, release="2025-12-10").set_index("area_name")[
        "le_years"
    ]
    rich, poor = (regions(name, "male", LATEST) for name in ("London", "North East"))
    share_rich, share_poor = rich / le["London"], poor / le["North East"]
    parts = at(processed("decomposition"), definition="income-regions", sex="male", period=LATEST).set_index("part")[
        "years"
    ]
    assert parts["mortality"] == pytest.approx(
        (share_rich + share_poor) / 2 * (le["London"] - le["North East"]), abs=1e-3
    )
    assert parts["health"] == pytest.approx((le["London"] + le["North East"]) / 2 * (share_rich - share_poor), abs=1e-3)


def test_gaps_between_groups_of_authorities_are_not_split():
    assert set(processed("gaps")["definition"]) - set(processed("decomposition")["definition"]) == {
        "deprivation-fifths",
        "extreme-tenths",
    }


def test_an_end_without_life_expectancy_is_refused_not_left_empty():
    gaps = at(processed("gaps"), definition="income-regions").replace({"better_off": {"London": "Londinium"}})
    with pytest.raises(MeasureRefused, match="life expectancy"):
        decomposition(
            gaps=gaps,
            life_expectancy=at(processed("life_expectancy"), release="2025-12-10"),
            deciles=processed("hle_deciles"),
            slopes=processed("slopes"),
        )


@pytest.mark.parametrize("sex", SEXES)
def test_what_deprivation_predicts_is_the_weighted_regression_of_statsmodels(sex):
    published = at(pd.read_csv(REFERENCE / "hle_utla_2022_to_2024.csv"), sex=sex).set_index("area_code")
    se = (published["hle_uci_95"] - published["hle_lci_95"]) / (2 * Z_95)
    fit = sm.WLS(published["hle_years"], sm.add_constant(published["imd_score"]), weights=1 / se**2).fit()
    found = at(processed("places"), sex=sex).set_index("area_code").reindex(published.index)
    assert found["expected_hle_years"].to_numpy() == pytest.approx(fit.fittedvalues.to_numpy(), abs=0.005)
    rejected, *_ = multipletests(2 * norm.sf(np.abs(found["residual_z"])), alpha=0.05, method="fdr_bh")
    assert found["stands_out"].tolist() == rejected.tolist()


def test_a_place_held_only_if_its_residual_had_one_sign_in_all_four_periods_without_a_common_year():
    over_time = processed("residuals")
    assert sorted(over_time["period"].unique()) == ["2013 to 2015", "2016 to 2018", "2019 to 2021", LATEST]
    signs = np.sign(over_time["residual_years"]).groupby([over_time["area_code"], over_time["sex"]]).agg(["min", "max"])
    same = (signs["min"] == signs["max"]).reindex(processed("places").set_index(["area_code", "sex"]).index)
    assert processed("places")["held_in_every_period"].tolist() == same.tolist()
    assert 0.125 < same.mean() < 1  # more than luck, and not all


@pytest.mark.parametrize("sex", SEXES)
def test_the_floor_is_london_in_2011_to_2013_minus_half_of_its_gap_to_the_north_east(sex):
    rich, poor = (regions(name, sex, "2011 to 2013") for name in ("London", "North East"))
    found = at(processed("places"), sex=sex)
    assert found["floor_years"].to_numpy() == pytest.approx(np.full(151, (rich + poor) / 2))
    shortfall = np.maximum(0, (rich + poor) / 2 - found["hle_years"])
    assert found["shortfall_to_floor_years"].to_numpy() == pytest.approx(shortfall.to_numpy(), abs=1e-4)


@pytest.mark.parametrize("sex", SEXES)
def test_the_chances_of_all_authorities_add_up_to_the_thirty_places_in_the_lowest_fifth(sex):
    assert at(processed("places"), sex=sex)["p_lowest_fifth"].sum() == pytest.approx(30, abs=1e-3)


def test_the_same_figures_give_the_same_ranks_every_time():
    tables = {name: processed(name) for name in ("gaps", "population")}
    hle = at(processed("hle"), release="2026-02-19")
    again = places(hle=hle, against_deprivation=at(processed("residuals")), **tables)
    kept = processed("places").set_index(["area_code", "sex"])["p_lowest_fifth"]
    assert again.set_index(["area_code", "sex"])["p_lowest_fifth"].reindex(kept.index).tolist() == kept.tolist()


def test_an_authority_without_a_residual_is_refused():
    tables = {name: processed(name) for name in ("gaps", "population")}
    lost = processed("residuals").query("area_code != 'E08000025'")
    with pytest.raises(MeasureRefused, match="deprivation"):
        places(hle=at(processed("hle"), release="2026-02-19"), against_deprivation=lost, **tables)


def test_residents_of_england_are_those_that_ons_publishes():
    england = at(processed("population"), area_code="E92000001").set_index("sex")["population"]
    assert england["persons"] == pytest.approx(57_690_300, abs=100)  # mid-2023, published to the hundred
    assert england["female"] + england["male"] == pytest.approx(56_490_048, abs=100)  # Census 2021


def test_regions_and_authorities_each_hold_all_residents_once():
    people = at(processed("population"), sex="persons").groupby("area_type")["population"].sum()
    assert people["region"] == people["utla"] == people["country"]
    assert people["combined-authority"] < people["country"]


def test_jaywick_is_the_highest_score_of_england_and_of_essex():
    # Part of Jaywick in Tendring, Essex, has been the most deprived small area since the index of 2010.
    tenth = at(processed("pockets"), imd_decile=1).set_index("area_code")["highest_imd_score"]
    assert tenth["E10000012"] == tenth["E92000001"] == tenth.max()


def test_england_made_again_is_60_90_and_61_25():
    at_birth = at(processed("england_check"), age=0).set_index("sex")["hle_years"]
    assert at_birth["male"] == pytest.approx(60.90, abs=0.01)
    assert at_birth["female"] == pytest.approx(61.25, abs=0.01)


def test_life_expectancy_of_england_is_that_of_its_life_table_but_for_the_width_of_age_bands():
    # Areas have life tables by five years of age, England has one by single years: up to 0.11 year apart.
    le = at(processed("life_expectancy"), area_code="E92000001", period=LATEST).set_index("sex")["le_years"]
    assert le["male"] == pytest.approx(79.39, abs=0.15)
    assert le["female"] == pytest.approx(83.30, abs=0.15)
