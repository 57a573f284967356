"""The web server of the dashboard: Streamlit's own, with an honest first page, compression and strict headers."""
