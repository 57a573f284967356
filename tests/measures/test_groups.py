"""The mean of a group of authorities: by hand, and against what ONS publishes for regions and combined authorities."""

from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from pipeline.areas import COUNTED_WITH
from pipeline.errors import MeasureRefused
from pipeline.measures.gap.gaps import with_standard_error
from pipeline.measures.places.groups import group_series
from pipeline.processed import Tables

METHODS = Path(__file__).parents[2] / "docs" / "methods.md"
TWO = pd.DataFrame(
    [("A", "female", "2011 to 2013", 2011, 2013, 60.0, 1.0), ("B", "female", "2011 to 2013", 2011, 2013, 64.0, 2.0)],
    columns=["area_code", "sex", "period", "period_start", "period_end", "years", "se"],
)
RESIDENTS = pd.DataFrame(
    [("A", 2012, 300), ("B", 2012, 100), ("A", 2013, 100), ("B", 2013, 100)],
    columns=["area_code", "year", "population"],
)


def test_the_mean_is_weighted_by_residents_of_the_middle_year() -> None:
    # three quarters of 60 and one of 64; SE from 0.75 x 1 and 0.25 x 2
    found = group_series(TWO, RESIDENTS, members=["A", "B"]).iloc[0]
    assert found["years"] == pytest.approx(61.0)
    assert found["se"] == pytest.approx(np.hypot(0.75, 0.5))


def test_a_period_beyond_the_years_held_takes_the_nearest_year() -> None:
    later = TWO.assign(period="2022 to 2024", period_start=2022, period_end=2024)
    assert group_series(later, RESIDENTS, members=["A", "B"])["years"].tolist() == pytest.approx([62.0])


def test_without_an_interval_of_one_authority_the_group_has_none() -> None:
    found = group_series(TWO.assign(se=[1.0, np.nan]), RESIDENTS, members=["A", "B"])
    assert found["years"].notna().all()
    assert found["se"].isna().all()


def test_a_group_with_an_authority_that_has_no_figures_is_refused() -> None:
    for members in (["A", "C"], []):
        with pytest.raises(MeasureRefused, match="no period"):
            group_series(TWO, RESIDENTS, members=members)


@cache
def against_published() -> pd.DataFrame:
    """Our estimate beside ONS's figure for every region and combined authority, all periods, women and men."""
    tables = Tables.open()
    hle, areas = with_standard_error(tables.newest("hle")), tables.table("areas")
    authorities = hle[hle["area_type"] == "utla"].rename(columns={"hle_years": "years", "hle_se": "se"})
    # City of London counts with Hackney, Isles of Scilly with Cornwall
    counted = tables.table("residents").replace({"area_code": COUNTED_WITH})
    residents = counted.groupby(["area_code", "year"])[["population"]].sum().reset_index()
    with_figures = areas[areas["area_code"].isin(authorities["area_code"])]
    found = [
        group_series(authorities, residents, members=own["area_code"]).assign(area_code=code)
        for column in ("region_code", "combined_authority_code")
        for code, own in with_figures.groupby(column)
    ]
    return pd.concat(found).merge(hle, on=["area_code", "sex", "period"], validate="one_to_one")


def test_estimates_agree_with_the_published_regions_and_combined_authorities() -> None:
    both = against_published()
    away = (both["years"] - both["hle_years"]).abs()
    ratio = both["se"] / both["hle_se"]
    assert len(both) == 576
    assert away.mean() <= 0.07
    assert away.max() <= 0.35
    assert ratio.between(0.95, 1.25).all()


def test_the_methods_document_states_what_the_check_found() -> None:
    both = against_published()
    away, ratio = (both["years"] - both["hle_years"]).abs(), both["se"] / both["hle_se"]
    stated = (
        f"{len(both)} comparisons), such an estimate is {away.mean():.2f} years from ONS's figure on average and "
        f"{away.max():.2f} at most; its standard error is {ratio.min():.2f} to {ratio.max():.2f} times ONS's, "
        f"{ratio.mean():.2f} on average"
    )
    assert stated in " ".join(METHODS.read_text(encoding="utf-8").split())
