"""The controls of the Map screen: what is shown, of when, and in which form."""

from collections.abc import Sequence

from charts.catalogue.choices import SIDE_BY_SIDE
from charts.catalogue.view import View
from dashboard import controls, link
from pipeline.answers.map.rows import apart
from pipeline.errors import UsageError
from pipeline.periods import parse_period


def form() -> str:
    """Let the visitor choose land or tiles."""
    return controls.buttons(
        "view",
        "As",
        help="Land shows large areas large, whoever lives there. Tiles give each local authority a square of the same size; "
        "regions and combined authorities are always shown as land.",
    )


def what_and_when(periods: Sequence[str]) -> View:
    """Let the visitor choose what the map shows and of which periods.

    Args:
        periods: labels, earliest first.

    Raises:
        UsageError: a change is asked for, but no period comes before the one chosen.
    """
    measure = controls.options("measure", "Show", width=320)
    side_by_side = measure in SIDE_BY_SIDE and (
        controls.buttons("periods", "Periods", help="Side by side stand periods that share no year.") == "four"
    )
    if side_by_side:
        return View(measure=measure, periods="four")
    period = link.select_slider("Period", periods, key="period", default=periods[-1], width=220)
    return View(measure=measure, period=period, since=_since(periods, later=period) if measure == "change" else "")


def _since(periods: Sequence[str], *, later: str) -> str:
    """Let the visitor choose the earlier period of a change."""
    earlier = [one for one in periods if parse_period(one).start < parse_period(later).start]
    if not earlier:
        raise UsageError(
            "No period comes before the first, so there is no change to show.", do="Choose a later period."
        )
    return link.selectbox(
        "Compared with",
        earlier,
        key="since",
        width=320,
        help="A change can be tested between periods that share no year. Of periods that do, the change is shown without "
        "a test.",
        format_func=lambda one: one if apart(one, later) else f"{one} (shares years: not tested)",
    )
