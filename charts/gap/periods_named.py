"""How an axis of periods is marked: a few periods by name, every third by a tick, and the pandemic by a shade."""

import pandas as pd

from charts.kit.marks import Mark, note
from charts.kit.palette import Palette
from pipeline.periods import Period

EVERY = 3
ROOM = 0.27
"""Least distance of two names on the axis, as a share of its length: a phone has no room for more."""
PANDEMIC = (2020, 2021)


def periods_named(series: pd.DataFrame, target: Period) -> list[tuple[float, str]]:
    """The first, the latest and the target period, and between them every third one that has room for its name."""
    ends = [(float(row["mid_point"]), str(row["period"])) for row in (series.iloc[0], series.iloc[-1])]
    ends.append((target.midpoint_year, target.label))
    room = ROOM * (ends[-1][0] - ends[0][0])
    named = list(ends)
    for row in series.iloc[::EVERY].to_dict("records"):
        if min(abs(row["mid_point"] - at) for at, _ in named) >= room:
            named.append((float(row["mid_point"]), str(row["period"])))
    return sorted(named)


def minor_ticks(series: pd.DataFrame, target: Period) -> Mark:
    """A short tick at every third period from the first to the target."""
    first = float(series["mid_point"].iloc[0])
    count = int((target.midpoint_year - first) // EVERY) + 1
    return {"ticks": "outside", "ticklen": 4, "tickvals": [first + EVERY * step for step in range(count)]}


def pandemic(series: pd.DataFrame, palette: Palette) -> tuple[list[Mark], list[Mark]]:
    """A shade over the periods with a year of the pandemic in them, and its name; nothing where there are none."""
    held = series[(series["period_start"] <= PANDEMIC[1]) & (series["period_end"] >= PANDEMIC[0])]["mid_point"]
    if held.empty:
        return [], []
    shade = {
        "type": "rect",
        **{"x0": held.min(), "x1": held.max(), "xref": "x", "y0": 0, "y1": 1, "yref": "y domain"},
        "fillcolor": palette.grid,
        "opacity": 0.5,
        "line": {"width": 0},
        "layer": "below",
    }
    middle = (held.min() + held.max()) / 2
    name = note(middle, 0, "pandemic", yref="paper", yanchor="bottom", size=12, colour=palette.quiet)
    return [shade], [name]
