"""Making a deck: choosing charts, seeing them at slide shape, putting them in order, taking them away as files."""

import html
from collections.abc import Callable, Sequence
from functools import partial

import streamlit as st

from charts.catalogue.catalogue import CATALOGUE, Shot
from charts.catalogue.choices import CHOICES
from charts.catalogue.view import View
from charts.export.chromium import Chromium, chromium_path
from charts.export.powerpoint.deck import Slide, needs_picture, picture_on_slide
from charts.export.powerpoint.deck import deck as powerpoint
from charts.kit.chart import Chart
from charts.kit.framed import framed_drawing
from charts.kit.media import MEDIA, WIDE, Medium
from dashboard import controls, kept, link, panel, screen, settings_line, stage
from dashboard.place import own_area
from dashboard.saving import download
from dashboard.saving.picture import SCRIPT, STYLE, buttons, frame_attribute
from dashboard.slides import deck, presentation
from dashboard.watching import problem
from pipeline.errors import PipelineError
from pipeline.processed import Tables

BESIDE = ("compare", "against", "quantity")
"""Settings of places beside the place, which the Place screen chooses and a deck keeps."""


def settings(figures: Tables) -> View:
    """Show the settings that hold for the whole deck, and return what they say."""
    return settings_line.show(figures, lambda: _choose_settings(figures))


def _choose_settings(figures: Tables) -> View:
    definition = controls.definition(figures.table("gaps"))
    baseline, target = controls.baseline(figures, definition), controls.target_year(figures)
    own, refused = own_area.in_address(figures)
    if refused:
        screen.current().misread.append(refused)
    place = controls.place(figures, further=controls.group_labels() | ({own.code: own.name} if own else {}))
    asked, _ = presentation.view_in(st.query_params)
    beside = asked.only(BESIDE)
    screen.current().controls |= beside.chosen(BESIDE)
    codes = own_area.codes_of(own, place)
    return beside.with_settings(definition=definition, baseline=baseline, target=target, place=place, codes=codes)


def shape() -> Medium:
    """Let the visitor choose the shape in which slides are seen."""
    ids = [medium.id for medium in MEDIA.values()]
    chosen = link.segmented_control(
        "Shape", ids, key="shape", default=WIDE.id, format_func=lambda name: MEDIA[name].label
    )
    return MEDIA[chosen]


def add_a_slide(items: Sequence[deck.Item]) -> None:
    """Show the choice of a further slide."""
    with st.popover("Add a slide", icon=":material/add:"):
        chart_id = st.selectbox(
            "Chart", list(CATALOGUE), format_func=lambda name: CATALOGUE[name].label, key="add-chart"
        )
        needs = CATALOGUE[chart_id].needs
        own = [chart_id]
        labels = {"sex": "Sex", "level": "Areas", "measure": "Show"}
        for name in deck.PER_SLIDE:
            if name in needs:
                options = CHOICES[name]
                own.append(st.radio(labels[name], list(options), format_func=options.__getitem__, key=f"add-{name}"))
        st.button(
            "Add to the deck",
            disabled=len(items) >= deck.LONGEST,
            on_click=_set,
            args=([*items, deck.item(".".join(own))], len(items) + 1),
        )


def outline(items: Sequence[deck.Item], number: int) -> None:
    """Show the deck as a list, and what changes the order."""
    st.session_state["chosen-slide"] = number - 1
    st.radio(
        "Slides, in order",
        range(len(items)),
        format_func=lambda i: f"{i + 1}. {items[i].label}",
        key="chosen-slide",
        on_change=_choose,
    )
    position = number - 1
    with st.container(horizontal=True, gap="small"):
        st.button(
            "Move earlier",
            disabled=position == 0,
            on_click=_set,
            args=(deck.moved(items, position, -1), number - 1),
        )
        st.button(
            "Move later",
            disabled=position == len(items) - 1,
            on_click=_set,
            args=(deck.moved(items, position, 1), number + 1),
        )
        rest = [one for i, one in enumerate(items) if i != position]
        st.button("Remove", on_click=_set, args=(rest, min(number, max(len(rest), 1))))


def chosen(shot: Shot, figures: Tables) -> Chart | None:
    """Return the chart of a slide; where it cannot be drawn with the deck's settings, say why and return None."""
    try:
        return kept.chart(shot.entry.id, figures, shot.view)
    except PipelineError as error:
        problem.show(error)
        return None


def preview(chart: Chart, medium: Medium) -> None:
    """Show one slide as it will leave the building, scaled to the room there is."""
    layout = framed_drawing(chart, medium).layout
    width, height = layout["width"], layout["height"]
    st.html(
        f"<style>.st-key-preview {{width: {width}px; min-width: {width}px; height: {height}px;}}"
        # the drawing is scaled, but its box keeps its width: what sticks out must not make the screen scroll sideways
        ".st-key-preview-window {overflow: clip; overflow-clip-margin: 1px;}"
        ".st-key-preview .js-plotly-plot {outline: 1px solid #949494;}"
        ".st-key-preview, .st-key-preview * {overflow: visible !important; pointer-events: none;}"
        f"</style>{stage.SCRIPT}",
        unsafe_allow_javascript=True,  # the script is ours, from our own server
    )
    with st.container(key="preview-window"), st.container(key="preview"):
        panel.framed(chart, medium, key="preview-figure")


def downloads(figures: Tables, shots: Sequence[Shot], chart: Chart | None, medium: Medium) -> None:
    """Show what the deck, or one slide of it, can be taken away as."""
    address = _server()
    download.button(
        "Download PowerPoint",
        partial(pptx, figures, shots, address, look=download.leave_if_gone()),
        f"slides-{figures.release}.pptx",
        turns=download.SLOW,
        icon=":material/slideshow:",
        help="Charts can be edited in PowerPoint; maps are pictures. Notes under each slide say how every number came about.",
    )
    if chart:
        _this_slide(chart, medium)
    _all_slides(figures, shots, medium)


@st.fragment
def _this_slide(chart: Chart, medium: Medium) -> None:
    popover = st.popover("This slide as picture", icon=":material/image:", key="one-picture", on_change="rerun")
    if popover.open:
        with popover:
            buttons(chart, plot="preview-figure", media=(medium,))


# A fragment, filled only once opened: it holds the figures of every slide.
@st.fragment
def _all_slides(figures: Tables, shots: Sequence[Shot], medium: Medium) -> None:
    popover = st.popover("All as pictures", icon=":material/photo_library:", key="all-pictures", on_change="rerun")
    if not popover.open:
        return
    frames = "".join(f"<span {frame_attribute(chart, medium)}></span>" for _, chart in deck.drawable(shots, figures))
    with popover:
        st.html(
            f'{STYLE}{SCRIPT}<div data-pictures="slides-{html.escape(medium.id)}">{frames}'
            '<button type="button" data-picture="all-png">All as PNG</button>'
            '<button type="button" data-picture="all-svg">All as SVG</button><p role="status"></p></div>',
            unsafe_allow_javascript=True,  # the script is ours, from our own server; everything else is escaped
        )


def pptx(figures: Tables, shots: Sequence[Shot], address: str, *, look: Callable[[], None] = lambda: None) -> bytes:
    """Return the deck as a PowerPoint file.

    Where this server has no Chromium, a slide that needs a picture carries the first rows of its table instead. A slide
    that cannot be drawn with the settings chosen is left out; its preview says why. `look` is called after each picture,
    and ends the work by raising.
    """
    found = deck.drawable(shots, figures)
    wanted = [i for i, (_, chart) in enumerate(found) if needs_picture(chart)]
    pictures: dict[int, bytes] = {}
    if wanted and chromium_path():
        with Chromium(tabs=1) as browser:
            made = browser.pictures([picture_on_slide(found[i][1]) for i in wanted], done=look)
        pictures = {i: one.files.get("png", b"") for i, one in zip(wanted, made, strict=True)}
    slides = [Slide(shot=shot, chart=chart, picture=pictures.get(i, b"")) for i, (shot, chart) in enumerate(found)]
    return powerpoint(slides, address=address, release=figures.release)


def _server() -> str:
    """Return the address of the dashboard itself, without the screen."""
    return (st.context.url or "").split("?")[0].removesuffix("/slides").rstrip("/")


def present_link(items: Sequence[deck.Item], settings_now: View, number: int) -> None:
    """Show the link that presents the deck from a slide on."""
    words_in_address = settings_now.chosen(presentation.DECK_WIDE)
    st.page_link(
        "pages/slides.py",
        label="Present",
        icon=":material/play_arrow:",
        query_params={"present": "1", "slide": str(number), "deck": deck.written(items), **words_in_address},
    )


def note_for_links(items: Sequence[deck.Item], number: int) -> None:
    """Put the deck into the link that the visitor can copy."""
    screen.current().controls["deck"] = deck.written(items)
    screen.current().controls["slide"] = str(number)


def _choose() -> None:
    if "chosen-slide" in st.session_state:  # gone already where Back leaves this screen
        st.query_params["slide"] = str(int(st.session_state["chosen-slide"]) + 1)


def _set(items: Sequence[deck.Item], number: int) -> None:
    st.query_params["deck"] = deck.written(items)
    st.query_params["slide"] = str(number)
