"""The panels of the Place screen: sentence, two charts, table of facts, tabs, and the one page to print."""

import html
from functools import partial
from pathlib import Path

import pandas as pd
import streamlit as st

from charts.catalogue.deprivation import SMALL_AREAS
from charts.catalogue.entry import PLACE, Answer
from charts.catalogue.places_asked import estimate_line
from charts.catalogue.view import View
from charts.kit import words
from dashboard import controls, kept, link, panel, shell, tables, tabs
from dashboard.levers.local_action import show_local_action
from dashboard.place import chosen_places
from dashboard.place.facts import BESIDE, FACTS, RANKS, SUMMARY
from dashboard.place.search import district_typed
from dashboard.saving import download
from pipeline.answers.deprivation import mean_score, rows_of
from pipeline.answers.place.profile import Place, long_table, place_of
from pipeline.areas import GROUP
from pipeline.geography.boundary_changes import announced, changes
from pipeline.geography.groups import NAMED_GROUPS, NamedGroup
from pipeline.processed import Tables

SMALL_AREAS_SHOWN = 25
"""How many small areas the screen lists; the file has all."""
LAYOUTS = {"screen": "Everything", "page": "One page to print"}
_KINDS = {
    "region": "Region",
    "combined-authority": "Combined authority",
    "utla": "Local authority",
    GROUP: "Group of authorities",
}
_STYLE = Path(__file__).with_name("place.css")


def _place(figures: Tables, view: View) -> Place:
    return place_of(figures, view.place)


def _figures_of(figures: Tables, view: View) -> bytes:
    place = _place(figures, view)
    rows = long_table(
        place,
        hle=figures.newest("hle"),
        life_expectancy=figures.table("life_expectancy"),
        places=figures.table("places"),
        residuals=figures.table("residuals"),
    )
    own = rows["area_code"] == place.code
    return rows.assign(estimated=own & place.estimated).to_csv(index=False).encode("utf-8-sig")


def _residents(tables: Tables, view: View) -> pd.Series:
    return rows_of(tables.table("population"), area_code=view.place, sex="persons").iloc[0]


def _made_of(tables: Tables, view: View) -> str:
    """What a group of authorities is: our estimate or not, its authorities, and the law that named it."""
    areas = tables.table("areas")
    place = place_of(tables, view.place)
    names = areas.set_index("area_code")["area_name"]
    listed = words.listed([str(names[code]) for code in place.authorities])
    named = NAMED_GROUPS.get(place.code)
    law = f" A strategic authority since {_since(named)}: {named.basis}." if named else ""
    what = (
        estimate_line(areas, place.code)
        if place.estimated
        else "These authorities are exactly a published area, so its published figures are shown."
    )
    scores = [words.number(mean_score(tables.table("deprivation"), codes)) for codes in (place.authorities, None)]
    deprived = f" Average score on the Index of Multiple Deprivation 2025: {scores[0]}, England {scores[1]}."
    return f"{what} It holds {listed}.{law}{deprived}"


def _since(named: NamedGroup) -> str:
    return f"{words.day(named.in_effect)}{'' if named.date_read_at else ' (date not confirmed)'}"


_RESIDENTS = Answer(id="residents-of-place", needs=PLACE, ask=_residents)
_MADE_OF = Answer(id="made-of", needs=PLACE, ask=_made_of)
_PLACE = Answer(id="place", needs=PLACE, ask=_place)
_FIGURES = Answer(id="figures-of-place", needs=PLACE, ask=_figures_of)


def show(figures: Tables, view: View) -> None:
    """Show a place, as a screen or as the one page to print; little of one without healthy life expectancy."""
    st.html(_STYLE)
    place = kept.answer(_PLACE, figures, view)
    shell.heading(place.name)
    with st.container(key="place-head"):
        _said_first(figures, view, place)
    if place.no_hle_reason:
        _about(figures, view, place)
        panel.show("pockets", view)
        return
    charts = st.container()
    facts = st.container(key="facts")
    view, page = _settings(figures, view)
    with charts:
        _first_charts(view, page=page)
    with facts:
        _beside(figures, view)
    if page:
        st.html("<style>.stMainBlockContainer {max-width: 1100px;}</style>")
        with st.container(key="one-page"):
            panel.show("pockets", view)
    else:
        _tabs(figures, view, place)
    _about(figures, view, place)


def _said_first(figures: Tables, view: View, place: Place) -> None:
    """Show the sentence that sums a place up, and the district that led to it."""
    district = district_typed(place.code)
    if district:
        st.info(f"**{district}** lies in {place.name}. Figures are published for {place.name} as a whole.")
    if place.no_hle_reason:
        reason = place.no_hle_reason.removeprefix(f"{place.name}: ")
        st.info(
            f"**No healthy life expectancy is published for {place.name}.** {words.sentence_start(reason)}. "
            "It counts in the figures of its region and of England.",
            icon=":material/info:",
        )
    else:
        st.html(f'<p class="place-summary">{html.escape(kept.answer(SUMMARY, figures, view))}</p>')
    if place.area_type == GROUP:
        st.html(f'<p class="place-about">{html.escape(kept.answer(_MADE_OF, figures, view))}</p>')


def _first_charts(view: View, *, page: bool) -> None:
    if page:
        panel.pair("place-hle", view.with_settings(layout="page"))
    else:
        panel.row("place-hle", "place-peers", view=view)


def _beside(figures: Tables, view: View) -> None:
    """Show the place beside its region, England, similar places and what halving needs, women and men."""
    table, settings = kept.answer(BESIDE, figures, view)
    name = table["Healthy life expectancy, years"].iloc[0]
    label, foot = (
        f"{name} beside other places, women and men, with 95% intervals",
        f"Brackets: 95% intervals. {settings}",
    )
    tables.show(table, label=label, foot=foot)


def _settings(figures: Tables, view: View) -> tuple[View, bool]:
    """The view with the settings of what halving needs, and whether the page to print is asked for."""
    with st.popover("Settings", icon=":material/tune:"):
        chosen = view.with_settings(
            definition=controls.definition(figures.table("gaps")), target=controls.target_year(figures)
        )
        layout = link.segmented_control(
            "Show", list(LAYOUTS), key="layout", default="screen", format_func=LAYOUTS.__getitem__
        )
    return chosen, layout == "page"


def _tabs(figures: Tables, view: View, place: Place) -> None:
    """Show the rest by theme, each part made when it is opened."""
    authority = place.area_type == "utla"
    parts = {
        "trends": ("Over time", partial(_over_time, view, authority=authority)),
        "authorities": ("Its authorities", partial(chosen_places.authorities, view)),
        "peers": ("Similar places and rank", partial(_similar, figures, view)),
        "compare": ("Compare", partial(chosen_places.compared, figures, view)),
        "pair": ("Gap with another place", partial(chosen_places.pair, figures, view)),
        "inside": ("Inside this place", partial(_inside, figures, view)),
        "nations": ("Four nations", partial(panel.show, "place-nations", view)),
        "halving": ("What halving needs", partial(_halving, figures, view)),
        "levers": ("Levers", partial(_levers, view, authority=authority)),
        "action": (
            "Download" if place.area_type == GROUP else "Local action",
            partial(_local_action, figures, view, place),
        ),
    }
    left_out = {"authorities"} if authority else {"peers"} if place.area_type == GROUP else {"peers", "levers"}
    tabs.show({name: part for name, part in parts.items() if name not in left_out})


def _over_time(view: View, *, authority: bool) -> None:
    panel.row("place-le", *(("place-residuals",) if authority else ()), view=view)


def _similar(figures: Tables, view: View) -> None:
    st.markdown(kept.answer(RANKS, figures, view))
    panel.show("place-ranks", view)


def _inside(figures: Tables, view: View) -> None:
    """Show how deprivation varies inside the place: by tenth, then its most deprived small areas, all to download."""
    panel.show("pockets", view)
    found = kept.answer(SMALL_AREAS, figures, view)
    first = found.table.head(SMALL_AREAS_SHOWN)
    st.subheader("Small areas one by one", anchor=False)
    st.markdown(f"{found.title}. The {words.number_of(len(first), 'most deprived one', 'most deprived')}:")
    tables.show(first, label=f"The most deprived small areas: {found.title}")
    content = found.table.to_csv(index=False).encode("utf-8-sig")
    download.button(
        f"Download all {len(found.table):,} as CSV",
        content,
        f"small-areas-{view.place.replace(' ', '-')}-{figures.build}.csv",
    )


def _halving(figures: Tables, view: View) -> None:
    table, _ = kept.answer(FACTS, figures, view)
    panel.show("place-standing", view)
    tables.show(table, label=f"Figures of {table.columns[0]} for women and men, with 95% intervals")


def _levers(view: View, *, authority: bool) -> None:
    panel.row("lever-weakest", *(("place-early-signs",) if authority else ()), view=view)


def _local_action(figures: Tables, view: View, place: Place) -> None:
    """Show what has been done in the place, and its figures to download."""
    left, right = st.columns(2, gap="large")
    if place.area_type != GROUP:
        with left:
            st.subheader("Local action in this area", anchor=False)
            show_local_action(figures, place.code)
    with right if place.area_type != GROUP else left:
        st.subheader("Download this area's figures", anchor=False)
        st.markdown("Every figure of the place, its region and England, all periods, in one table.")
        name = place.name.lower().replace(",", "").replace(" ", "-")
        download.button("Download as CSV", kept.answer(_FIGURES, figures, view), f"{name}-{figures.build}.csv")


def _about(figures: Tables, view: View, place: Place) -> None:
    """Show what the place is and lies in, its residents, its code, and boundary changes that touch it."""
    residents = kept.answer(_RESIDENTS, figures, view)
    lies_in = f" in {words.place(place.within[0][1])}" if len(place.within) > 1 else ""
    part = f", part of the combined authority {place.combined_authority}" if place.combined_authority else ""
    st.html(
        '<p class="place-about">'
        + html.escape(
            f"{place.name}: {_KINDS[place.area_type].lower()}{lies_in}{part}. {residents['population']:,} residents in "
            f"mid-{residents['year']}. {_coded(place)}"
        )
        + "</p>"
    )
    past, to_come = changes().get(place.code), announced(place.code)
    if to_come:
        st.info(f"**A change to come.** {to_come}", icon=":material/event_upcoming:")
    if past:
        st.info(f"**Boundary change.** {past}", icon=":material/border_style:")


def _coded(place: Place) -> str:
    return "It has no code in these figures." if place.area_type == GROUP else f"Code {place.code}."
