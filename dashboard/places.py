"""Beside the map: the chosen place in figures, or, while none is chosen, who is highest and lowest."""

import pandas as pd
import streamlit as st

from charts import words
from charts.map_classes import value_in_words
from charts.map_measures import MapMeasure

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
        return
    known = known.merge(ranks[["area_code", "rank_lci_95", "rank_uci_95"]], on="area_code", how="left")
    if len(known) <= 2 * ENDS_SHOWN:
        _ends(f"All {len(known)}, highest first", known.iloc[::-1], measure)
    else:
        _ends(f"The {ENDS_SHOWN} highest", known.tail(ENDS_SHOWN).iloc[::-1], measure)
        _ends(f"The {ENDS_SHOWN} lowest", known.head(ENDS_SHOWN), measure)
    if known["rank_lci_95"].notna().any():
        last = known.iloc[0]
        st.markdown(
            f"**Ranks are uncertain.** {last['area_name']} comes last, but allowing for sampling its rank may be anything from "
            f"{int(last['rank_lci_95'])} to {int(last['rank_uci_95'])} of {len(known)}."
        )
    elif measure.limits[0]:
        st.markdown("**Ranks are uncertain:** areas whose intervals overlap may stand in another order.")
    st.caption("Click an area on the map, or choose a place above, to see its figures here.")


def _ends(heading: str, rows: pd.DataFrame, measure: MapMeasure) -> None:
    st.markdown(f"##### {heading}")
    table = {
        "Area": rows["area_name"],
        f"{measure.label}, {measure.unit}": [value_in_words(row, measure, unit=False) for _, row in rows.iterrows()],
    }
    if measure.standing:
        table["Standing"] = rows[measure.standing].tolist()
    if rows["rank_lci_95"].notna().any():
        table["Rank, 95% interval"] = [
            f"{int(low)} to {int(high)}" for low, high in zip(rows["rank_lci_95"], rows["rank_uci_95"], strict=True)
        ]
    st.table(pd.DataFrame(table), hide_index=True, alt=f"{heading} by {measure.label}")


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
    if pd.isna(place["hle_years"]):
        st.warning(f"{place['no_hle_reason']}.", icon=":material/info:")
        _deprivation(place)
        return
    st.metric("Healthy life expectancy", words.years(place["hle_years"]), border=True)
    lines = [
        f"95% interval {words.interval(place['hle_lci_95'], place['hle_uci_95'])} years.",
        f"**{words.signed(place['difference_years'])} years** from England: {place['against_england']}.",
    ]
    if since:
        change = words.signed(place["change_years"])
        limits = words.interval(place["change_lci_95"], place["change_uci_95"])
        lines.append(f"**{change} years** since {since}{f' ({limits})' if limits else ''}: {place['changed']}.")
    if pd.notna(place["le_years"]):
        lines.append(f"Life expectancy {words.years(place['le_years'])}.")
    if pd.notna(place["poor_health_years"]):
        lines.append(f"{words.years(place['poor_health_years'])} not in good health.")
    elif pd.notna(place["le_years"]):
        lines.append(f"Years not in good health: {place['no_poor_health_reason']}.")
    rank = ranks[ranks["area_code"] == place["area_code"]]
    if len(rank):
        lines.append(_standing(rank.iloc[0]))
    st.markdown("\n".join(f"- {line}" for line in lines))
    _deprivation(place)


def _standing(rank: pd.Series) -> str:
    return (
        f"Rank between {rank['rank_lci_95']} and {rank['rank_uci_95']} (1 is the highest), and "
        f"{words.chance(rank['p_lowest_fifth'])} of being among the lowest fifth of authorities."
    )


def _deprivation(place: pd.Series) -> None:
    st.markdown(f"- Deprivation (IMD 2025): score {words.number(place['imd_score'])}; high is more deprived.")
