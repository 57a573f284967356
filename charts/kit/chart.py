"""A chart: a drawing with its finding in words, its source, its table and its description."""

from dataclasses import dataclass, field
from functools import cached_property

import pandas as pd
import plotly.graph_objects as go

from charts.kit import words
from charts.kit.drawing import Drawing
from charts.kit.label_room import with_room

ONS_HLE = "Office for National Statistics, healthy life expectancy"
IMD_2025 = "Index of Multiple Deprivation 2025: Ministry of Housing, Communities and Local Government."
PERIODS_OVERLAP = "Neighbouring periods share two of their three years, so they do not move independently."


def source_line(*, release: str, build: str, publisher: str = ONS_HLE, extra: str = "") -> str:
    """The line under a chart: publisher, release, licence, build."""
    line = f"Source: {publisher}, released {words.day(release)}, Open Government Licence v3.0."
    return " ".join(part for part in (line, extra, f"Build {build}.") if part)


@dataclass(frozen=True, kw_only=True)
class Chart:
    """One chart, complete: page, slide and file show the same."""

    id: str
    """Name in the catalogue, and start of every file name."""
    drawing: Drawing
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
        """Make room for the labels."""
        object.__setattr__(self, "drawing", with_room(self.drawing))

    @cached_property
    def figure(self) -> go.Figure:
        """The drawing as a figure of plotly's. Read it only; `drawing.figure()` gives one that may be changed."""
        return self.drawing.figure()


def file_name(*parts: str) -> str:
    """One lower-case file name without blanks: "gap-path-income-regions-women-2022-to-2024"."""
    return "-".join(word for part in parts for word in part.lower().replace(",", "").split())
