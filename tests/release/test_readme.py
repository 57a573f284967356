"""The figures in the README are those of the newest release."""

import csv

from pipeline import store
from pipeline.processed import Tables
from tools import readme

DATA = store.ROOT / "data" / "processed"
SAID = readme.README.read_text(encoding="utf-8")


def test_the_readme_is_as_the_command_writes_it() -> None:
    assert readme.renewed(SAID, Tables.open(DATA)) == SAID, "run `make readme`"


def test_the_readme_states_the_newest_gap_with_its_interval() -> None:
    with (DATA / "gaps.csv").open(encoding="utf-8") as file:
        gaps = [row for row in csv.DictReader(file) if row["definition"] == "income-regions"]
    newest = max(row["period"] for row in gaps)
    found = {row["sex"]: row for row in gaps if row["period"] == newest}
    said = " ".join(SAID.split())
    assert f"In {newest} women in {found['female']['better_off']} could expect" in said
    for row in found.values():
        gap, lower, upper = (f"{float(row[name]):.1f}" for name in ("gap_years", "gap_lci_95", "gap_uci_95"))
        assert f"{gap} more years" in said
        assert f"(95% interval {lower} to {upper})" in said


def test_a_paragraph_that_is_out_of_date_is_written_anew() -> None:
    old = f"# Title\n{readme.BEGIN}\n\nThe gap was 1 year.\n\n{readme.END}\nMore.\n"
    new = readme.renewed(old, Tables.open(DATA))
    assert "The gap was 1 year." not in new
    assert new.startswith(f"# Title\n{readme.BEGIN}")
    assert new.endswith(f"{readme.END}\nMore.\n")
