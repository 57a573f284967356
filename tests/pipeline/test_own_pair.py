"""The reader's own pair of places: the gap, its pace and its direction agree with a calculation of their own."""

from functools import cache

import numpy as np
import pandas as pd
import pytest

from pipeline.answers.gap.evidence import evidence_of
from pipeline.answers.gap.outlook import Standing
from pipeline.answers.gap.own_pair import with_own_pair
from pipeline.answers.gap.question import Question
from pipeline.answers.gap.standing import standing_of
from pipeline.errors import MeasureRefused, UsageError
from pipeline.measures.gap.definitions import DEFINITIONS, OWN_PAIR, definition_of
from pipeline.measures.gap.verdict import course, direction
from pipeline.processed import Tables

MIDDLESBROUGH, ENGLAND, SURREY = "E06000002", "E92000001", "E10000030"


@cache
def tables() -> Tables:
    return Tables.open()


@cache
def pair(one: str, other: str, sex: str = "female") -> Standing:
    paired = with_own_pair(tables(), one, other)
    asked = Question(definition_id=OWN_PAIR.id)
    return standing_of(paired, asked, sex=sex)


@cache
def by_hand() -> dict[str, np.ndarray]:
    """Gap and standard errors of both ends from the published figures, women, in time order."""
    rows = pd.read_csv(tables().folder / "hle.csv")
    rows = rows[(rows["release"] == rows["release"].max()) & (rows["sex"] == "female")].sort_values("period_start")
    place, england = (rows[rows["area_code"] == code] for code in (MIDDLESBROUGH, ENGLAND))
    se = [((end["hle_uci_95"] - end["hle_lci_95"]) / 3.919928).to_numpy() for end in (place, england)]
    gap = england["hle_years"].to_numpy() - place["hle_years"].to_numpy()
    return {"gap": gap, "place_se": se[0], "england_se": se[1], "start": place["period_start"].to_numpy()}


def test_the_gap_is_the_difference_of_the_published_figures() -> None:
    found, hand = pair(MIDDLESBROUGH, ENGLAND).answer, by_hand()
    assert found.history["gap_years"].to_numpy() == pytest.approx(hand["gap"])
    assert found.history["gap_se"].to_numpy() == pytest.approx(np.hypot(hand["place_se"], hand["england_se"]), rel=1e-5)
    assert (found.latest["better_off"], found.latest["worse_off"]) == ("England", "Middlesbrough")
    assert float(found.latest["gap_years"]) == pytest.approx(61.3 - 54.2)  # published


def test_half_the_gap_of_the_baseline_is_the_target_and_the_pace_leads_there_in_ten_years() -> None:
    found, hand = pair(MIDDLESBROUGH, ENGLAND).answer, by_hand()
    assert found.target_gap_years == pytest.approx(hand["gap"][0] / 2)
    assert found.required_pace == pytest.approx((hand["gap"][0] / 2 - hand["gap"][-1]) / 10)


def test_pace_and_its_wandering_aware_interval_agree_with_matrices_written_out() -> None:
    found, hand, evidence = pair(MIDDLESBROUGH, ENGLAND).outlook, by_hand(), evidence_of(tables())
    t = hand["start"] + 1.5
    shared = np.maximum(0, 3 - np.abs(t[:, None] - t)) / 3
    sampling = sum(shared * np.outer(se, se) for se in (hand["place_se"], hand["england_se"]))
    # a walk with a step each year, of which a period sees the mean of three years; two ends
    years = np.arange(hand["start"][0], hand["start"][-1] + 3)
    seen = ((years >= hand["start"][:, None]) & (years <= hand["start"][:, None] + 2)) / 3
    walked = seen @ np.minimum.outer(np.arange(len(years)), np.arange(len(years))) @ seen.T
    spread = evidence.fits.no_drift
    process = 2 * (spread.sigma**2 * walked + spread.tau**2 * np.eye(len(t)))
    weights = 1 / (hand["place_se"] ** 2 + hand["england_se"] ** 2)
    x = np.column_stack([np.ones_like(t), t])
    b = np.linalg.solve(x.T @ (weights[:, None] * x), x.T * weights)
    pace = (b @ hand["gap"])[1]
    se = np.sqrt((b @ (sampling + process) @ b.T)[1, 1])
    assert found.pace == pytest.approx(pace, abs=1e-6)
    assert found.wandering_lci_95 == pytest.approx(pace - 1.959964 * se, abs=1e-4)
    assert found.wandering_uci_95 == pytest.approx(pace + 1.959964 * se, abs=1e-4)
    assert found.direction == "No clear change"  # the interval holds zero


def test_the_verdict_follows_the_rules_of_every_definition() -> None:
    for one in (pair(MIDDLESBROUGH, ENGLAND), pair(MIDDLESBROUGH, ENGLAND, "male"), pair(SURREY, "E12000001")):
        found = one.outlook
        assert found.course == course(p_reached_now=found.probability_now, p_reached_by_target=found.probability)
        assert found.direction == direction(pace_lci_95=found.wandering_lci_95, pace_uci_95=found.wandering_uci_95)
        assert found.borrowed


def test_the_order_of_the_two_places_does_not_matter() -> None:
    assert pair(MIDDLESBROUGH, ENGLAND).answer.history.equals(pair(ENGLAND, MIDDLESBROUGH).answer.history)


def test_the_own_pair_is_never_among_the_definitions_in_use() -> None:
    assert OWN_PAIR.id not in DEFINITIONS
    assert OWN_PAIR.id not in set(tables().table("gaps")["definition"])
    assert definition_of(OWN_PAIR.id) is OWN_PAIR
    with pytest.raises(MeasureRefused, match="no definition"):
        definition_of("richest")


@pytest.mark.parametrize(
    ("one", "other"), [(MIDDLESBROUGH, MIDDLESBROUGH), ("E09000001", ENGLAND), (ENGLAND, "nowhere")]
)
def test_a_pair_without_a_gap_is_refused_in_words(one: str, other: str) -> None:
    with pytest.raises(UsageError, match="gap"):
        with_own_pair(tables(), one, other)
