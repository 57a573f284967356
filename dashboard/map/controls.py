"""The controls of the Map screen: what is shown, of when, and in which form."""

from collections.abc import Sequence

from charts.map.measures import MEASURES
from dashboard import link
from pipeline.answers.map.rows import apart
from pipeline.periods import parse_period

VIEWS = {"map": "Land", "tiles": "Tiles of one size"}
PHONE_STYLE = """
<style>
@media (max-width: 640px) {
  .st-key-panel-map .scattergeolayer text, .st-key-panel-map .scattergeo text {font-size: 7.5px !important;}
}
</style>
"""
"""On a phone a tile is 22 pixels wide."""

YEARS = {"one": "One", "four": "Four side by side"}


def measure() -> str:
    """Let the visitor choose what the map shows."""
    return link.selectbox(
        "Show", list(MEASURES), key="measure", format_func=lambda name: MEASURES[name].label, width=320
    )


def side_by_side() -> bool:
    """Let the visitor choose one period, or four side by side with one scale."""
    chosen = link.segmented_control(
        "Periods",
        list(YEARS),
        key="periods",
        default="one",
        format_func=lambda name: YEARS[name],
        help="Side by side stand periods that share no year.",
    )
    return chosen == "four"


def period(periods: Sequence[str]) -> str:
    """Let the visitor move through the periods; the latest is shown first.

    Args:
        periods: labels, earliest first.
    """
    return link.select_slider("Period", periods, key="period", default=periods[-1], width=220)


def since(periods: Sequence[str], *, later: str) -> str:
    """Let the visitor choose the earlier period of a change; "" where there is none.

    Args:
        periods: labels, earliest first.
        later: the later period.
    """
    earlier = [one for one in periods if parse_period(one).start < parse_period(later).start]
    if not earlier:
        return ""
    return link.selectbox(
        "Compared with",
        earlier,
        key="since",
        width=320,
        help="A change can be tested between periods that share no year. Of periods that do, the change is shown without "
        "a test.",
        format_func=lambda one: one if apart(one, later) else f"{one} (shares years: not tested)",
    )


def form() -> str:
    """Let the visitor choose land or tiles."""
    return link.segmented_control(
        "As",
        list(VIEWS),
        key="view",
        default="map",
        format_func=lambda name: VIEWS[name],
        help="Land shows large areas large, whoever lives there. Tiles give each local authority a square of the same size; "
        "regions and combined authorities are always shown as land.",
    )
