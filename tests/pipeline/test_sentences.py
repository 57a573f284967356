"""Claims about the one sentence on a gap: every number and setting is in it, in plain words."""

from dataclasses import replace

import pytest

from pipeline.answers.gap.sentence import GapStanding, running_name, standing_sentence
from pipeline.errors import MeasureRefused

MEN = GapStanding(
    verdict="Off track",
    sex="male",
    better_off="the South East",
    worse_off="the North East",
    period="2022 to 2024",
    baseline_period="2011 to 2013",
    target_period="2032 to 2034",
    gap_years=6.0,
    gap_lci_95=4.92,
    gap_uci_95=7.08,
    target_gap_years=3.35,
    required_pace=-0.265,
    observed_pace=-0.0169,
    pace_lci_95=-0.138,
    pace_uci_95=0.104,
    probability=0.0305,
    levelling_down=True,
    first_period="2011 to 2013",
)


def test_the_sentence_states_everything_it_was_given_once():
    sentence = standing_sentence(MEN)
    for words in (
        "Off track: in 2022 to 2024, men in the South East could expect 6.0 more years in good health",
        "than men in the North East (95% interval 4.9 to 7.1)",
        "halving the 2011 to 2013 gap means 3.4 years by 2032 to 2034",
        "must shrink by 0.27 years a year",
        "since 2011 to 2013 it has been shrinking by 0.02 years a year",
        "(95% interval: shrinking by 0.14 to growing by 0.10)",
        "the model gives a 3% chance",
        "without any rise in the North East",
    ):
        assert words in sentence


def test_it_is_one_sentence():
    assert standing_sentence(MEN).count(". ") == 0
    assert standing_sentence(MEN).endswith(".")


def test_without_levelling_down_nothing_is_said_of_it():
    assert "without any rise" not in standing_sentence(replace(MEN, levelling_down=False))


def test_women_are_called_women_and_an_unknown_sex_is_refused():
    assert "women in the South East" in standing_sentence(replace(MEN, sex="female"))
    with pytest.raises(MeasureRefused):
        standing_sentence(replace(MEN, sex="persons"))


@pytest.mark.parametrize(
    ("probability", "words"),
    [
        (0.0, "a less than 1% chance"),
        (0.0099, "a less than 1% chance"),
        (0.01, "a 1% chance"),
        (0.08, "an 8% chance"),
        (0.11, "an 11% chance"),
        (0.5, "a 50% chance"),
        (0.82, "an 82% chance"),
        (0.99, "a 99% chance"),
        (0.995, "a more than 99% chance"),
    ],
)
def test_a_chance_is_never_called_nil_or_certain(probability, words):
    assert words in standing_sentence(replace(MEN, probability=probability))


@pytest.mark.parametrize(
    ("lower", "upper", "words"),
    [
        (0.01, 0.27, "growing by 0.01 to 0.27"),
        (-0.27, -0.01, "shrinking by 0.01 to 0.27"),
        (-0.1, 0.2, "shrinking by 0.10 to growing by 0.20"),
    ],
)
def test_an_interval_of_the_pace_says_which_way_each_end_goes(lower, upper, words):
    assert words in standing_sentence(replace(MEN, pace_lci_95=lower, pace_uci_95=upper))


def test_a_gap_that_hardly_moves_is_not_given_a_direction():
    assert "moving by less than 0.01 years a year" in standing_sentence(replace(MEN, observed_pace=0.004))


def test_a_target_already_met_asks_for_no_narrowing():
    sentence = standing_sentence(replace(MEN, required_pace=0.02))
    assert "which the latest figure already meets" in sentence
    assert "must shrink" not in sentence


def test_a_negative_gap_is_said_as_fewer_years():
    assert "0.4 fewer years" in standing_sentence(replace(MEN, gap_years=-0.4))


def test_another_share_than_half_is_not_called_halving():
    sentence = standing_sentence(replace(MEN, share_to_close=0.3))
    assert "closing 30% of the 2011 to 2013 gap" in sentence
    assert "halving" not in sentence


def test_half_of_an_odd_tenth_is_rounded_as_a_person_would():
    assert "means 3.0 years" in standing_sentence(replace(MEN, target_gap_years=(62.9 - 57.0) / 2))


@pytest.mark.parametrize(
    ("name", "running"),
    [
        ("North East", "the North East"),
        ("East of England", "the East of England"),
        ("London", "London"),
        ("Yorkshire and The Humber", "Yorkshire and the Humber"),
        ("North East Lincolnshire", "North East Lincolnshire"),
    ],
)
def test_regions_take_an_article_where_english_wants_one(name, running):
    assert running_name(name) == running
