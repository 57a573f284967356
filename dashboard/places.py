"""Places as the map shows them: each area's figure beside England's."""

import numpy as np
import pandas as pd
import streamlit as st

from charts import words
from pipeline.measures.difference import interval_from_standard_error, standard_error_from_interval


def against_england(hle: pd.DataFrame, areas: pd.DataFrame, *, area_type: str, sex: str, period: str) -> pd.DataFrame:
    """Return every area of a level with its HLE and its difference from England.

    The interval of the difference takes the area's sampling error alone: England's is small, and an area is part of it.

    Returns:
        One row per area: columns of `areas`, hle_years with limits, difference_years with limits, against_england in
        words. Areas without a published figure are kept, with empty figures.
    """
    rows = hle[(hle["sex"] == sex) & (hle["period"] == period)]
    england = float(rows.loc[rows["area_type"] == "country", "hle_years"].iloc[0])
    figures = rows[["area_code", "hle_years", "hle_lci_95", "hle_uci_95"]]
    table = areas[areas["area_type"] == area_type].merge(figures, on="area_code", how="left", validate="one_to_one")
    difference = table["hle_years"] - england
    lower, upper = interval_from_standard_error(
        difference, standard_error_from_interval(table["hle_lci_95"], table["hle_uci_95"])
    )
    return table.assign(
        difference_years=difference,
        difference_lci_95=lower,
        difference_uci_95=upper,
        against_england=np.select(
            [difference.isna(), lower > 0, upper < 0],
            ["no figure", "higher than England", "lower than England"],
            default="not clearly different",
        ),
    )


def card(rows: pd.DataFrame, selected: str) -> None:
    """Show the chosen place's figures, or how to choose one."""
    chosen = rows[rows["area_code"] == selected]
    if chosen.empty:
        st.info("Click an area on the map, or choose it from the list, to see its figures here.")
        return
    place = chosen.iloc[0]
    st.subheader(place["area_name"], anchor=False)
    if pd.isna(place["hle_years"]):
        st.warning(f"No figure: {place['no_hle_reason']}.")
        return
    st.metric("Healthy life expectancy", words.years(place["hle_years"]), border=True)
    st.markdown(
        f"95% interval {words.interval(place['hle_lci_95'], place['hle_uci_95'])} years. "
        f"**{words.signed(place['difference_years'])} years** from England ({place['against_england']})."
    )
