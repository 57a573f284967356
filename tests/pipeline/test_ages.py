"""Claims about the ages at which healthy years were lost, by arithmetic on the published life table and shares."""

from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from pipeline import store
from pipeline.answers.ages import ages_lost, points_lost
from tests.pipeline.processed import processed

REFERENCE = Path(__file__).parent.parent / "reference"
STAGES = ("Under 15", "15 to 24", "25 to 34", "35 to 49", "50 to 64", "65 to 79", "80 and over")
FIRST_AGES = (0, 15, 25, 35, 50, 65, 80)
STATED = {
    "female": (-0.58, -0.63, -0.58, -0.73, -0.44, 0.13, 0.03),
    "male": (-0.40, -0.41, -0.42, -0.54, -0.36, -0.07, 0.05),
}
IN_ALL = {"female": (-2.6, -2.81), "male": (-2.1, -2.16)}


@cache
def raw(name: str) -> pd.DataFrame:
    return pd.read_csv(max((store.RAW_FOLDER / name).glob("*.csv")))


def years_lived(sex: str) -> pd.Series:
    """Years lived at each single age per person born: half of those who die in a year live half of it, infants a tenth."""
    table = raw("life_table").query("sex == @sex").set_index("age").sort_index()
    lived = table["survivors"] - 0.5 * table["deaths"]
    lived.loc[0] = table["survivors"][0] - 0.9 * table["deaths"][0]
    lived.iloc[-1] = table["survivors"].iloc[-1] / table["mortality_rate"].iloc[-1]
    return lived / 100_000


def by_arithmetic(sex: str, first_year: int) -> pd.Series:
    bands = raw("good_health").query("nation_name == 'England' and sex == @sex")
    shares = bands.pivot(index="age", columns="period_start", values="good_health_share")
    lived = years_lived(sex)
    change = (shares[2022] - shares[first_year]).reindex(lived.index, method="ffill")
    return lived * change


def contributions(nation: str, sex: str, period: str = "2022 to 2024") -> pd.Series:
    rows = processed("age_contributions")
    rows = rows[(rows["nation_name"] == nation) & (rows["sex"] == sex) & (rows["period"] == period)]
    return rows.set_index("ages")["since_first_years"]


@pytest.mark.parametrize("sex", STATED)
def test_england_lost_healthy_years_at_the_ages_that_the_methods_state(sex):
    ours, single = contributions("England", sex), by_arithmetic(sex, 2011)
    summed = single.groupby(np.searchsorted(FIRST_AGES, single.index, side="right") - 1).sum()
    assert ours[list(STAGES)].to_numpy() == pytest.approx(summed.to_numpy(), abs=0.002)
    assert tuple(ours[list(STAGES)].round(2)) == STATED[sex]
    assert round(ours["Every age"], 2) == IN_ALL[sex][1]


@pytest.mark.parametrize("sex", STATED)
def test_all_causes_together_took_what_the_published_figures_say(sex):
    rows = processed("age_contributions").query("nation_name == 'England' and sex == @sex and ages == 'Every age'")
    published = rows.set_index("period")["hle_years"]
    assert published["2022 to 2024"] - published["2011 to 2013"] == pytest.approx(IN_ALL[sex][0])


@pytest.mark.parametrize("sex", STATED)
def test_by_stage_of_life_they_agree_to_a_tenth_of_a_year_with_an_outside_decomposition(sex):
    outside = pd.read_csv(REFERENCE / "health_part_by_age_2012_to_2024.csv").query("sex == @sex").set_index("age")
    stage = np.searchsorted(FIRST_AGES, outside.index, side="right") - 1
    theirs = outside["years_from_health"].groupby(stage).sum()
    ours = contributions("England", sex) - contributions("England", sex, "2012 to 2014")
    assert ours[list(STAGES)].to_numpy() == pytest.approx(theirs.to_numpy(), abs=0.1)


def by_band(sex: str) -> tuple[pd.Series, pd.Series]:
    """Years from health in each band of five years, 2012 to 2014 up to 2022 to 2024: ours and the outside ones."""
    outside = pd.read_csv(REFERENCE / "health_part_by_age_2012_to_2024.csv").query("sex == @sex").set_index("age")
    theirs = outside["years_from_health"].rename(index={1: 0}).groupby(level=0).sum()
    single = by_arithmetic(sex, 2012)
    band = theirs.index.to_numpy()[np.searchsorted(theirs.index, single.index, side="right") - 1]
    return single.groupby(band).sum(), theirs


def test_by_band_they_agree_to_a_tenth_but_for_two_in_which_the_outside_one_has_women_live_6_8_and_3_1_years_in_five():
    off = {
        sex: [age for age in ours.index if abs(ours[age] - theirs[age]) > 0.1]
        for sex in STATED
        for ours, theirs in [by_band(sex)]
    }
    assert off == {"female": [20, 25], "male": []}
    ours, theirs = (years[[20, 25]] for years in by_band("female"))
    lived = years_lived("female")
    ours_lived = np.array([lived.loc[age : age + 4].sum() for age in (20, 25)])
    assert (theirs / ours * ours_lived).round(1).tolist() == [6.8, 3.1]
    assert ours.sum() == pytest.approx(theirs.sum(), abs=0.01)


@pytest.mark.parametrize(("sex", "rise"), [("female", 0.3), ("male", 0.2)])
def test_life_expectancy_rose_meanwhile(sex, rise):
    rows = raw("life_expectancy").query("area_name == 'England' and sex == @sex").set_index("period")["le_years"]
    assert round(rows["2022 to 2024"] - rows["2011 to 2013"], 1) == rise


@pytest.mark.parametrize("sex", STATED)
def test_the_parts_of_every_nation_and_period_add_up_and_start_at_nothing(sex):
    rows = processed("age_contributions").query("sex == @sex")
    assert rows["nation_name"].nunique() == 5
    wide = rows.pivot(index=["nation_name", "period"], columns="ages", values="since_first_years")
    assert wide[list(STAGES)].sum(axis=1).to_numpy() == pytest.approx(wide["Every age"].to_numpy(), abs=3e-4)
    assert not wide.xs("2011 to 2013", level="period").to_numpy().any()


@pytest.mark.parametrize("sex", STATED)
def test_the_two_levers_give_what_ohid_published_from_the_levels_of_2017_to_2019(sex):
    rows = processed("two_levers").query("sex == @sex and period == '2017 to 2019'")
    gains = rows.set_index("lever")["hle_gain_years"].round(1).to_dict()
    assert gains == {"death-rates": 0.1, "good-health": 1.3}


@pytest.mark.parametrize("sex", STATED)
def test_the_points_lost_at_a_stage_are_the_fall_of_its_share_in_good_health(sex):
    lost = ages_lost(processed("age_contributions"), sex=sex, since="2011 to 2013", period="2022 to 2024")
    points = points_lost(lost, processed("leverage"), sex=sex)
    lived, single = years_lived(sex), by_arithmetic(sex, 2011)
    assert points["Under 35"] == pytest.approx(-100 * single.loc[:34].sum() / lived.loc[:34].sum(), abs=0.05)
    assert points["50 to 64"] == pytest.approx(-100 * single.loc[50:64].sum() / lived.loc[50:64].sum(), abs=0.05)
    assert points["Every age"] == pytest.approx(-100 * single.sum() / lived.sum(), abs=0.05)
