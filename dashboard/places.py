"""Beside the map: the chosen place in figures, or, while none is chosen, who is highest and lowest."""

import pandas as pd
import streamlit as st

from charts import words
from charts.map_classes import value_in_words
from charts.map_measures import MapMeasure
from dashboard import tables
from dashboard.local_action import local_action_at

ENDS_SHOWN = 5


def extremes(rows: pd.DataFrame, measure: MapMeasure, *, ranks: pd.DataFrame) -> None:
    """Show the highest and lowest areas with their intervals, and how firmly they hold their rank.

    Args:
        rows: the areas of the map.
        measure: what the map shows.
        ranks: rows of table `places` for the same sex and period; empty where there are none.
    """
    known = rows[rows[measure.column].notna()].sort_values(measure.column)
    if known.empty:
        st.info(f"No area has a figure here: {rows[measure.reason].iloc[0]}.", icon=":material/info:")
        return
    if measure.kind == "two-way":
        _off_the_pattern(known, measure)
        return
    known = known.merge(ranks[["area_code", "rank_lci_95", "rank_uci_95"]], on="area_code", how="left")
    if len(known) <= 2 * ENDS_SHOWN:
        _ends(f"All {len(known)}, highest first", known.iloc[::-1], measure)
    else:
        _ends("The five highest", known.tail(ENDS_SHOWN).iloc[::-1], measure)
        _ends("The five lowest", known.head(ENDS_SHOWN), measure)
    if known["rank_lci_95"].notna().any():
        last = known.iloc[0]
        st.markdown(
            f"**Ranks are uncertain.** {last['area_name']} comes last, but allowing for sampling its rank may be anything from "
            f"{int(last['rank_lci_95'])} to {int(last['rank_uci_95'])} of {len(known)}."
        )
    elif measure.limits[0] and known[measure.limits[0]].notna().all():
        st.markdown("**Ranks are uncertain:** areas whose intervals overlap may stand in another order.")
    elif measure.limits[0]:
        st.markdown("**Ranks are uncertain:** these figures have a margin of error that is not held for every area.")
    st.markdown(":small[Click an area on the map, or choose a place above, to see its figures here.]")


def _heading(measure: MapMeasure) -> str:
    return {"two-way": "Healthy life expectancy"}.get(measure.kind, measure.label)


def _off_the_pattern(known: pd.DataFrame, measure: MapMeasure) -> None:
    for heading, hle_third, imd_third in (
        ("Much deprivation, yet many healthy years", "highest", "highest"),
        ("Little deprivation, yet few healthy years", "lowest", "lowest"),
    ):
        found = known[(known["hle_third"] == hle_third) & (known["imd_third"] == imd_third)]
        if found.empty:
            st.markdown(f"##### {heading}\n\nNone.")
        else:
            _ends(heading, found.assign(rank_lci_95=None), measure)
    st.markdown(
        ":small[Thirds ignore the intervals: some of these are there by chance. Click an area for its figures.]"
    )


def _ends(heading: str, rows: pd.DataFrame, measure: MapMeasure) -> None:
    st.markdown(f"##### {heading}")
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
    tables.show(pd.DataFrame(table), label=f"{heading} by {measure.label}")


def card(rows: pd.DataFrame, area_code: str, *, ranks: pd.DataFrame, since: str) -> None:
    """Show the figures of one place.

    Args:
        rows: areas of its level, as `pipeline.map_rows` gives them.
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
