"""The answer in words at the head of the README is that of the figures it comes with."""

from pathlib import Path

from charts.kit import words
from pipeline.processed import Tables

README = (Path(__file__).resolve().parents[1] / "README.md").read_text(encoding="utf-8")


def test_the_readme_states_the_gap_of_the_newest_figures() -> None:
    tables = Tables.open()
    said = " ".join(README.split())
    gaps = tables.table("gaps")
    income = gaps[gaps["definition"] == "income-regions"].set_index(["sex", "period"])
    latest, first = max(gaps["period"]), "2011 to 2013"
    assert f"In {latest} women in London could expect" in said
    for sex in ("female", "male"):
        now = income.loc[(sex, latest)]
        assert words.number(now["gap_years"]) in said
        assert f"{words.number(now['gap_lci_95'])} to {words.number(now['gap_uci_95'])}" in said
        assert (now["better_off"], now["worse_off"]) == ("London", "North East")
    was = [words.number(income.loc[(sex, first)]["gap_years"]) for sex in ("female", "male")]
    assert f"In {first} it was {was[0]} and {was[1]}" in said
    verdicts = tables.table("verdicts").set_index(["definition", "sex"])
    assert set(verdicts.loc["income-regions"]["verdict"].str.lower()) == {"widening"}
    paces = [words.number(-verdicts.loc[("income-regions", sex), "required_pace"], 2) for sex in ("female", "male")]
    assert f"narrowing by {paces[0]} years every year for women and {paces[1]} for men" in said
    assert words.day(tables.release) in said


def test_the_readme_states_the_gap_by_deprivation_and_that_it_has_no_clear_trend() -> None:
    tables = Tables.open()
    gaps = tables.table("gaps")
    now = gaps[(gaps["definition"] == "deprivation-regions") & (gaps["period"] == max(gaps["period"]))]
    women, men = (words.number(now.set_index("sex")["gap_years"][sex]) for sex in ("female", "male"))
    assert f"the least and the most deprived region the gap is {women} and {men} years, with no" in " ".join(
        README.split()
    )
    trends = tables.table("trends")
    own = trends[trends["definition"] == "deprivation-regions"]
    assert len(own) >= 2
    assert ((own["pace_lci_95"] < 0) & (own["pace_uci_95"] > 0)).all()
