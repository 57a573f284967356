"""The chosen place beside the map: its figures in words."""

import pandas as pd
import streamlit as st

from charts import words


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
