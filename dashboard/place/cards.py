"""Beside the map: the chosen place in figures, or, while none is chosen, who is highest and lowest."""

from dataclasses import dataclass

import pandas as pd
import streamlit as st

from charts.kit import words
from charts.map.classes import value_in_words
from charts.map.measures import MapMeasure
from dashboard import tables
from dashboard.levers.local_action import local_action_at
from dashboard.shared import shared

ENDS_SHOWN = 5


@dataclass(frozen=True)
class _Extremes:
    """Who is highest and lowest: tables under their headings, and what stands beneath them."""

    tables: tuple[tuple[str, pd.DataFrame], ...]
    notes: tuple[str, ...]


def extremes(rows: pd.DataFrame, measure: MapMeasure, *, ranks: pd.DataFrame) -> None:
    """Show the highest and lowest areas with their intervals, and how firmly they hold their rank.

    Args:
        rows: the areas of the map.
        measure: what the map shows.
        ranks: rows of table `places` for the same sex and period; empty where there are none.
    """
    found = shared(_extremes, rows, measure, ranks)
    for heading, table in found.tables:
        st.markdown(f"##### {heading}" if len(table) else f"##### {heading}\n\nNone.")
        if len(table):
            tables.show(table, label=f"{heading} by {measure.label}")
    if not found.tables:
        st.info(found.notes[0], icon=":material/info:")
        return
    for note in found.notes:
        st.markdown(note)


def _extremes(rows: pd.DataFrame, measure: MapMeasure, ranks: pd.DataFrame) -> _Extremes:
    known = rows[rows[measure.column].notna()].sort_values(measure.column)
    if known.empty:
        return _Extremes((), (f"No area has a figure here: {rows[measure.reason].iloc[0]}.",))
    if measure.kind == "two-way":
        return _off_the_pattern(known, measure)
    known = known.merge(ranks[["area_code", "rank_lci_95", "rank_uci_95"]], on="area_code", how="left")
    if len(known) <= 2 * ENDS_SHOWN:
        parts = {f"All {len(known)}, highest first": known.iloc[::-1]}
    else:
        parts = {
            "The five highest": known.tail(ENDS_SHOWN).iloc[::-1],
            "The five lowest": known.head(ENDS_SHOWN),
        }
    return _Extremes(
        tuple((heading, _ends(part, measure)) for heading, part in parts.items()),
        (
            *_how_firm(known, measure),
            ":small[Click an area on the map, or choose a place above, to see its figures here.]",
        ),
    )


def _how_firm(known: pd.DataFrame, measure: MapMeasure) -> list[str]:
    if known["rank_lci_95"].notna().any():
        last = known.iloc[0]
        return [
            f"**Ranks are uncertain.** {last['area_name']} comes last, but allowing for sampling its rank may be anything from "
            f"{int(last['rank_lci_95'])} to {int(last['rank_uci_95'])} of {len(known)}."
        ]
    if not measure.limits[0]:
        return []
    if known[measure.limits[0]].notna().all():
        return ["**Ranks are uncertain:** areas whose intervals overlap may stand in another order."]
    return ["**Ranks are uncertain:** these figures have a margin of error that is not held for every area."]


def _heading(measure: MapMeasure) -> str:
    return {"two-way": "Healthy life expectancy"}.get(measure.kind, measure.label)


def _off_the_pattern(known: pd.DataFrame, measure: MapMeasure) -> _Extremes:
    parts = {
        heading: known[(known["hle_third"] == third) & (known["imd_third"] == third)].assign(rank_lci_95=None)
        for heading, third in (
            ("Much deprivation, yet many healthy years", "highest"),
            ("Little deprivation, yet few healthy years", "lowest"),
        )
    }
    return _Extremes(
        tuple((heading, _ends(part, measure)) for heading, part in parts.items()),
        (":small[Thirds ignore the intervals: some of these are there by chance. Click an area for its figures.]",),
    )


def _ends(rows: pd.DataFrame, measure: MapMeasure) -> pd.DataFrame:
    table = {
        "Area": rows["area_name"],
        f"{_heading(measure)}, {measure.unit}": [
            value_in_words(row, measure, unit=False) for _, row in rows.iterrows()
        ],
    }
    if measure.standing:
        table["Standing"] = rows[measure.standing].tolist()
    if rows["rank_lci_95"].notna().any():
        table["Rank, 95% interval"] = [
            f"{int(low)} to {int(high)}" for low, high in zip(rows["rank_lci_95"], rows["rank_uci_95"], strict=True)
        ]
    return pd.DataFrame(table)


def card(rows: pd.DataFrame, area_code: str, *, ranks: pd.DataFrame, since: str) -> None:
    """Show the figures of one place.

    Args:
        rows: areas of its level, as `pipeline.answers.map.rows` gives them.
        area_code: its code.
        ranks: rows of table `places` for the same sex and period; empty where there are none.
        since: label of the earlier period of a change; "" for none.
    """
    place = rows[rows["area_code"] == area_code].iloc[0]
    st.markdown(f"#### {place['area_name']}")
    deprivation = f"Deprivation (IMD 2025): score {words.number(place['imd_score'])}; high is more deprived."
    if pd.isna(place["hle_years"]):
        st.warning(f"{place['no_hle_reason']}.", icon=":material/info:")
        _listed([deprivation])
    else:
        st.metric("Healthy life expectancy", words.years(place["hle_years"]), border=True)
        rank = ranks[ranks["area_code"] == area_code]
        _listed([*_facts(place, since=since), *(_standing(one) for _, one in rank.iterrows()), deprivation])
    st.page_link(
        "pages/place.py",
        label=f"More about {words.place(place['area_name'])}",
        icon=":material/location_on:",
        query_params={"place": area_code},
    )
    _local_action(area_code)


def _facts(place: pd.Series, *, since: str) -> list[str]:
    facts = [
        f"95% interval {words.interval(place['hle_lci_95'], place['hle_uci_95'])} years.",
        f"**{words.signed(place['difference_years'])} years** from England: {place['against_england']}.",
    ]
    if since:
        limits = words.interval(place["change_lci_95"], place["change_uci_95"])
        change = f"**{words.signed(place['change_years'])} years** since {since}"
        facts.append(f"{change}{f' ({limits})' if limits else ''}: {place['changed']}.")
    if pd.notna(place["le_years"]):
        facts.append(f"Life expectancy {words.years(place['le_years'])}.")
    if pd.notna(place["poor_health_years"]):
        facts.append(f"{words.years(place['poor_health_years'])} not in good health.")
    else:
        facts.append(f"Years not in good health cannot be given: {place['no_poor_health_reason']}.")
    return facts


def _standing(rank: pd.Series) -> str:
    return (
        f"Rank between {rank['rank_lci_95']} and {rank['rank_uci_95']} (1 is the highest), and "
        f"{words.chance(rank['p_lowest_fifth'])} of being among the lowest fifth of authorities."
    )


def _listed(lines: list[str]) -> None:
    st.markdown("\n".join(f"- {line}" for line in lines))


def _local_action(area_code: str) -> None:
    here = [one for one in local_action_at(area_code) if not one.nationwide]
    if here:
        st.markdown("##### Local action on record")
    for one in here:
        st.page_link("pages/levers.py", label=one.label, icon=":material/handshake:", query_params=one.query)
