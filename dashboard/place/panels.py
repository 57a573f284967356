"""The panels of the Place screen: charts of one sex, the table of facts, and the one page to print."""

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd
import streamlit as st

from charts.deprivation.pockets import pockets_profile
from charts.kit import words
from charts.kit.chart import Chart
from charts.kit.drawing import Drawing
from charts.kit.palette import Palette
from charts.kit.scales import on_one_scale
from charts.kit.settings_line import rule_line, settings_line
from charts.place.place_hle import place_hle
from charts.place.place_le import place_le
from charts.place.place_peers import place_peers
from charts.place.place_ranks import place_ranks
from charts.place.place_residuals import place_residuals
from charts.place.place_standing import place_standing
from dashboard import panel, tables
from dashboard.figures import Figures
from dashboard.levers.local_action import show_local_action
from dashboard.place.facts import facts
from dashboard.shared import shared
from pipeline.answers.deprivation import rows_of
from pipeline.answers.place.profile import Place, Profile, long_table
from pipeline.areas import number_of_areas
from pipeline.geography.boundary_changes import CHANGES

_KINDS = {"region": "Region", "combined-authority": "Combined authority", "utla": "Local authority"}


def heading(figures: Figures, place: Place) -> None:
    """Show the name of the place, what it is and lies in, its residents, and boundary changes that touch it."""
    residents = shared(rows_of, figures.table("population"), area_code=place.code, sex="persons").iloc[0]
    lies_in = f" in {words.place(place.within[0][1])}" if len(place.within) > 1 else ""
    part = f", part of the combined authority {place.combined_authority}" if place.combined_authority else ""
    st.header(place.name, anchor=False)
    st.markdown(
        f"{_KINDS[place.area_type]}{lies_in}{part}. {residents['population']:,} residents in mid-{residents['year']}. Code "
        f"{place.code}."
    )
    if place.code in CHANGES:
        st.info(f"**Boundary change.** {CHANGES[place.code]}", icon=":material/border_style:")


def without_hle(figures: Figures, place: Place, *, palette: Palette) -> None:
    """Show what can be shown of a place for which no healthy life expectancy is published."""
    reason = place.no_hle_reason.removeprefix(f"{place.name}: ")
    st.info(
        f"**No healthy life expectancy is published for {place.name}.** {reason[0].upper()}{reason[1:]}. "
        "It counts in the figures of its region and of England; how deprivation is spread in it is shown below.",
        icon=":material/info:",
    )
    panel.show(_pockets(figures, place, palette), key="place-pockets")


def table_of_facts(profiles: Mapping[str, Profile], figures: Figures) -> None:
    """Show the figures of both sexes side by side, and the settings behind the floor."""
    one = next(iter(profiles.values()))
    authorities = shared(number_of_areas, figures.table("places"))
    with st.container(key="facts"):
        tables.show(
            shared(facts, list(profiles.values()), authorities=authorities),
            label=f"Figures of {one.place.name} for women and men, with 95% intervals",
        )
    st.html(f'<p class="chart-foot">Floor and rise needed: {_settings(one)} Brackets hold 95% intervals.</p>')


def charts(one: Profile, figures: Figures, *, palette: Palette) -> None:
    """Show the charts of one sex."""
    left, right = st.columns(2, gap="large")
    with left:
        panel.show(_hle(one, figures, palette), key="place-hle")
        panel.show(_standing(one, figures, palette), key="place-standing")
        if not one.residuals.empty and one.standing is not None:
            held = bool(one.standing["held_in_every_period"])
            chart = shared(place_residuals, one.residuals, one.place, held=held, build=figures.build, palette=palette)
            panel.show(chart, key="place-residuals")
    with right:
        _life_expectancy(one, figures, palette)
        places = figures.table("places")
        own = shared(_at, places, one.place.code)
        if not own.empty:
            of = shared(number_of_areas, places)
            ranks = shared(place_ranks, own, one.place, of=of, build=figures.build, palette=palette)
            panel.show(ranks, key="place-ranks")
        panel.show(shared(place_peers, one.peers, one.place, build=figures.build, palette=palette), key="place-peers")


def around(figures: Figures, place: Place, *, palette: Palette) -> None:
    """Show how deprivation is spread inside the place, what has been done there, and its figures to take away."""
    left, right = st.columns(2, gap="large")
    with left:
        panel.show(_pockets(figures, place, palette), key="place-pockets")
    with right:
        st.subheader("Local action that touches it", anchor=False)
        show_local_action(place.code)
        st.subheader("Its figures to take away", anchor=False)
        st.markdown("Every figure of the place, its region and England, all periods, in one table.")
        st.download_button(
            "Download as CSV",
            shared(_figures_of, figures, place),
            file_name=f"{place.name.lower().replace(',', '').replace(' ', '-')}-{figures.build}.csv",
            mime="text/csv",
            key="place-figures",
            on_click="ignore",
        )


def one_page(profiles: Mapping[str, Profile], figures: Figures, *, palette: Palette) -> None:
    """Show what fits on one printed page: facts, both lines of healthy life expectancy, deprivation inside the place."""
    with st.container(key="one-page"):
        table_of_facts(profiles, figures)
        low = [shared(_low, _hle(one, figures, palette), 230) for one in profiles.values()]
        both = shared(on_one_scale, low)
        for column, sex, chart in zip(st.columns(2, gap="medium"), profiles, both, strict=True):
            with column:
                panel.show(chart, key=f"place-hle-{sex}")
        place = next(iter(profiles.values())).place
        pockets = shared(_low, _pockets(figures, place, palette), 300)
        panel.show(shared(_labelled_outside, pockets, palette.ink), key="place-pockets")


def _at(table: pd.DataFrame, area_code: str) -> pd.DataFrame:
    return table[table["area_code"] == area_code]


def _life_expectancy(one: Profile, figures: Figures, palette: Palette) -> None:
    if shared(_at, one.life, one.place.code).empty:
        st.info(
            f"**No life expectancy is held for {words.place(one.place.name)}.** The release that the others come from has no "
            "figures for it, so its years not in good health cannot be given either.",
            icon=":material/info:",
        )
        return
    chart = shared(place_le, one.life, one.place, hle_years=one.hle_years_for_le, build=figures.build, palette=palette)
    panel.show(chart, key="place-le")


def _low(chart: Chart, height: int) -> Chart:
    return replace(chart, drawing=chart.drawing.with_layout(height=height), caveats=())


def _labelled_outside(chart: Chart, colour: str) -> Chart:
    letters = {"size": 15, "color": colour}
    traces = [
        {**trace, "textposition": "outside", "textfont": {**trace.get("textfont", {}), **letters}}
        for trace in chart.drawing.traces
    ]
    return replace(chart, drawing=Drawing(traces, chart.drawing.layout))


def _settings(one: Profile) -> str:
    return f"{settings_line(one.answer)} {rule_line(one.answer.question)}"


def _hle(one: Profile, figures: Figures, palette: Palette) -> Chart:
    return shared(place_hle, one.hle, one.place, build=figures.build, palette=palette)


def _standing(one: Profile, figures: Figures, palette: Palette) -> Chart:
    return shared(
        place_standing,
        one.latest,
        one.place,
        one.task,
        expected_hle_years=float("nan") if one.standing is None else float(one.standing["expected_hle_years"]),
        settings=_settings(one),
        build=figures.build,
        palette=palette,
    )


def _pockets(figures: Figures, place: Place, palette: Palette) -> Chart:
    rows = shared(rows_of, figures.table("pockets"), area_code=place.code)
    release = str(figures.table("deprivation")["release"].iloc[0])
    return shared(pockets_profile, rows, name=place.name, release=release, build=figures.build, palette=palette)


def _figures_of(figures: Figures, place: Place) -> bytes:
    rows = long_table(
        place,
        hle=figures.newest("hle"),
        life_expectancy=figures.table("life_expectancy"),
        places=figures.table("places"),
        residuals=figures.table("residuals"),
    )
    return rows.to_csv(index=False).encode("utf-8-sig")
