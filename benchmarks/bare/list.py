"""The bare page with a list in place of buttons: opening and closing a list takes time of its own."""

import plotly.graph_objects as go
import streamlit as st

PERIODS = list(range(2011, 2023))

st.title("A page")
step = st.selectbox("Step", [1, 2, 3])
st.plotly_chart(go.Figure(go.Scatter(x=PERIODS, y=[step * (period - 2000) for period in PERIODS])))
