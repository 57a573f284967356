"""A bare page: one control, and as many small charts as its address asks for (`/?charts=4&control=list`)."""

import plotly.graph_objects as go
import streamlit as st

PERIODS = list(range(2011, 2023))
STEPS = [1, 2, 3]

st.title("A page")
if st.query_params.get("control") == "list":
    step = st.selectbox("Step", STEPS)
else:
    step = st.segmented_control("Step", STEPS, default=1, required=True)
for number in range(int(st.query_params.get("charts", 1))):
    heights = [(step or 1) * (period - 2000) + number for period in PERIODS]
    st.plotly_chart(go.Figure(go.Scatter(x=PERIODS, y=heights)), key=f"chart-{number}")
