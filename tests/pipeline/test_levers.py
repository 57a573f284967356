"""Claims about the tables of building blocks, levers and local action that the repository holds."""

import re
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from scipy.stats import rankdata, spearmanr
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.weightstats import DescrStatsW

from pipeline import store
from pipeline.assemble.levers import every_indicator_spoken_for, lever_tables, polarity_holds
from pipeline.contracts import check
from pipeline.errors import ContractBroken
from pipeline.measures.places.better_than_predicted import better_than_predicted, expected_by_luck
from pipeline.measures.places.building_blocks import latest_figures
from pipeline.sources import BUILDING_BLOCKS
from pipeline.sources.facts import facts
from pipeline.sources.levers import LEVERS, SIGNS, WITHOUT_DIRECTION
from pipeline.tables import PROCESSED, RAW, authored
from tests.pipeline.processed import processed

MINISTERIAL_DEPARTMENTS = {
    "Department for Business and Trade",
    "Department for Culture, Media and Sport",
    "Department for Education",
    "Department for Energy Security and Net Zero",
    "Department for Environment, Food and Rural Affairs",
    "Department for Transport",
    "Department for Work and Pensions",
    "Department of Health and Social Care",
    "HM Treasury",
    "Home Office",
    "Ministry of Housing, Communities and Local Government",
}
"""Ministerial departments of the UK government in 2026 that could lead on a building block."""


def raw(name):
    files = sorted((store.RAW_FOLDER / name).glob("*.csv"))
    return pd.concat([store.read(RAW[name], file) for file in files], ignore_index=True)


def authorities_with_hle():
    areas = processed("areas")
    return set(areas.loc[(areas["area_type"] == "utla") & areas["no_hle_reason"].isna(), "area_code"])


def latest_of(indicator):
    figures = latest_figures(processed("building_blocks"))
    figures = figures[(figures["indicator"] == indicator) & figures["area_code"].isin(authorities_with_hle())]
    return figures.merge(processed("deprivation")[["area_code", "imd_score", "population"]], on="area_code")


def test_at_least_twenty_building_blocks_have_figures_of_authorities():
    figures = processed("building_blocks")
    counts = figures[figures["area_code"].isin(authorities_with_hle())].groupby("indicator")["area_code"].nunique()
    assert (counts >= 100).sum() >= 20
    assert set(counts.index) == set(processed("levers")["indicator"])


def test_every_building_block_says_who_leads_who_can_act_how_soon_which_way_and_why():
    levers = processed("levers")
    wanted = ["block", "capital", "department", "level", "horizon", "polarity", "unit", "basis", "publisher", "source"]
    assert levers[wanted].notna().all(axis=None)
    assert (levers[wanted].map(len) > 0).all(axis=None)


def test_all_four_capitals_all_blocks_and_both_horizons_appear():
    levers = processed("levers")
    assert set(levers["capital"]) == {"financial and physical", "human", "social", "natural"}
    assert set(levers["horizon"]) == {"short", "long"}
    assert {"Work", "Income", "Early years", "Housing", "Surroundings", "Behaviours", "Care", "Wellbeing"} < set(
        levers["block"]
    )


def test_departments_are_departments_and_nothing_else_is_named_as_one():
    assert set(processed("levers")["department"]) <= MINISTERIAL_DEPARTMENTS


def test_no_table_tells_of_programmes_or_of_how_departments_work_together():
    names = {column for name in PROCESSED for column in PROCESSED[name].column_names}
    assert not {name for name in names if "programme" in name or "network" in name or "pilot" in name}


@pytest.mark.parametrize("table", ["levers", "building_blocks", "lever_gaps", "lever_associations"])
def test_an_unknown_word_in_a_table_of_levers_is_refused(table):
    frame = processed(table).copy()
    column = {"levers": "polarity", "building_blocks": "period"}.get(table, "indicator")
    frame[column] = frame[column].astype(object)
    frame.loc[3, column] = "Sideways!"
    with pytest.raises(ContractBroken, match="not allowed"):
        check(PROCESSED[table], frame.astype({column: "str"}), where="here")


def reversed_polarity(indicator):
    return [
        replace(lever, polarity="high-is-bad" if lever.polarity == "high-is-good" else "high-is-good")
        if lever.indicator == indicator
        else lever
        for lever in LEVERS
    ]


def test_more_is_worse_only_where_the_publishers_name_for_it_says_so():
    bad = re.compile(
        r"inactiv|claim|poverty|absence|no qualif|affordability|travel|walk to work|emissions|smoke|obes|mortality|anx"
    )
    assert {lever.indicator for lever in LEVERS if lever.polarity == "high-is-bad"} == {
        block.id
        for block in BUILDING_BLOCKS
        if bad.search(block.published_name.lower()) and block.id in {lever.indicator for lever in LEVERS}
    }


@pytest.mark.parametrize("indicator", [lever.indicator for lever in LEVERS if lever.in_index])
def test_a_reversed_polarity_is_refused_by_the_figures(indicator):
    latest = latest_of(indicator)[["indicator", "area_code", "value"]]
    lever = [one for one in LEVERS if one.indicator == indicator]
    polarity_holds(latest, processed("deprivation"), levers=lever)
    turned = [one for one in reversed_polarity(indicator) if one.indicator == indicator]
    with pytest.raises(ContractBroken, match="wrong polarity"):
        polarity_holds(latest, processed("deprivation"), levers=turned)


def test_the_build_refuses_a_reversed_polarity():
    newest = {name: raw(name) for name in ("building_blocks", "income", "population", "hle", "deprivation")}
    newest["hle"] = newest["hle"][newest["hle"]["release"] == newest["hle"]["release"].max()]
    with pytest.raises(ContractBroken, match="Employment rate has the wrong polarity"):
        lever_tables(newest, areas=processed("areas"), levers=reversed_polarity("employment-rate"))


def test_an_indicator_that_nobody_speaks_for_is_refused():
    with pytest.raises(ContractBroken, match="anxiety"):
        every_indicator_spoken_for([lever for lever in LEVERS if lever.indicator != "anxiety"])


def test_every_lever_rests_on_a_law_that_is_written_down_and_every_law_has_a_lever():
    laws = facts(authored.LAWS)["basis"]
    assert {lever.basis for lever in LEVERS} == set(laws)
    assert laws.str.contains(r"\d{4}|Prime Minister").sum() >= 20


@pytest.mark.parametrize("cells", [{"polarity": "neither"}, {"level": "local national"}, {"in_index": "perhaps"}])
def test_a_lever_written_outside_its_contract_is_refused(cells, tmp_path):
    written = pd.read_csv(store.ROOT / "pipeline" / "sources" / "levers.csv", dtype=str).assign(**cells)
    written.to_csv(tmp_path / "levers.csv", index=False)
    with pytest.raises(ContractBroken, match=next(iter(cells))):
        store.read(authored.LEVERS, tmp_path / "levers.csv")


def test_indicators_without_an_agreed_direction_are_held_back_with_a_reason():
    held = {block.id for block in BUILDING_BLOCKS}
    assert set(WITHOUT_DIRECTION) <= held
    assert not set(WITHOUT_DIRECTION) & set(processed("levers")["indicator"])


@pytest.mark.parametrize("indicator", [lever.indicator for lever in LEVERS])
def test_every_standardised_gap_is_that_of_weighted_means_by_statsmodels(indicator):
    rows = latest_of(indicator)
    groups = processed("deprivation")
    groups = groups[groups["area_code"].isin(authorities_with_hle())].sort_values(
        ["imd_score", "area_code"], ascending=[False, True]
    )["area_code"]
    most, least = set(groups[:31]), set(groups[-30:])
    means = {
        name: DescrStatsW(part["value"], weights=part["population"]).mean
        for name, part in (("most", rows[rows["area_code"].isin(most)]), ("least", rows[rows["area_code"].isin(least)]))
    }
    sign = SIGNS[next(lever.polarity for lever in LEVERS if lever.indicator == indicator)]
    gaps = processed("lever_gaps")
    found = gaps[gaps["indicator"] == indicator].sort_values("period_start").iloc[-1]
    expected = sign * (means["least"] - means["most"]) / np.std(rows["value"], ddof=1)
    assert found["gap_sd"] == pytest.approx(expected, abs=0.005)  # figures are held to two decimals
    assert found["most_deprived"] == pytest.approx(means["most"], abs=0.006)


@pytest.mark.parametrize("sex", ["female", "male"])
def test_every_correlation_is_that_of_scipy_and_every_partial_one_that_of_least_squares_on_ranks(sex):
    hle = processed("hle")
    hle = hle[(hle["release"] == hle["release"].max()) & (hle["sex"] == sex) & (hle["period"] == "2022 to 2024")]
    found = processed("lever_associations")
    found = found[found["sex"] == sex].set_index(["indicator", "allowing_for"]).sort_index()
    for lever in LEVERS:
        rows = latest_of(lever.indicator).merge(hle[["area_code", "hle_years"]], on="area_code")
        better = SIGNS[lever.polarity] * rows["value"]
        before, after = (found.loc[(lever.indicator, given), :] for given in ("nothing", "deprivation"))
        assert before["areas"] == len(rows)
        assert before["correlation"] == pytest.approx(spearmanr(better, rows["hle_years"]).statistic, abs=0.003)
        ranks = [rankdata(values) for values in (better, rows["imd_score"], rows["hle_years"])]
        fit = sm.OLS(ranks[2], sm.add_constant(np.column_stack(ranks[:2]))).fit()
        partial = fit.tvalues[1] / np.sqrt(fit.tvalues[1] ** 2 + fit.df_resid)
        assert after["correlation"] == pytest.approx(partial, abs=0.006)
    assert (
        found["stands_out"].tolist() == multipletests(found["p_value"], 0.05, method="fdr_bh")[0].tolist()
    )  # 60 tests of one sex together


def test_figures_are_the_published_ones():
    published = raw("building_blocks").set_index(["indicator", "area_code", "period"])["value"]
    held = processed("building_blocks").set_index(["indicator", "area_code", "period"])["value"]
    held = held[~held.index.get_level_values("indicator").isin(["disposable-income", "air-pollution-removed"])]
    assert (held - published.reindex(held.index)).abs().max() <= 0.005001
    # Office for National Statistics, Adult smoking habits in the UK: 2024
    assert held["smoking", "E92000001", "2024"] == pytest.approx(10.4, abs=0.05)


def test_no_published_figure_since_2011_is_lost():
    published = raw("building_blocks")
    published = published[
        (published["period_start"] >= "2011")
        & ~published["indicator"].isin([*WITHOUT_DIRECTION, "air-pollution-removed"])
        & published["area_code"].isin(processed("areas")["area_code"])
    ]
    held = processed("building_blocks")
    held = held[~held["indicator"].isin(["disposable-income", "air-pollution-removed"])]
    assert len(held) == len(published)


def test_air_cleaned_by_vegetation_is_shared_among_residents():
    people = raw("population").query("area_code == 'E06000001' and year == 2023")["population"].iloc[0]
    total = raw("building_blocks").query(
        "indicator == 'air-pollution-removed' and area_code == 'E06000001' and period == '2023'"
    )["value"]
    held = processed("building_blocks").query(
        "indicator == 'air-pollution-removed' and area_code == 'E06000001' and period == '2023'"
    )["value"]
    assert held.iloc[0] == pytest.approx(total.iloc[0] * 1e6 / people, abs=0.005)


def test_committed_building_blocks_stay_small():
    assert (store.PROCESSED_FOLDER / "building_blocks.csv").stat().st_size < 3e6


EFFECT_WORDS = ("effect", "impact", "because", "thanks to", "caused", "led to", "result of", "worked", "success")


def test_the_thirteen_cases_name_place_deed_and_areas_and_claim_no_effect():
    cases = processed("local_action")
    assert len(cases) == 13
    told = cases[["action", "what_is_recorded"]].fillna("").agg(" ".join, axis=1).str.lower()
    assert not told.map(lambda text: [word for word in EFFECT_WORDS if word in text]).any()


def test_every_case_has_a_series_and_every_dated_one_of_a_place_a_record():
    cases, series, records = (
        processed(name) for name in ("local_action", "local_action_series", "local_action_records")
    )
    assert set(series["case"]) == set(cases["case"])
    countries = cases["area_codes"].str.startswith(("K", "E92"))
    assert set(records["case"]) == set(cases.loc[cases["since"].notna() & ~countries, "case"])
    assert series[series["case"].isin(cases.loc[countries, "case"])]["similar_years"].isna().all()


@pytest.mark.parametrize("sex", ["female", "male"])
def test_the_record_of_a_place_is_the_prediction_interval_of_statsmodels(sex):
    records = processed("local_action_records").query("sex == @sex")
    hle = processed("hle")
    hle = hle[(hle["release"] == hle["release"].max()) & (hle["sex"] == sex)]
    wide = hle.pivot_table(index="area_code", columns="period", values="hle_years")
    for row in records.to_dict("records"):
        codes = row["similar_codes"].split()
        changes = (wide.loc[codes, row["latest_period"]] - wide.loc[codes, row["baseline_period"]]).to_numpy()
        fit = sm.OLS(changes, np.ones(15)).fit()
        lower, upper = fit.get_prediction([1]).conf_int(obs=True)[0]
        assert row["similar_change_years"] == pytest.approx(changes.mean(), abs=1e-3)
        assert row["difference_uci_95"] - row["difference_lci_95"] == pytest.approx(upper - lower, abs=1e-3)


def test_coventry_fell_four_years_and_its_similar_places_nearly_three():
    # ONS, released 19 February 2026: Coventry, women, 63.1 in 2011 to 2013 and 58.9 in 2022 to 2024
    row = processed("local_action_records").query("case == '4.A' and sex == 'female'").iloc[0]
    assert row["place_change_years"] == pytest.approx(58.9 - 63.1, abs=0.05)
    assert row["difference_lci_95"] < 0 < row["difference_uci_95"]
    assert not row["baseline_is_before"]


def worked_numbers():
    gaps = processed("lever_gaps").sort_values("period_start").groupby("indicator").last()
    changes = processed("lever_changes").set_index("indicator")["change_sd"]
    found = processed("lever_associations")
    women = found[found["sex"] == "female"].set_index(["indicator", "allowing_for"])["correlation"]
    records = processed("local_action_records")
    coventry = records[(records["case"] == "4.A") & (records["sex"] == "female")].iloc[0]
    residuals = processed("residuals")
    learn = {sex: len(better_than_predicted(residuals[residuals["sex"] == sex])) for sex in residuals["sex"].unique()}
    poverty = gaps.loc["child-poverty-after-housing"]
    return {
        "levers": len(processed("levers")),
        "poverty-most": poverty["most_deprived"],
        "poverty-least": poverty["least_deprived"],
        "poverty-gap": poverty["gap_sd"],
        "worse": (gaps["gap_sd"] > 0.1).sum(),
        "absence-change": changes["persistent-absence"],
        "employment-change": -changes["employment-rate"],
        "tests": len(women),
        "income-before": women["disposable-income", "nothing"],
        "income-after": women["disposable-income", "deprivation"],
        "inactivity-before": women["economic-inactivity", "nothing"],
        "inactivity-after": women["economic-inactivity", "deprivation"],
        "coventry-change": coventry["place_change_years"],
        "coventry-similar": coventry["similar_change_years"],
        "coventry-difference": coventry["difference_years"],
        "coventry-lower": coventry["difference_lci_95"],
        "coventry-upper": coventry["difference_uci_95"],
        "clear-cases": ((records["difference_lci_95"] > 0) | (records["difference_uci_95"] < 0)).sum(),
        "luck": expected_by_luck(151, 4),
        "learn-women": learn["female"],
        "learn-men": learn["male"],
    }


def test_every_worked_number_of_the_methods_is_what_the_tables_say():
    text = (store.DOCS_FOLDER / "levers.md").read_text(encoding="utf-8")
    stated = re.findall(r"<!-- check: (\S+) = (\S+) -->", text)
    found = worked_numbers()
    assert {name for name, _ in stated} == set(found)
    for name, value in stated:
        decimals = len(value.partition(".")[2])
        assert f"{float(found[name]):.{decimals}f}" == value, name
        assert value.lstrip("-") in text.split(f"check: {name} ")[0].rpartition("<!--")[0], name
