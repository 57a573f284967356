"""Data and methods: where every figure comes from, what was done with it, and how to take it away."""

from datetime import UTC, datetime

import streamlit as st

from dashboard import glossary, link, shell
from dashboard.data import citation, definitions, downloads, methods, releases, sources

PARTS = {
    "sources": "Sources",
    "definitions": "Definitions of the gap",
    "releases": "Releases compared",
    "downloads": "Tables and downloads",
    "methods": "Methods",
    "glossary": "Glossary",
    "cite": "How to cite",
}

with shell.page(
    "Data and methods",
    "Where does every figure come from, what was done with it, and how can I take it away?",
    terms=tuple(glossary.terms()),  # methods and columns use them all
) as figures:
    part = link.segmented_control(
        "Part", list(PARTS), key="part", default="sources", format_func=lambda id_: PARTS[id_]
    )
    today = datetime.now(tz=UTC).date()
    st.header(PARTS[part], anchor=False)
    if part == "sources":
        sources.show(figures.table("sources"), today=today)
    elif part == "definitions":
        definitions.show(figures.table("gaps"))
    elif part == "releases":
        releases.show(figures)
    elif part == "downloads":
        downloads.show(figures)
    elif part == "methods":
        methods.show()
    elif part == "glossary":
        st.markdown(glossary.as_markdown())
    else:
        citation.show(figures, today=today)
