"""Who can act on the building blocks: tables and sentences of the Levers screen."""

import pandas as pd

from charts.kit import words
from charts.levers.lever_gaps import LEVEL_GAP
from charts.levers.words import LEVELS, blocks, short_department

_HEADINGS = {"national": "Nation", "combined-authority": "Combined authority", "local": "Council"}


def holders_table(levers: pd.DataFrame) -> pd.DataFrame:
    """Who leads on each building block and which levels of government can act on it."""
    ordered = levers.sort_values(["department", "block", "label"])
    levels = ordered["level"].str.split()
    can_act = {heading: ["yes" if level in held else "no" for held in levels] for level, heading in _HEADINGS.items()}
    return pd.DataFrame(
        {
            "Building block": ordered["label"],
            "Leads": ordered["department"].map(short_department),
            **can_act,
            "Term": ordered["horizon"].str.capitalize(),
            "Part of": ordered["block"],
            "Capital": ordered["capital"].str.capitalize(),
        }
    )


def basis_table(levers: pd.DataFrame) -> pd.DataFrame:
    """The law or document on which department and levels rest, with the building blocks it covers."""
    grouped = levers.sort_values("label").groupby("basis", sort=False)["label"].agg(list)
    return pd.DataFrame(
        {"Building blocks": [", ".join(labels) for labels in grouped], "Department and levels rest on": grouped.index}
    )


def level_sentence(rows: pd.DataFrame, level: str) -> str:
    """What a level of government can act on, and where the most deprived fifth is worse off among it."""
    held = rows[rows["level"].str.split().map(lambda levels: level in levels)]
    worse = int((held["gap_sd"] > LEVEL_GAP).sum())
    short = int((held["horizon"] == "short").sum())
    return (
        f"**{words.sentence_start(LEVELS[level])}** can act on {len(held)} of {blocks(len(rows))}; "
        f"the most deprived fifth is worse off on {worse} of them. Of the {len(held)}, {short} can change within about five years."
    )
