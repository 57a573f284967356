"""Releases stand side by side: each goes through the measures on its own, and nothing lets two be joined to one series."""

import pandas as pd
import pytest

from pipeline import store
from pipeline.answers.gap.releases import revisions
from pipeline.assemble.vintages import gaps_by_release, vintages
from pipeline.build import newest, read_raw
from pipeline.contracts import check
from pipeline.errors import ContractBroken, MeasureRefused, UsageError
from pipeline.measures.gap import gaps as gap_measures
from pipeline.measures.gap.definitions import BETWEEN_REGIONS
from pipeline.tables import PROCESSED


@pytest.fixture(scope="module")
def raw() -> dict[str, pd.DataFrame]:
    return read_raw(store.RAW_FOLDER)


@pytest.fixture(scope="module")
def table() -> pd.DataFrame:
    return store.read(PROCESSED["vintages"], store.PROCESSED_FOLDER / "vintages.csv")


def of(table: pd.DataFrame, definition: str, sex: str, release: str) -> pd.Series:
    rows = table[(table["definition"] == definition) & (table["sex"] == sex) & (table["release"] == release)]
    return rows.set_index("period")["gap_years"]


def spliced(hle: pd.DataFrame) -> pd.DataFrame:
    """Old figures up to 2014 to 2016, new ones after: one row for each area, sex and period, as a splicer would do it."""
    old = hle[(hle["release"] == "2022-01") & (hle["period_start"] <= 2014)]
    return pd.concat([old, hle[(hle["release"] == "2026-02-19") & (hle["period_start"] > 2014)]], ignore_index=True)


def test_a_series_joined_from_two_releases_is_refused_by_every_gap_measure(raw: dict[str, pd.DataFrame]) -> None:
    joined = spliced(raw["hle"])
    with pytest.raises(MeasureRefused, match="2 releases were mixed in one series: 2022-01, 2026-02-19"):
        gap_measures.with_standard_error(joined)
    with pytest.raises(MeasureRefused, match="mixed in one series"):
        gap_measures.gaps(
            hle=joined,
            income=newest(raw["income"]),
            deprivation=newest(raw["deprivation"]),
            areas=newest(raw["lookup"]),
            deciles=newest(raw["hle_deciles"]),
        )


def test_either_release_alone_is_not_refused(raw: dict[str, pd.DataFrame]) -> None:
    for _, one in raw["hle"].groupby("release"):
        assert gap_measures.with_standard_error(one)["hle_se"].notna().all()


def test_a_row_of_another_release_leaves_a_hole_that_the_contract_refuses(table: pd.DataFrame) -> None:
    moved = table.copy()
    one = (moved["release"] == "2026-02-19") & (moved["period"] == "2015 to 2017")
    moved.loc[one, "release"] = "2022-02"
    with pytest.raises(ContractBroken, match="lacks 1 period"):
        check(PROCESSED["vintages"], moved, where="spliced")
    # parts that a reader has joined number their rows alike
    with pytest.raises(ContractBroken, match=r"lacks 1 period.* starts in 2015"):
        check(PROCESSED["vintages"], moved.set_axis([0] * len(moved)), where="spliced")


def test_the_newest_release_tells_the_same_gaps_as_the_table_of_gaps(table: pd.DataFrame) -> None:
    gaps = store.read(PROCESSED["gaps"], store.PROCESSED_FOLDER / "gaps.csv")
    key = ["definition", "sex", "period"]
    both = gaps.merge(table[table["release"] == "2026-02-19"], on=key, validate="one_to_one", suffixes=("", "_again"))
    assert set(both["definition"]) == set(BETWEEN_REGIONS)
    assert (both["gap_years"] == both["gap_years_again"]).all()
    assert (both["gap_se"] == both["gap_se_again"]).all()


@pytest.mark.parametrize(
    ("sex", "release", "expected"),
    [
        # London minus the North East, 2018 to 2020, as ONS said them with one decimal in that release
        ("female", "2022-01", 65.0 - 59.7),
        ("male", "2022-01", 63.8 - 59.1),
    ],
)
def test_the_old_release_tells_the_difference_of_its_own_published_figures(
    table: pd.DataFrame, raw: dict[str, pd.DataFrame], sex: str, release: str, expected: float
) -> None:
    assert of(table, "income-regions", sex, release)["2018 to 2020"] == pytest.approx(expected, abs=0.1)


def test_each_release_keeps_its_own_periods(table: pd.DataFrame) -> None:
    last = {release: of(table, "income-regions", "male", release).index[-1] for release in table["release"].unique()}
    assert last == {"2022-01": "2018 to 2020", "2024-12-12": "2021 to 2023", "2026-02-19": "2022 to 2024"}


def test_the_ends_that_are_fixed_are_the_same_in_every_release(table: pd.DataFrame) -> None:
    fixed = table[table["definition"].isin(["income-regions", "deprivation-regions"])]
    assert (fixed.groupby("definition")[["better_off", "worse_off"]].nunique() == 1).all(axis=None)


def test_leaving_one_release_out_changes_nothing_in_the_others(
    table: pd.DataFrame, raw: dict[str, pd.DataFrame]
) -> None:
    areas = store.read(PROCESSED["areas"], store.PROCESSED_FOLDER / "areas.csv")
    fewer = vintages(
        gaps_by_release(
            hle=raw["hle"][raw["hle"]["release"] != "2024-12-12"],
            income=newest(raw["income"]),
            deprivation=newest(raw["deprivation"]),
            areas=areas,
        )
    )
    kept = table[table["release"] != "2024-12-12"].reset_index(drop=True)
    key = ["definition", "sex", "period", "release"]
    both = kept.merge(fewer, on=key, validate="one_to_one", suffixes=("", "_fewer"))
    assert len(both) == len(kept) == len(fewer)
    assert both["gap_years"].to_numpy() == pytest.approx(both["gap_years_fewer"].to_numpy(), abs=1e-4)


def test_the_period_compared_is_the_latest_that_all_releases_hold(table: pd.DataFrame) -> None:
    found = revisions(table, definition_id="deprivation-regions", sex="female")
    assert list(found.last_common["release"]) == found.releases == ["2022-01", "2024-12-12", "2026-02-19"]
    assert set(found.last_common["period"]) == {"2018 to 2020"}


def test_a_definition_that_older_releases_cannot_tell_is_refused_with_those_that_they_can(table: pd.DataFrame) -> None:
    with pytest.raises(UsageError, match="income-regions, deprivation-regions"):
        revisions(table, definition_id="deprivation-fifths", sex="male")
