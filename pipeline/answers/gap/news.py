"""What there is to tell of the promise: releases, changes of the verdict's words, and when the next figures are expected."""

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from pipeline.answers.gap.sentence import PEOPLE
from pipeline.measures.gap.definitions import DEFAULT_DEFINITION, DEFINITIONS
from pipeline.measures.trend.rolling import mid_point, publication_month
from pipeline.processed import Tables


@dataclass(frozen=True)
class News:
    """One thing to tell."""

    id: str
    """Stays the same from build to build."""
    day: str
    """ISO date."""
    title: str
    text: str


def news(tables: Tables) -> list[News]:
    """Everything there is to tell, the newest first.

    A change of word at an earlier period is what today's methods would have said then; it has the day on which that
    period's figures usually appear.
    """
    found = [*_releases(tables), *_changes(tables)]
    return sorted(found, key=lambda one: (one.day, one.id), reverse=True)


def _releases(tables: Tables) -> Iterator[News]:
    for release in sorted(tables.table("hle")["release"].unique()):
        yield News(
            id=f"release/{release}",
            day=_whole_day(release),
            title=f"Healthy life expectancy, release of {release}",
            text=_verdicts(tables.table("verdicts_by_release"), release, newest=release == tables.release),
        )


def _verdicts(rows: pd.DataFrame, release: str, *, newest: bool) -> str:
    of_release = rows[(rows["release"] == release) & (rows["definition"] == DEFAULT_DEFINITION)]
    own = of_release.set_index("sex").to_dict("index")
    if not own:
        return "Its figures are kept beside those of newer releases."
    lead = "" if newest else "By the methods of today, it would have given this. "
    period = max(row["period"] for row in own.values())
    said = [
        f"{who.capitalize()}: {own[sex]['gap_years']:.1f} years, {own[sex]['course'].lower()}, {own[sex]['direction'].lower()}."
        for sex, who in PEOPLE.items()
    ]
    return " ".join([f"{lead}{DEFINITIONS[DEFAULT_DEFINITION].label}, {period}.", *said])


def _changes(tables: Tables) -> Iterator[News]:
    rows = tables.table("verdict_history")
    before = rows.groupby(["definition", "sex"])[["course", "direction"]].shift()
    latest = rows["period_end"].max()
    for position, row in enumerate(rows.to_dict("records")):
        changed = [word for word in ("course", "direction") if row[f"{word}_changed"]]
        if not changed:
            continue
        moves = " ".join(
            f"{word.capitalize()} changed from {before.iloc[position][word]} to {row[word]}." for word in changed
        )
        yield News(
            id=f"verdict/{row['definition']}/{row['sex']}/{row['period'].replace(' ', '-')}",
            day=_whole_day(tables.release) if row["period_end"] == latest else _usual_day(row),
            title=f"{PEOPLE[row['sex']].capitalize()}, {DEFINITIONS[row['definition']].short_label}: a change of word",
            text=f"With the figures of {row['period']}, by the methods of today. {moves}",
        )


def _usual_day(row: Mapping[Hashable, Any]) -> str:
    return publication_month(float(mid_point(row["period_start"], row["period_end"]))).isoformat()


def _whole_day(release: str) -> str:
    """The first day of the month where only that is known."""
    return release if len(release) == len("2026-02-19") else f"{release}-01"
