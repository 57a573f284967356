"""Claims that the worked numbers in docs/methods.md, sections 3, 8, 9 and 11, are what the code gives.

A worked number is followed by an HTML comment of the form `check: NAME = VALUE`. VALUE must stand in the prose
before the comment, and the code's answer, rounded as VALUE is, must be VALUE.
"""

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from pipeline.measures.inequality.slope_index import SlopeIndex, slope_index_of_inequality
from pipeline.measures.inequality.summary import Summary, summary_measures
from pipeline.measures.life.decomposition import (
    MidpointSplit,
    StepwiseDecomposition,
    midpoint_split,
    stepwise_decomposition,
)
from pipeline.measures.life.england_check import england_check
from pipeline.measures.life.life_table import LifeTable, life_table, life_table_from_probabilities
from pipeline.measures.life.sullivan import (
    HealthyLifeExpectancy,
    good_health_leverage,
    healthy_life_expectancy,
    shares_at_ages,
)

REFERENCE = Path(__file__).parent.parent / "reference"
DOCUMENT = (Path(__file__).parents[2] / "docs" / "methods.md").read_text(encoding="utf-8")
SECTIONS = {3, 8, 9, 11}
COMMENT = re.compile(r"<!-- check: (?P<name>\S+) = (?P<value>\S+) -->")


def sections() -> str:
    parts = re.split(r"(?m)^## (?=\d+\. )", DOCUMENT)
    return "\n".join(part for part in parts[1:] if int(part.split(".")[0]) in SECTIONS)


def table(name: str) -> pd.DataFrame:
    return pd.read_csv(REFERENCE / f"{name}.csv")


@cache
def ohid_slope() -> SlopeIndex:
    groups = table("phe_sii_inputs").query("dataset == 'life-expectancy-tenths'")
    return slope_index_of_inequality(groups["value"], groups["se"], groups["population"])


@cache
def decile_slope(sex: str) -> SlopeIndex:
    deciles = table("hle_deciles_2022_to_2024").query("sex == @sex").sort_values("imd_decile")
    return slope_index_of_inequality(deciles["hle_years"], 0, 1)


@cache
def ohid_table() -> LifeTable:
    figures = table("phe_life_expectancy")
    return life_table(ages=figures["startage"], deaths=figures["deaths"], populations=figures["pops"])


@cache
def guide_example() -> HealthyLifeExpectancy:
    example = table("sullivan_abridged")
    q = example["mx"] * example["n"] / (1 + example["n"] * example["mx"] / 2)
    q.iloc[0] = example["qx"].iloc[0]
    guide = life_table_from_probabilities(
        ages=[0, *np.cumsum(example["n"])[:-1]],
        probabilities_of_dying=q,
        open_band_death_rate=example["mx"].iloc[-1],
        infant_fraction=0.2,
        death_counts=example["Dx"],
    )
    return healthy_life_expectancy(guide, 1 - example["pix"], respondents=example["Nx"])


@cache
def england(sex: str) -> tuple[LifeTable, np.ndarray]:
    rows = table("england_life_table_2022_to_2024").query("sex == @sex")
    bands = table("england_good_health_2022_to_2024").query("sex == @sex")
    england_table = life_table_from_probabilities(
        ages=rows["age"],
        probabilities_of_dying=rows["death_probability"],
        open_band_death_rate=rows["mortality_rate"].iloc[-1],
    )
    return england_table, shares_at_ages(band_ages=bands["age"], shares=bands["good_health_share"], ages=rows["age"])


def point_everywhere(*, life_expectancy_years: float) -> float:
    england_table, _ = england("male")
    per_year_of_life = good_health_leverage(england_table).sum() / england_table.life_expectancy_years[0]
    return float(per_year_of_life * life_expectancy_years / 100)


@cache
def england_hle(sex: str) -> float:
    check = england_check(table("england_life_table_2022_to_2024"), table("england_good_health_2022_to_2024"))
    return float(check.query("sex == @sex and age == 0")["hle_years"].iloc[0])


@cache
def women_minus_men() -> StepwiseDecomposition:
    (men, men_shares), (women, women_shares) = england("male"), england("female")
    return stepwise_decomposition(first=men, first_shares=men_shares, second=women, second_shares=women_shares)


@cache
def london_north_east(sex: str) -> MidpointSplit:
    # ONS, 2022 to 2024: life expectancy (December 2025) and healthy life expectancy (February 2026).
    first_le, first_hle, second_le, second_hle = {"male": (77.7, 57.0, 80.5, 62.9), "female": (81.6, 56.9, 84.7, 62.9)}[
        sex
    ]
    return midpoint_split(
        first_le_years=first_le, first_hle_years=first_hle, second_le_years=second_le, second_hle_years=second_hle
    )


@cache
def regions(first_year: int) -> dict[str, Summary]:
    rows = table("regions_summary_inputs").query("sex == 'Male' and start == @first_year")
    return summary_measures(rows["observation"], rows["se"], rows["pop_denominator"], order=-rows["imd25_avg_score"])


WORKED: dict[str, Callable[[], float]] = {
    "ohid-example-sii": lambda: ohid_slope().sii,
    "ohid-example-sii-lower": lambda: ohid_slope().sii_lower,
    "ohid-example-sii-upper": lambda: ohid_slope().sii_upper,
    "decile-sii-men": lambda: decile_slope("male").sii,
    "decile-sii-women": lambda: decile_slope("female").sii,
    "decile-rii-men": lambda: decile_slope("male").rii,
    "ohid-example-le": lambda: ohid_table().life_expectancy_years[0],
    "ohid-example-le-lower": lambda: ohid_table().interval()[0][0],
    "ohid-example-le-upper": lambda: ohid_table().interval()[1][0],
    "guide-se-shares": lambda: guide_example().prevalence_variance[0] ** 0.5,
    "guide-se-both": lambda: guide_example().variance[0] ** 0.5,
    "england-hle-men": lambda: england_hle("male"),
    "england-hle-women": lambda: england_hle("female"),
    "point-everywhere-north-east-men": lambda: point_everywhere(life_expectancy_years=77.7),
    "point-at-50-to-64-england-men": lambda: good_health_leverage(england("male")[0])[50:65].sum() / 100,
    "women-minus-men": lambda: women_minus_men().difference_years,
    "women-minus-men-mortality": lambda: float(women_minus_men().mortality_years.sum()),
    "women-minus-men-health": lambda: float(women_minus_men().health_years.sum()),
    "london-north-east-men": lambda: london_north_east("male").difference_years,
    "london-north-east-men-mortality": lambda: london_north_east("male").mortality_years,
    "london-north-east-men-health": lambda: london_north_east("male").health_years,
    "london-north-east-women": lambda: london_north_east("female").difference_years,
    "london-north-east-women-mortality": lambda: london_north_east("female").mortality_years,
    "london-north-east-women-health": lambda: london_north_east("female").health_years,
    "regions-difference-2011": lambda: regions(2011)["difference"].estimate,
    "regions-difference-2022": lambda: regions(2022)["difference"].estimate,
    "regions-sii-2011": lambda: regions(2011)["slope-index"].estimate,
    "regions-sii-2022": lambda: regions(2022)["slope-index"].estimate,
    "regions-deviation-2011": lambda: regions(2011)["between-group-standard-deviation"].estimate,
    "regions-deviation-2022": lambda: regions(2022)["between-group-standard-deviation"].estimate,
    "regions-theil-2011": lambda: regions(2011)["theil"].estimate,
    "regions-theil-2022": lambda: regions(2022)["theil"].estimate,
    "regions-deviation-se-2011": lambda: regions(2011)["between-group-standard-deviation"].standard_error,
    "regions-deviation-se-2022": lambda: regions(2022)["between-group-standard-deviation"].standard_error,
}
STATED = {match["name"]: match["value"] for match in COMMENT.finditer(sections())}


def as_printed(answer: float, like: str) -> str:
    """Return the answer with as many decimals as the document prints."""
    return f"{float(answer):.{len(like.partition('.')[2])}f}"


def test_every_worked_number_has_its_computation_and_the_other_way_round():
    assert set(STATED) == set(WORKED)


def test_no_name_is_used_twice():
    names = [match["name"] for match in COMMENT.finditer(sections())]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("name", sorted(WORKED))
def test_the_code_gives_the_number_that_the_document_states(name):
    assert as_printed(WORKED[name](), STATED[name]) == STATED[name]


@pytest.mark.parametrize("name", sorted(WORKED))
def test_the_prose_before_the_comment_contains_the_number(name):
    text = sections()
    paragraph = text[: text.index(f"check: {name} =")].rpartition("\n\n")[2]
    prose = COMMENT.sub("", paragraph)
    shown = STATED[name].removeprefix("-")  # "1.65 fewer" is how a sentence says -1.65
    assert re.search(rf"(?<![\d.]){re.escape(shown)}(?!\d)", prose)


def test_a_wrong_number_would_be_noticed():
    assert as_printed(WORKED["england-hle-men"](), "60.90") != "60.91"
