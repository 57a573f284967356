"""Writes the paragraph of the README that states the newest figures: `make readme`."""

import textwrap
from pathlib import Path

import pandas as pd

from charts.kit import words
from pipeline import store
from pipeline.answers.gap.sentence import running_end
from pipeline.processed import Tables

README = store.ROOT / "README.md"
BEGIN, END = "<!-- written by make readme -->", "<!-- end of what make readme writes -->"
SEXES = ("female", "male")
WIDTH = 120


def paragraph(tables: Tables) -> str:
    """Say what the newest figures say of the gap by income and, beside it, by deprivation."""
    women, men = (newest(tables, "income-regions", sex) for sex in SEXES)
    sentences = (
        f"**To be halved by {women['target_period'][-4:]}: {shared(women['course'], men['course'])}. Since "
        f"{women['baseline_period']}: {shared(women['direction'], men['direction'])}.**",
        f"In {women['period']} {expectation('women', women)}; {expectation('men', men)}.",
        f"In {women['baseline_period']} the gap was {words.number(women['baseline_gap'])} years for women and "
        f"{words.number(men['baseline_gap'])} for men.",
        f"To halve it by {women['target_period'][-4:]}, it must narrow by {words.number(-women['required_pace'], 2)} "
        f"years every year for women and {words.number(-men['required_pace'], 2)} for men.",
        f"Between the least and the most deprived region it is {by_deprivation(tables)} years.",
        f"(Office for National Statistics, released {words.day(tables.release)}. The first period, the target year "
        "and what richest and poorest mean are settings.)",
    )
    return textwrap.fill(" ".join(sentences), WIDTH)


def newest(tables: Tables, definition: str, sex: str) -> pd.Series:
    """The newest gap of a definition and sex with its verdict and the gap of the baseline."""
    gaps = tables.table("gaps").query("definition == @definition and sex == @sex").set_index("period")
    verdict = tables.table("verdicts").query("definition == @definition and sex == @sex").iloc[0]
    period = gaps.index.max()
    found: pd.Series = pd.concat(
        [
            gaps.loc[period],
            verdict.drop(["gap_years", "release"]),
            pd.Series({"period": period, "baseline_gap": gaps.loc[verdict["baseline_period"], "gap_years"]}),
        ]
    )
    return found


def shared(women: str, men: str) -> str:
    """A word for women and a word for men, or the one that both share."""
    if women == men:
        return f"{women.lower()} for women and men alike"
    return f"{women.lower()} for women, {men.lower()} for men"


def expectation(people: str, gap: pd.Series) -> str:
    """What people of one sex could expect at the better-off end, compared with the other."""
    years = words.with_interval(gap["gap_years"], gap["gap_lci_95"], gap["gap_uci_95"])
    value, _, limits = years.partition(" ")
    better, worse = running_end(gap["better_off"]), running_end(gap["worse_off"])
    return f"{people} in {better} could expect {value} more years in good health than {people} in {worse} {limits}"


def by_deprivation(tables: Tables) -> str:
    """The newest gap between the regions at the ends of deprivation, women then men."""
    women, men = (words.number(newest(tables, "deprivation-regions", sex)["gap_years"]) for sex in SEXES)
    return f"{women} (women) and {men} (men)"


def renewed(readme: str, tables: Tables) -> str:
    """The README with the paragraph of these tables between its two marks."""
    before, _, rest = readme.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n\n{paragraph(tables)}\n\n{END}{after}"


def main(path: Path = README) -> None:
    """Write the paragraph into the README."""
    store.write_text(renewed(path.read_text(encoding="utf-8"), Tables.open_whole()), path)


if __name__ == "__main__":
    main()
