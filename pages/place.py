"""Place: how does one place stand, and what would halving the gap ask of it?"""

import streamlit as st

from charts.kit import words
from dashboard import controls, link, shell
from dashboard.answers import standing
from dashboard.place import choice as place_choice
from dashboard.place import panels as place_panels
from dashboard.shared import shared
from pipeline.answers.place.profile import place_of, profile_of

LAYOUTS = {"screen": "Everything", "page": "One page to print"}

with shell.page(
    "Place",
    "How does one place stand, and what would halving the gap ask of it?",
    terms=(
        *("hle", "le", "interval", "period", "years-not-healthy", "rank-interval", "p-lowest-fifth", "fifth", "floor"),
        *(
            "definition",
            "baseline",
            "target",
            "rule",
            "imd",
            "expected",
            "held",
            "similar",
            "decile",
            "small-area",
            "pocket",
        ),
        *("authority", "combined-authority", "local-action"),
    ),
) as figures:
    with st.container(horizontal=True, vertical_alignment="bottom", key="controls"):
        code = place_choice.choose(figures.table("areas"), width=270)
        sex = controls.sex()
        definition_id = controls.definition(figures.table("gaps"))
        target = controls.target_year(figures.newest("hle"))
    layout = link.segmented_control(
        "Show", list(LAYOUTS), key="layout", default="screen", format_func=lambda name: LAYOUTS[name]
    )
    if not code:
        place_choice.invite()
    else:
        place, colours = shared(place_of, figures.table("areas"), code), shell.palette()
        place_panels.heading(figures, place)
        if place.no_hle_reason:
            place_panels.without_hle(figures, place, palette=colours)
        else:
            baseline = controls.first_period(figures.table("gaps"), definition_id)
            question = controls.question(definition_id=definition_id, baseline_period=baseline, target=target)
            profiles = {
                name: shared(
                    profile_of,
                    figures,
                    place,
                    standing(figures, question, name).answer,
                )
                for name in words.PEOPLE
            }
            if layout == "page":
                place_panels.one_page(profiles, figures, palette=colours)
            else:
                place_panels.table_of_facts(profiles, figures)
                place_panels.charts(profiles[sex], figures, palette=colours)
                place_panels.around(figures, place, palette=colours)
