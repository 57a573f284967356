"""A question with its settings is answered from the tables, and refused where the figures cannot answer."""

from dataclasses import replace
from functools import cache
from typing import get_args

import numpy as np
import pandas as pd
import pytest

from pipeline.answers.gap.answer import Answer, answer, questions_by_definition
from pipeline.answers.gap.ends_moved import ends_moved
from pipeline.answers.gap.evidence import MODELS, evidence_from, evidence_of
from pipeline.answers.gap.forecasts import gap_forecast
from pipeline.answers.gap.outlook import Outlook, outlook
from pipeline.answers.gap.question import Question
from pipeline.answers.gap.what_it_takes import floor
from pipeline.errors import MeasureRefused, UsageError
from pipeline.measures.gap.definitions import DEFINITIONS
from pipeline.measures.gap.verdict import Course, Direction
from pipeline.measures.trend.candidates import CANDIDATES
from pipeline.processed import Tables


@cache
def tables() -> Tables:
    return Tables.open()


def ask(question: Question, sex: str = "male") -> Answer:
    return answer(tables().table("gaps"), question, sex, england=tables().england())


def look_ahead(question: Question, sex: str) -> Outlook:
    return outlook(ask(question, sex), evidence_of(tables()))


def test_the_default_path_ends_at_half_the_baseline_gap_in_the_target_period() -> None:
    one = ask(Question())
    last = one.path.iloc[-1]
    assert last["period"] == "2032 to 2034"
    assert last["path_gap_years"] == pytest.approx(one.baseline["gap_years"] / 2)
    assert one.target_gap_years == pytest.approx(2.4, abs=0.05)


def test_the_poor_end_must_reach_the_rich_end_held_at_its_baseline_minus_half_the_gap() -> None:
    # London men 63.7 in 2011 to 2013 (published), gap 4.8: floor 63.7 - 2.4
    one = ask(Question())
    assert float(one.poor_end.target_years) == pytest.approx(one.baseline["better_off_years"] - 2.4, abs=0.01)
    assert float(one.poor_end.rise_years) == pytest.approx(
        float(one.poor_end.target_years) - one.latest["worse_off_years"]
    )


@pytest.mark.parametrize("rule", ["held", "own-trend", "england"])
def test_no_rule_lets_the_rich_end_fall_below_its_baseline(rule: str) -> None:
    one = ask(replace(Question(), rule=rule), "female")
    assert one.path["rich_end_years"].min() >= one.baseline["better_off_years"] - 1e-9


def test_the_required_pace_leads_from_the_latest_gap_to_the_target_in_the_years_that_remain() -> None:
    # women, London minus North East: 6.0 in 2022 to 2024, target 1.8 in 2032 to 2034, ten years
    assert ask(Question(), "female").required_pace == pytest.approx((1.8 - 6.0) / 10, abs=0.005)


def test_a_smaller_share_to_close_asks_for_less() -> None:
    third = ask(replace(Question(), share_to_close=1 / 3))
    assert third.target_gap_years == pytest.approx(third.baseline["gap_years"] * 2 / 3)


@pytest.mark.parametrize("baseline", ["2022 to 2024", "1999 to 2001"])
def test_a_baseline_that_leaves_no_later_period_is_refused_with_the_ones_there_are(baseline: str) -> None:
    with pytest.raises(UsageError, match="Choose a period from 2011 to 2013 to 2021 to 2023"):
        ask(replace(Question(), baseline=baseline))


def test_a_target_that_is_not_later_than_the_latest_figures_is_refused() -> None:
    with pytest.raises(MeasureRefused, match="not after"):
        ask(replace(Question(), target_year=2024))


def test_a_definition_whose_figures_start_later_is_answered_from_its_own_first_period() -> None:
    found = questions_by_definition(tables().table("gaps"), Question(), "male")
    deciles = next(one for one in found if one.definition_id == "deprivation-deciles")
    assert deciles.baseline == "2013 to 2015"
    assert ask(deciles, "male").baseline["period"] == "2013 to 2015"
    assert len(found) == len(DEFINITIONS)


def test_a_change_without_published_intervals_is_untested_not_unclear() -> None:
    question = Question(definition_id="deprivation-deciles", baseline="2013 to 2015")
    assert ask(question).changed == "untested"


def test_a_change_between_periods_that_share_years_is_not_tested_as_if_they_were_independent() -> None:
    assert ask(replace(Question(), baseline="2021 to 2023")).changed == "untested"


# METHODS, section 5: South East - North East, 2032 to 2034, with drift, worked out apart from this project.
@pytest.mark.parametrize(("sex", "mean", "half_width"), [("male", 5.45, 2.20), ("female", 7.52, 2.38)])
def test_the_forecast_is_the_reference_one(sex: str, mean: float, half_width: float) -> None:
    ahead = look_ahead(Question(definition_id="deprivation-regions"), sex)
    last = ahead.forecasts[(ahead.forecasts["model"] == "drift") & (ahead.forecasts["period"] == "2032 to 2034")].iloc[
        0
    ]
    assert last["gap_years"] == pytest.approx(mean, abs=0.02)
    assert (last["gap_uci_95"] - last["gap_lci_95"]) / 2 == pytest.approx(half_width, abs=0.03)


def test_the_pace_has_the_reference_error_that_admits_overlap() -> None:
    for sex, expected in (("male", 0.062), ("female", 0.067)):
        assert look_ahead(Question(definition_id="deprivation-regions"), sex).pace_se == pytest.approx(
            expected, abs=0.002
        )


def test_the_baseline_sets_the_target_and_not_the_evidence() -> None:
    early = look_ahead(Question(), "male")
    late = look_ahead(replace(Question(), baseline="2016 to 2018"), "male")
    assert early.pace == late.pace
    assert early.probability != late.probability


def test_the_verdict_of_every_definition_follows_from_its_own_numbers() -> None:
    verdicts, trends = tables().table("verdicts"), tables().table("trends")
    both = verdicts.merge(trends, on=["definition", "sex"], suffixes=("", "_of_trend"))
    assert len(both) == 2 * len(DEFINITIONS)
    assert (both["probability"] < 0.25).all()
    assert (both["course"] == "Not on course").all()
    assert ((both["direction"] == "Wider") == (both["wandering_lci_95"] > 0)).all()
    assert ((both["direction"] == "Narrower") == (both["wandering_uci_95"] < 0)).all()
    assert np.allclose(both["wandering_lci_95"], both["wandering_lci_95_of_trend"])
    assert np.allclose(both["observed_pace"], both["pace_years_per_year"])


def test_the_model_never_mixes_what_it_has_seen_with_what_it_predicts() -> None:
    ahead = look_ahead(Question(), "male").forecasts
    before = ahead[ahead["model"] == "pre-pandemic"]
    assert before["period"].iloc[0] == "2017 to 2019"
    assert isinstance(before, pd.DataFrame)


# METHODS, section 5: pace over its standard error, from sampling alone and where the truth may wander.
@pytest.mark.parametrize(
    ("sex", "sampling", "wandering", "direction"),
    [("female", 2.98, 2.15, "Wider"), ("male", 2.15, 1.49, "No clear change")],
)
def test_women_of_the_default_pair_read_wider_and_men_no_clear_change(
    sex: str, sampling: float, wandering: float, direction: str
) -> None:
    ahead = look_ahead(Question(), sex)
    assert ahead.pace / ahead.pace_se == pytest.approx(sampling, abs=0.006)
    assert ahead.wandering_pace / ahead.wandering_se == pytest.approx(wandering, abs=0.006)
    assert (ahead.course, ahead.direction) == ("Not on course", direction)


@pytest.mark.parametrize(("sex", "raw", "net"), [("female", 0.197, 0.9), ("male", 0.149, 0.8)])
def test_the_extreme_tenths_are_judged_with_the_part_that_selection_makes_taken_off(
    sex: str, raw: float, net: float
) -> None:
    ahead = look_ahead(Question(definition_id="extreme-tenths"), sex)
    assert ahead.pace == pytest.approx(raw, abs=0.001)
    assert ahead.wandering_pace / ahead.wandering_se == pytest.approx(net, abs=0.2)
    assert ahead.direction == "No clear change"


def test_the_slope_across_regions_wanders_by_its_own_weights_and_two_ends_by_two() -> None:
    """The difference of the two variances of a pace is in proportion to the squared weights: 1.519 against 2."""
    added = {}
    for definition in ("slope-regions", "deprivation-regions"):
        ahead = look_ahead(Question(definition_id=definition), "male")
        added[definition] = ahead.wandering_se**2 - ahead.pace_se**2
    assert added["slope-regions"] < 0.85 * added["deprivation-regions"]


def test_half_of_the_baseline_gap_has_the_reference_chance_under_a_free_drift() -> None:
    one = ask(Question(definition_id="deprivation-regions"))
    ahead = outlook(one, evidence_of(tables()), model="drift")
    assert ahead.probability_exact == pytest.approx(0.0296, abs=0.0002)
    assert ahead.probability == pytest.approx(0.039, abs=0.001)
    assert ahead.model == ahead.models[0] == "drift"
    late = replace(Question(), definition_id="deprivation-regions", baseline="2020 to 2022")
    assert outlook(ask(late), evidence_of(tables()), model="drift").probability == pytest.approx(0.009, abs=0.001)


@pytest.mark.parametrize("sex", ["female", "male"])
def test_halving_the_default_gap_stays_below_1_in_100_under_every_candidate(sex: str) -> None:
    """Every way to forecast that knows all periods; the one that ends before the pandemic is a variant, not a candidate."""
    one, evidence = ask(Question(), sex), evidence_of(tables())
    for model in CANDIDATES:
        found = gap_forecast(
            one.both_sexes, model=model, fits=evidence.fits, ends=evidence.ends_of("income-regions"), last_year=2034
        )
        chance = found.probability_of_share(sex, 0.5, baseline_mid_point=2012.5, target_mid_point=2033.5)
        assert chance < 0.01, model


def test_the_verdict_is_given_by_the_first_forecast_listed_and_its_fan_is_among_them() -> None:
    ahead = look_ahead(Question(), "female")
    assert (
        list(ahead.probabilities)
        == list(ahead.models)
        == ["two-sex", "drift", "no-drift", "last-value", "pre-pandemic"]
    )
    assert ahead.probabilities[ahead.model] == ahead.probability
    assert ahead.forecasts["model"].unique().tolist() == list(ahead.models)
    assert set(MODELS) == set(ahead.models)
    with pytest.raises(UsageError, match="no forecast 'crystal-ball'"):
        outlook(ask(Question()), evidence_of(tables()), model="crystal-ball")


def test_the_default_is_found_again_from_the_record_and_the_income_pair() -> None:
    names = ("forecast_record", "forecast_variances", "forecast_ends")
    again = evidence_from(income=tables().table("income"), tables={name: tables().table(name) for name in names})
    assert again.default == evidence_of(tables()).default == "two-sex"


def test_the_newest_figures_moved_back_but_not_clearly() -> None:
    """Women, London minus North East: 6.5 in 2021 to 2023 and 6.0 after it; five years more would be clear."""
    women = look_ahead(Question(), "female")
    gaps = tables().table("gaps").query("definition == 'income-regions' and sex == 'female'").set_index("period")
    moved = gaps.loc["2022 to 2024", "gap_years"] - gaps.loc["2021 to 2023", "gap_years"]
    assert women.newest_change == pytest.approx(moved)
    assert not women.newest_change_clear
    shifted = tables().table("gaps")
    last = shifted["period"] == "2022 to 2024"
    shifted = shifted.assign(gap_years=shifted["gap_years"] + 5 * last)
    told = outlook(answer(shifted, Question(), "female", england=tables().england()), evidence_of(tables()))
    assert told.newest_change_clear


def test_levelling_down_is_not_said_of_a_fall_that_chance_could_make() -> None:
    """Men, South East and North East: the gap fell 0.7 and the North East 1.7, by 0.8 (both ends) and 0.5 years of error."""
    men = look_ahead(Question(definition_id="deprivation-regions"), "male")
    assert 0.7 < men.levelling_down_probability < 0.9
    assert not men.levelling_down
    assert look_ahead(Question(), "female").levelling_down_probability < 0.05


def test_women_below_the_floor_are_counted_on_the_published_decimal() -> None:
    """A quarter of the gap of 2020 to 2022 between the extreme tenths: two authorities are exactly on the floor."""
    question = Question(definition_id="extreme-tenths", baseline="2020 to 2022", share_to_close=0.25)
    below = floor(tables(), ask(question, "female"))
    assert (below.areas["shortfall_years"] > 0).sum() == 56
    assert below.people == 17_187_454


@pytest.mark.parametrize("periods", [5, 6])
@pytest.mark.parametrize("definition", DEFINITIONS)
def test_a_series_of_five_or_six_periods_is_answered_without_the_check(definition: str, periods: int) -> None:
    gaps = tables().table("gaps")
    short = gaps[gaps["period_start"] > 2022 - periods]
    question = Question(definition_id=definition, baseline=f"{2023 - periods} to {2025 - periods}")
    ahead = outlook(answer(short, question, "female", england=tables().england()), evidence_of(tables()))
    assert ahead.course in get_args(Course)
    assert ahead.direction in get_args(Direction)
    assert np.isnan(float(ahead.check.pace_years_per_year))
    assert ahead.fan()["period"].iloc[0] == "2022 to 2024"


# METHODS, section 3: pace against the other seven regions, years per year.
@pytest.mark.parametrize(
    ("sex", "london", "lower", "upper", "north_east"),
    [("female", 0.209, 0.109, 0.309, -0.006), ("male", 0.143, 0.053, 0.233, 0.002)],
)
def test_london_moved_away_from_the_rest_and_the_north_east_did_not(
    sex: str, london: float, lower: float, upper: float, north_east: float
) -> None:
    found = ends_moved(ask(Question(), sex), hle=tables().newest("hle"), evidence=evidence_of(tables()))
    up, down = found.better_off, found.worse_off
    assert (up.name, down.name, found.moved_away, len(found.rest)) == ("London", "North East", "better-off end", 7)
    assert float(up.pace.pace_years_per_year) == pytest.approx(london, abs=0.001)
    assert float(up.pace.pace_lci_95) == pytest.approx(lower, abs=0.001)
    assert float(up.pace.pace_uci_95) == pytest.approx(upper, abs=0.001)
    assert float(down.pace.pace_years_per_year) == pytest.approx(north_east, abs=0.001)


def test_the_north_east_fell_less_than_england() -> None:
    found = ends_moved(ask(Question()), hle=tables().newest("hle"), evidence=evidence_of(tables())).worse_off.change
    assert float(found.change_years) == pytest.approx(-1.7, abs=0.05)
    assert float(found.england_years) == pytest.approx(-2.1, abs=0.05)


@pytest.mark.parametrize("definition", ["extreme-regions", "deprivation-fifths", "slope-regions"])
def test_ends_that_are_no_fixed_regions_have_no_rest_beside_them(definition: str) -> None:
    one = ask(Question(definition_id=definition))
    with pytest.raises(UsageError, match="not two fixed regions"):
        ends_moved(one, hle=tables().newest("hle"), evidence=evidence_of(tables()))
