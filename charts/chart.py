"""What a chart is: a figure that says its finding in words, and carries its source, its table and its description."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from charts import words
from charts.room import give_room, plain

ONS_HLE = "Office for National Statistics, healthy life expectancy"


def source_line(*, release: str, build: str, publisher: str = ONS_HLE, extra: str = "") -> str:
    """Return the line that stands under a chart: publisher, release, licence, build."""
    line = f"Source: {publisher}, released {words.day(release)}, Open Government Licence v3.0."
    return " ".join(part for part in (line, extra, f"Build {build}.") if part)


@dataclass(frozen=True, kw_only=True)
class Chart:
    """One chart, complete: page, slide and file show the same."""

    id: str
    """Name in the catalogue, and start of every file name."""
    figure: go.Figure
    """The marks, without title or source line, so that each medium can set these to its own width."""
    title: str
    """The finding, as a sentence."""
    subtitle: str
    """Measure, unit and period."""
    settings: str
    """Definition, baseline, target year: what the figure depends on; empty where it depends on none."""
    source: str
    alt: str
    """Description for people who cannot see the figure, made from the data; differs from the title."""
    table: pd.DataFrame
    """The same figures, with column names that read as headings."""
    caveats: tuple[str, ...] = ()
    file_stem: str = ""
    """File name without ending: chart, place, sex, period."""
    config: dict[str, object] = field(default_factory=dict)
    """What plotly.js needs beyond the figure (where it finds map outlines)."""

    def __post_init__(self) -> None:
        """Make the figure quick to draw: with room for its labels, and numbers in lists (see charts/theme.py)."""
        drawing = plain(self.figure)
        give_room(self.figure, drawing)
        for trace, held in zip(self.figure.data, drawing.traces, strict=True):
            for path, values in _arrays(held):
                trace[path] = None  # else plotly would keep the array, which equals the list
                trace[path] = values


def _arrays(part: dict[str, Any], path: str = "") -> Iterator[tuple[str, list[Any]]]:
    for name, value in part.items():
        if isinstance(value, np.ndarray):
            yield path + name, value.tolist()
        elif isinstance(value, dict):
            yield from _arrays(value, f"{path}{name}.")


def copied(figure: go.Figure) -> go.Figure:
    """Return a copy of a figure that may be changed, without touching the original.

    `go.Figure(figure)` takes the type out of each of the original's traces for a moment; another visitor's run that reads
    the figure in that moment fails.
    """
    drawing = plain(figure)
    return go.Figure(data=drawing.traces, layout=drawing.layout)
