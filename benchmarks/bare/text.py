"""A bare page with text only: what Streamlit itself takes."""

import streamlit as st

st.title("A page")
st.markdown("One sentence, and nothing else.")
