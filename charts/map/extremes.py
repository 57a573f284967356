"""Which areas of a map are highest and lowest, in tables, and how firmly they hold their ranks."""

from dataclasses import dataclass

import pandas as pd

from charts.map.classes import value_in_words
from charts.map.measures import MapMeasure

ENDS_SHOWN = 5
_ASK = ":small[Choose an area on the map, or a place above, to see its figures here.]"


@dataclass(frozen=True)
class Extremes:
    """Who is highest and lowest; without any figure, no table and one note that says why."""

    tables: tuple[tuple[str, pd.DataFrame], ...]
    """Heading and rows of each."""
    notes: tuple[str, ...]
    """What is said beneath them, in Markdown."""


def extremes(rows: pd.DataFrame, measure: MapMeasure, *, ranks: pd.DataFrame) -> Extremes:
    """The worst and the best areas with their intervals, the worst first, and how firmly they hold their rank.

    `rows`: the areas of the map; `ranks`: rank intervals of the same areas, empty where there are none.
    """
    known = rows[rows[measure.column].notna()].sort_values(measure.column)
    if known.empty:
        return Extremes((), (f"No area has a figure here: {rows[measure.reason].iloc[0]}.",))
    if measure.kind == "two-way":
        return _off_the_pattern(known, measure)
    known = known.merge(ranks[["area_code", "rank_lci_95", "rank_uci_95"]], on="area_code", how="left")
    lowest, highest = known.head(ENDS_SHOWN), known.tail(ENDS_SHOWN).iloc[::-1]
    if len(known) <= 2 * ENDS_SHOWN:
        parts = {f"All {len(known)}, lowest first": known}
    elif measure.low_is_worst:
        parts = {"The five lowest": lowest, "The five highest": highest}
    elif known[measure.column].round(1).iloc[ENDS_SHOWN] > known[measure.column].round(1).iloc[0]:
        parts = {"The five highest": highest, "The five lowest": lowest}
    else:  # more than five share the lowest figure
        parts = {"The five highest": highest}
    tables = tuple((heading, _ends(part, measure)) for heading, part in parts.items())
    return Extremes(tables, (*_how_firm(known, measure), _ASK))


def _how_firm(known: pd.DataFrame, measure: MapMeasure) -> list[str]:
    if known["rank_lci_95"].notna().any():
        last, end = (known.iloc[0], "lowest") if measure.low_is_worst else (known.iloc[-1], "highest")
        first_rank, last_rank = int(last["rank_lci_95"]), int(last["rank_uci_95"])
        if first_rank == last_rank:
            return [
                f"{last['area_name']} is {end}, and the 95% interval of its rank holds no other: {first_rank} of {len(known)}."
            ]
        return [
            f"**Ranks are uncertain.** {last['area_name']} is {end}, but its rank could be anything from {first_rank} to {last_rank} "
            f"of {len(known)} (95% interval)."
        ]
    if not measure.limits[0]:
        return []
    if known[measure.limits[0]].notna().all():
        return ["**Ranks are uncertain:** areas whose intervals overlap could be in another order."]
    return ["**Ranks are uncertain:** these figures have a margin of error that we do not have for every area."]


def _off_the_pattern(known: pd.DataFrame, measure: MapMeasure) -> Extremes:
    parts = {
        heading: known[(known["hle_third"] == third) & (known["imd_third"] == third)].assign(rank_lci_95=None)
        for heading, third in (
            ("Much deprivation, yet many healthy years", "highest"),
            ("Little deprivation, yet few healthy years", "lowest"),
        )
    }
    return Extremes(
        tuple((heading, _ends(part, measure)) for heading, part in parts.items()),
        (":small[Thirds ignore the intervals: some of these are here by chance. Choose an area for its figures.]",),
    )


def _ends(rows: pd.DataFrame, measure: MapMeasure) -> pd.DataFrame:
    heading = "Healthy life expectancy" if measure.kind == "two-way" else measure.label
    values = [value_in_words(row, measure, unit=False) for _, row in rows.iterrows()]
    table = {"Area": rows["area_name"], f"{heading}, {measure.unit}": values}
    if measure.standing:
        table["Standing"] = rows[measure.standing].tolist()
    if rows["rank_lci_95"].notna().any():
        table["Rank, 95% interval"] = [
            _from_to(int(low), int(high)) for low, high in zip(rows["rank_lci_95"], rows["rank_uci_95"], strict=True)
        ]
    return pd.DataFrame(table)


def _from_to(low: int, high: int) -> str:
    return f"{low} to {high}" if low < high else str(low)
