"""Draws what visitors are likely to choose next before they do: a chart is made once, and the first to ask would wait for it."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress

from starlette.types import ASGIApp

from charts import words
from dashboard.server.warm_up import Readiness, open_screen, set_aside_for_good
from pipeline.errors import UsageError
from pipeline.measures.definitions import DEFINITIONS

PAUSE_SECONDS = 0.25
"""Between two of them, for the visitors who are there already."""


def likely_views() -> list[str]:
    """Return addresses below the base: each choice of the controls that stand first on the screens with most charts."""
    from dashboard import deck  # noqa: PLC0415 - brings every chart with it: a second that the port must not wait for

    definitions = [f"definition={name}" for name in DEFINITIONS]
    levels = [f"level={name}" for name in words.LEVELS if name != "country"]
    return [
        *(f"/?{choice}" for choice in definitions),
        *(f"/{screen}?sex=male" for screen in ("progress", "deprivation", "map")),
        *(f"/map?{choice}" for choice in levels),
        *(f"/{screen}?{choice}" for screen in ("progress", "slides") for choice in definitions),
        *(f"/slides?slide={number + 1}" for number in range(len(deck.read(deck.DEFAULT)[0]))),
    ]


def wanted(setting: str | None) -> bool:
    """Return whether a value of the environment variable DRAW_AHEAD asks for it, as none at all does.

    Raises:
        UsageError: it is neither yes nor no.
    """
    if setting not in {None, "", "yes", "no"}:
        raise UsageError(
            f"DRAW_AHEAD is {setting!r}.", where="environment variables", do="Set it to yes or no, or unset it."
        )
    return setting != "no"


async def draw_ahead(app: ASGIApp, views: Sequence[str], readiness: Readiness, *, base: str) -> None:
    """Open one view after the other; nothing depends on it, so that one that fails is left out (the log tells of it).

    Args:
        app: Streamlit's application, warmed up.
        views: addresses below the base, as "/map?sex=male".
        readiness: told how many are still to come.
        base: path below which the dashboard is served.
    """
    for done, view in enumerate(views, start=1):
        await asyncio.sleep(PAUSE_SECONDS)
        with suppress(TimeoutError):
            await open_screen(app, view, base=base)
        readiness.to_draw_ahead = len(views) - done
    if views:
        set_aside_for_good()
