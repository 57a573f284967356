"""The classes of a map: which areas each holds, in which words and colour."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
import pandas as pd

from charts import words
from charts.map_measures import MapMeasure
from charts.palette import Palette
from pipeline.map_rows import THIRDS
from pipeline.map_scale import Scale

DECIMALS = 2
"""As in the table: a figure stands in the class that the figure shown belongs to."""


@dataclass(frozen=True)
class MapClass:
    """One class of a map."""

    label: str
    colour: str
    rows: pd.DataFrame
    """The areas in it."""
    sign: str = ""
    """A sign that says without colour what the class means, where it has a direction."""

    def only(self, chosen: pd.Series) -> "MapClass":
        """Return the class with some of its areas."""
        return replace(self, rows=self.rows[chosen])


def map_classes(rows: pd.DataFrame, measure: MapMeasure, scale: Scale, palette: Palette) -> list[MapClass]:
    """Return the classes of a map, lowest first; a class may be empty.

    Args:
        rows: areas with a figure.
        measure: what is shown.
        scale: where classes are cut.
        palette: colours.
    """
    if measure.kind == "two-way":
        return _two_way(rows, palette)
    if measure.kind == "clear":
        return _clear(rows, measure, scale, palette)
    number = np.digitize(rows[measure.column].to_numpy(dtype=float).round(DECIMALS), scale.edges)
    labels = _level_labels(scale.edges)
    colours = palette.sequence if len(labels) == len(palette.sequence) else palette.sequence[: len(labels)]
    return [
        MapClass(label, colour, rows[number == position])
        for position, (label, colour) in enumerate(zip(labels, colours, strict=True))
    ]


def _level_labels(edges: Sequence[float]) -> list[str]:
    if not edges:
        return ["All"]
    cuts = [f"{edge:g}" for edge in edges]
    return [f"Under {cuts[0]}", *(f"{low} to under {high}" for low, high in pairwise(cuts)), f"{cuts[-1]} or more"]


_VERBS = {"difference": ("lower", "higher", "Not clearly different"), "change": ("fell", "rose", "Not clearly changed")}
_DOWN, _UP = ("fell", "lower than England"), ("rose", "higher than England")
UP, DOWN = "\N{BLACK UP-POINTING TRIANGLE}", "\N{BLACK DOWN-POINTING TRIANGLE}"
NEARLY_NOTHING = 0.05
"""A change under this shows as 0.0."""


def _clear(rows: pd.DataFrame, measure: MapMeasure, scale: Scale, palette: Palette) -> list[MapClass]:
    down, up, unclear = _VERBS[measure.id]
    values, standing = rows[measure.column].round(DECIMALS), rows[measure.standing]
    tested = not (standing == "not tested").any()
    if tested:
        below, above = standing.isin(_DOWN), standing.isin(_UP)
        lower, higher = f"Clearly {down}", f"Clearly {up}"
    else:
        below, above = values <= -NEARLY_NOTHING, values >= NEARLY_NOTHING
        lower, higher, unclear = down.capitalize(), up.capitalize(), "No change"
    large, size = values.abs() >= scale.large, f"{scale.large:g}"
    far_below, just_below, _, neither, _, just_above, far_above = palette.diverging
    return [
        MapClass(f"{lower}, by {size} or more", far_below, rows[below & large], DOWN * 2),
        MapClass(f"{lower}, by under {size}", just_below, rows[below & ~large], DOWN),
        MapClass(unclear, neither, rows[~below & ~above]),
        MapClass(f"{higher}, by under {size}", just_above, rows[above & ~large], UP),
        MapClass(f"{higher}, by {size} or more", far_above, rows[above & large], UP * 2),
    ]


def _two_way(rows: pd.DataFrame, palette: Palette) -> list[MapClass]:
    return [
        MapClass(
            two_way_label(hle_third, imd_third),
            palette.two_way[down][across],
            rows[(rows["hle_third"] == hle_third) & (rows["imd_third"] == imd_third)],
        )
        for down, hle_third in enumerate(reversed(THIRDS))
        for across, imd_third in enumerate(THIRDS)
    ]


def two_way_label(hle_third: str, imd_third: str) -> str:
    """Return a class of the two-way map in words."""
    return f"{hle_third} third by healthy life, {imd_third} by deprivation".capitalize()


def value_in_words(row: pd.Series, measure: MapMeasure, *, unit: bool = True) -> str:
    """Return what is said of an area when it is pointed at: value, unit and interval."""
    lower, upper = (row[name] if name else np.nan for name in measure.limits)
    said = words.signed if measure.kind == "clear" else words.number
    limits = words.interval(lower, upper)
    parts = (said(row[measure.column]), measure.unit if unit else "", f"({limits})" if limits else "")
    text = " ".join(part for part in parts if part)
    return f"{text}; IMD score {words.number(row['imd_score'])}" if measure.kind == "two-way" else text
