"""Sentences and the table of summary measures on the Deprivation screen."""

import pandas as pd

from charts.kit import words
from pipeline.answers.deprivation import OutsideMostDeprived
from pipeline.measures.inequality.summary import SUMMARY_MEASURES

_ORDERS = {"none": ", highest and lowest", "deprivation": ", by deprivation", "income": ", by income"}


def spread_sentence(row: pd.Series) -> str:
    """How far authorities lie apart, and how much of it is left without noise (a row of table `spread`)."""
    return (
        f"For {words.people(str(row['sex']))} in {row['period']}, authorities lie {words.years(row['raw_range_years'])} apart from "
        f"lowest to highest as published, and about {words.years(row['adjusted_range_years'], 0)} once noise is taken out."
    )


def pockets_sentence(outside: OutsideMostDeprived) -> str:
    """How many people a policy aimed at the most deprived authorities would miss."""
    return (
        f"**{outside.share:.0%}** of the people who live in England's most deprived tenth of small areas "
        f"(**{outside.people / 1e6:.1f} million**) live outside the most deprived fifth of authorities."
    )


def summary_table(rows: pd.DataFrame) -> pd.DataFrame:
    """First and latest period of every summary measure side by side (rows of table `inequality` of one sex)."""
    first, last = (
        rows[rows["period_start"] == year] for year in (rows["period_start"].min(), rows["period_start"].max())
    )
    both = first.merge(last, on=["measure", "order", "unit"], suffixes=("_first", "_last"), validate="one_to_one")
    ordered = set(both.loc[both["order"] != "none", "measure"])
    rank = {measure: position for position, measure in enumerate(SUMMARY_MEASURES)}
    both = both.sort_values(["measure", "order"], key=lambda column: column.map(rank).fillna(-1), kind="stable")
    return pd.DataFrame(
        {
            "Measure": [
                f"{SUMMARY_MEASURES[measure].label}{_ORDERS[order] if measure in ordered else ''}"
                for measure, order in zip(both["measure"], both["order"], strict=True)
            ],
            "Unit": both["unit"],
            str(first["period"].iloc[0]): _with_limits(both, "first"),
            str(last["period"].iloc[0]): _with_limits(both, "last"),
        }
    )


def _with_limits(both: pd.DataFrame, when: str) -> list[str]:
    columns = [f"{name}_{when}" for name in ("estimate", "lci_95", "uci_95")]
    return [
        words.with_limits(value, lower, upper, 3 if unit in {"ratio", "share"} else 2)
        for value, lower, upper, unit in both[[*columns, "unit"]].to_numpy()
    ]
