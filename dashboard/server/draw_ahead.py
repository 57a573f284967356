"""Draws what visitors are likely to choose next before they do: a chart is made once, and the first to ask would wait for it."""

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import suppress
from urllib.parse import urlencode

from starlette.types import ASGIApp

from dashboard.server.warm_up import Opened, Readiness, open_screen, set_aside_for_good
from pipeline.errors import UsageError

PAUSE_SECONDS = 0.01
"""Between two of them, for the visitors who are there already."""

MOST_CHOICES = 40
"""Longer lists are left out, they are lists of places; but for one that stands first, which is what its screen is about."""


def likely_views(screens: Mapping[str, Opened]) -> list[str]:
    """Return addresses below the base: of every screen each choice of each control, one control changed at a time.

    Args:
        screens: address of each screen -> what came of opening it.
    """
    from dashboard.slides import deck  # noqa: PLC0415 - brings every chart with it: a second that the port must not wait for

    return [
        *(
            f"{screen}?{urlencode({word: choice})}"
            for screen, opened in screens.items()
            for position, (word, choices) in enumerate(opened.choices.items())
            if len(choices) <= MOST_CHOICES or position == 0
            for choice in choices
        ),
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
