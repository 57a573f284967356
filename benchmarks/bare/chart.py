"""A bare page with one control and one small chart: the least that an interactive page can be."""

import plotly.graph_objects as go
import streamlit as st

PERIODS = list(range(2011, 2023))

st.title("A page")
step = st.segmented_control("Step", [1, 2, 3], default=1, required=True)
st.plotly_chart(go.Figure(go.Scatter(x=PERIODS, y=[(step or 1) * (period - 2000) for period in PERIODS])))
