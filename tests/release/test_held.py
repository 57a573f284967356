"""The figures that the repository holds: whole, vouched for, and small enough to review."""

from itertools import chain

import pandas as pd
import pytest

from pipeline import store
from pipeline.intake import check, lock

DATA = store.ROOT / "data"
RAW = DATA / "raw"


def test_everything_held_keeps_its_contract_and_matches_the_lock() -> None:
    assert check.problems(RAW) == []


def test_the_lock_names_every_file_and_no_path_of_any_machine() -> None:
    entries = lock.read(RAW)
    held = {path.relative_to(RAW).as_posix() for path in RAW.rglob("*") if path.is_file()}
    assert held == {*entries, lock.NAME}
    assert "file:" not in (RAW / lock.NAME).read_text(encoding="utf-8")
    for entry in entries.values():
        kind, _, path = entry.retrieved_from.partition(":")
        assert kind in {"https", "mirror", "prepared table"}
        assert not path.strip().startswith("/" if kind == "mirror" else "~")
        assert entry.url.startswith("https://")


def test_the_data_stays_small_enough_to_review() -> None:
    assert (
        sum(path.stat().st_size for path in DATA.rglob("*") if path.is_file()) < 25_000_000
    )  # a release adds about one


def test_all_33755_small_areas_are_in_ten_equal_tenths() -> None:
    pockets = pd.read_csv(DATA / "processed" / "pockets.csv")
    england = pockets[pockets["area_code"] == "E92000001"]["small_areas"]
    assert england.sum() == 33_755
    assert england.max() - england.min() <= 1


def test_the_share_of_the_most_deprived_tenth_is_the_one_published_for_each_authority() -> None:
    pockets, deprivation = (pd.read_csv(DATA / "processed" / f"{name}.csv") for name in ("pockets", "deprivation"))
    found = pockets[pockets["imd_decile"] == 1].set_index("area_code")["share_small_areas"]
    published = deprivation.set_index("area_code")["share_lsoas_decile_1"]
    assert found.reindex(published.index).to_numpy() == pytest.approx(published.to_numpy(), abs=1e-4)


def test_the_figures_that_the_tests_run_on_match_their_own_lock() -> None:
    frozen = store.ROOT / "tests" / "frozen" / "raw"
    assert check.problems(frozen) == []
    lines = chain.from_iterable(path.read_text(encoding="utf-8").splitlines() for path in frozen.rglob("*.csv"))
    assert sum(map(len, lines)) < 3_500_000
