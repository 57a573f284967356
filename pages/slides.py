"""Slides: charts for a meeting, to present from here or to take away."""

import streamlit as st

from dashboard import shell, view
from dashboard.slides import deck, presentation
from dashboard.slides import screen as slides_page

if presentation.asked_for(st.query_params):
    presentation.show()
else:
    with shell.page("Slides", "Which charts do you need for your meeting?") as figures:
        items, misread = deck.read(st.query_params.get("deck", deck.DEFAULT))
        view.current().misread.extend(misread)
        number = presentation.number_in(st.query_params, len(items))
        settings = slides_page.settings(figures)
        left, right = st.columns([2, 3], gap="large")
        with left, st.container(horizontal=True, vertical_alignment="center"):
            slides_page.add_a_slide(items)
            if items:
                slides_page.present_link(items, settings, number)
        if items:
            shots = [one.shot(settings) for one in items]
            with left:
                slides_page.outline(items, number)
            with right:
                medium = slides_page.shape()
                chart = slides_page.chosen(shots[number - 1], figures)
                if chart:
                    slides_page.preview(chart, medium)
                with st.container(horizontal=True, gap="small"):
                    slides_page.downloads(figures, shots, chart, medium)
        else:
            left.info("The deck is empty. Add a slide to begin.")
        slides_page.note_for_links(items, number)
