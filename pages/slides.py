"""Slides: charts for a meeting, to present from here or to take away."""

import streamlit as st

from dashboard import screen, shell
from dashboard.slides import deck, editor, presentation

if presentation.asked_for(st.query_params):
    presentation.show()
else:
    with shell.page("Slides", "Which charts do you need for your meeting?") as figures:
        items, misread = deck.read(st.query_params.get("deck", deck.DEFAULT))
        screen.current().misread.extend(misread)
        number, no_slide = presentation.number_in(st.query_params, len(items))
        screen.current().misread.extend(no_slide)
        settings = editor.settings(figures)
        left, right = st.columns([2, 3], gap="large")
        with left, st.container(horizontal=True, vertical_alignment="center"):
            editor.add_a_slide(items)
            if items:
                editor.present_link(items, settings, number)
        if items:
            shots = [one.shot(settings) for one in items]
            with left:
                editor.outline(items, number)
            with right:
                medium = editor.shape()
                chart = editor.chosen(shots[number - 1], figures)
                if chart:
                    editor.preview(chart, medium)
                with st.container(horizontal=True, gap="small"):
                    editor.downloads(figures, shots, chart, medium)
        else:
            left.info("The deck is empty. Add a slide to begin.")
        editor.note_for_links(items, number)
