"""Claims about who holds the shortfall, by arithmetic on the published figures."""

from functools import cache

import numpy as np
import pandas as pd
import pytest

from pipeline import store
from tests.pipeline.processed import processed

SEXES = ("female", "male")
FIRST, LATEST = "2011 to 2013", "2022 to 2024"


@cache
def raw(name: str) -> pd.DataFrame:
    return pd.read_csv(max((store.RAW_FOLDER / name).glob("*.csv")))


def hle(sex: str, period: str, area_type: str) -> pd.DataFrame:
    rows = raw("hle")
    rows = rows[(rows["sex"] == sex) & (rows["period"] == period) & (rows["area_type"] == area_type)]
    return rows.set_index("area_code")


@cache
def authorities(sex: str) -> pd.DataFrame:
    """HLE, its error, residents, region and person-years short of the floor: half-way between London and North East."""
    first = hle(sex, FIRST, "region").set_index("area_name")["hle_years"]
    floor = (first["London"] + first["North East"]) / 2
    rows = hle(sex, LATEST, "utla")
    people = raw("population_sex")
    rows["people"] = people[people["sex"] == sex].set_index("area_code")["population"]
    rows["region"] = raw("lookup").set_index("area_code")["region_code"]
    rows["se"] = (rows["hle_uci_95"] - rows["hle_lci_95"]) / (2 * 1.959964)
    rows["short"] = (floor - rows["hle_years"]).where(rows["hle_years"] < round(floor, 1), 0) * rows["people"]
    return rows


@pytest.mark.parametrize(("sex", "half", "below"), [("female", 23, 94), ("male", 21, 82)])
def test_half_of_the_shortfall_lies_in_a_quarter_of_the_authorities_below_the_floor(sex, half, below):
    shares = (authorities(sex)["short"] / authorities(sex)["short"].sum()).sort_values(ascending=False)
    assert (int((shares.cumsum() < 0.5).sum()) + 1, int((shares > 0).sum())) == (half, below)
    table = processed("shortfall")
    ours = table[(table["sex"] == sex) & (table["area_type"] == "utla")].set_index("area_code")["shortfall_share"]
    assert ours.reindex(shares.index).to_numpy() == pytest.approx(shares.to_numpy(), abs=1e-5)


def test_the_north_west_holds_23_per_cent_of_the_shortfall_of_women_and_the_north_east_12():
    table = processed("shortfall")
    shares = table[(table["sex"] == "female") & (table["area_type"] == "region")].set_index("area_name")[
        "shortfall_share"
    ]
    assert (round(shares["North West"], 2), round(shares["North East"], 2)) == (0.23, 0.12)
    assert shares.sum() == pytest.approx(1, abs=1e-4)


@pytest.mark.parametrize("sex", SEXES)
def test_combined_authorities_hold_what_their_authorities_hold(sex):
    table = processed("shortfall").query("sex == @sex").set_index("area_code")
    inside = raw("lookup").set_index("area_code")["combined_authority_code"].dropna()
    sums = table["shortfall_person_years"].reindex(inside.index).groupby(inside).sum()
    ours = table[table["area_type"] == "combined-authority"]["shortfall_person_years"]
    assert ours.to_numpy() == pytest.approx(sums.reindex(ours.index).to_numpy(), abs=1)


@pytest.mark.parametrize("sex", SEXES)
def test_52_per_cent_of_the_variance_between_authorities_lies_between_regions(sex):
    rows = authorities(sex)
    mean = np.average(rows["hle_years"], weights=rows["people"])
    by_region = rows.groupby("region").apply(
        lambda own: pd.Series({"mean": np.average(own["hle_years"], weights=own["people"]), "n": own["people"].sum()})
    )
    between = np.average((by_region["mean"] - mean) ** 2, weights=by_region["n"])
    true = np.average((rows["hle_years"] - mean) ** 2 - rows["se"] ** 2, weights=rows["people"])
    ours = processed("spread").query("sex == @sex and period == @LATEST").iloc[0]
    assert ours["between_regions_share"] == pytest.approx(between / true, abs=1e-4)
    assert round(ours["between_regions_share"], 2) == 0.52
    assert round(ours["between_regions_share_less_noise"], 1) == 0.5


@pytest.mark.parametrize(("sex", "fell"), [("female", 40), ("male", 28)])
def test_no_authority_clearly_rose_since_2011_to_2013_and_40_and_28_clearly_fell(sex, fell):
    then, now = hle(sex, FIRST, "utla"), hle(sex, LATEST, "utla")
    errors = [(rows["hle_uci_95"] - rows["hle_lci_95"]) / (2 * 1.959964) for rows in (then, now)]
    z = (now["hle_years"] - then["hle_years"]) / np.hypot(*errors)
    assert (int((z > 1.959964).sum()), int((z < -1.959964).sum()), len(z)) == (0, fell, 151)


@pytest.mark.parametrize("sex", SEXES)
def test_the_rank_interval_of_a_share_holds_the_rank_that_the_published_figures_give(sex):
    rows = processed("shortfall").query("sex == @sex and area_type == 'utla' and shortfall_share > 0")
    rank = rows["shortfall_share"].rank(ascending=False)
    inside = (rows["rank_lci_95"] <= rank) & (rank <= rows["rank_uci_95"])
    assert inside.mean() > 0.9
    assert (rows["rank_uci_95"] - rows["rank_lci_95"]).median() > 20  # single authorities are uncertain
