"""The classes of a map: which areas each holds, in which words and colour."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from charts.kit import words
from charts.kit.palette import Palette
from charts.kit.table import Record
from charts.map.measures import MapMeasure
from pipeline.answers.map.rows import THIRDS
from pipeline.answers.map.scale import Scale

Area = Record
"""What a map says of one area, by column."""

DECIMALS = 2
"""As in the table: a figure stands in the class that the figure shown belongs to."""


@dataclass(frozen=True)
class MapClass:
    """One class of a map."""

    label: str
    colour: str
    rows: Sequence[Area]
    """The areas in it, from `areas_of`."""
    sign: str = ""
    """A sign that says without colour what the class means, where it has a direction."""

    @property
    def name(self) -> str:
        """Sign and label, as in the legend."""
        return f"{self.sign} {self.label}".strip()

    def inside(self, region: str) -> "MapClass":
        """The class with the areas of one region."""
        return replace(self, rows=[area for area in self.rows if area["region_code"] == region])


def areas_of(rows: pd.DataFrame, measure: MapMeasure) -> Sequence[Area]:
    """What a map says of each area, as far as the rows have it."""
    asked = (
        *("area_code", "area_name", "region_code", "imd_score", "hle_third", "imd_third"),
        *(measure.column, *measure.limits, measure.standing),
    )
    return rows[[name for name in dict.fromkeys(asked) if name in rows]].to_dict("records")


def map_classes(areas: Sequence[Area], measure: MapMeasure, scale: Scale, palette: Palette) -> list[MapClass]:
    """The classes of a map of areas with a figure (`areas_of`), lowest first; a class may be empty."""
    if measure.kind == "two-way":
        return _two_way(areas, palette)
    if measure.kind == "clear":
        return _clear(areas, measure, scale, palette)
    labels = _level_labels(scale.edges)
    colours = _best_to_worst(palette, len(labels))[:: -1 if measure.low_is_worst else 1]
    held = _divided(areas, np.digitize(_shown(areas, measure), scale.edges).tolist(), len(labels))
    return [MapClass(label, colour, inside) for label, colour, inside in zip(labels, colours, held, strict=True)]


def _best_to_worst(palette: Palette, classes: int) -> list[str]:
    """So many colours of the sequence, from end to end."""
    return [palette.sequence[at] for at in np.linspace(0, len(palette.sequence) - 1, classes).round().astype(int)]


def _shown(areas: Sequence[Area], measure: MapMeasure) -> NDArray[np.float64]:
    return np.array([area[measure.column] for area in areas], dtype=float).round(DECIMALS)


def _divided(areas: Sequence[Area], numbers: Sequence[int], classes: int) -> list[list[Area]]:
    held: list[list[Area]] = [[] for _ in range(classes)]
    for area, number in zip(areas, numbers, strict=True):
        held[number].append(area)
    return held


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


def _clear(areas: Sequence[Area], measure: MapMeasure, scale: Scale, palette: Palette) -> list[MapClass]:
    down, up, unclear = _VERBS[measure.id]
    values, standing = _shown(areas, measure), [area[measure.standing] for area in areas]
    if "not tested" in standing:
        below, above = values <= -NEARLY_NOTHING, values >= NEARLY_NOTHING
        lower, higher, unclear = down.capitalize(), up.capitalize(), "No change"
    else:
        below, above = (np.array([one in said for one in standing], dtype=bool) for said in (_DOWN, _UP))
        lower, higher = f"Clearly {down}", f"Clearly {up}"
    large, size = np.abs(values) >= scale.large, f"{scale.large:g}"
    numbers = np.select([below & large, below, above & large, above], [0, 1, 4, 3], default=2)
    far_below, just_below, _, neither, _, just_above, far_above = palette.diverging
    held = _divided(areas, numbers.tolist(), 5)
    return [
        MapClass(f"{lower}, by {size} or more", far_below, held[0], DOWN * 2),
        MapClass(f"{lower}, by under {size}", just_below, held[1], DOWN),
        MapClass(unclear, neither, held[2]),
        MapClass(f"{higher}, by under {size}", just_above, held[3], UP),
        MapClass(f"{higher}, by {size} or more", far_above, held[4], UP * 2),
    ]


def _two_way(areas: Sequence[Area], palette: Palette) -> list[MapClass]:
    return [
        MapClass(
            two_way_label(hle_third, imd_third),
            palette.two_way[down][across],
            [area for area in areas if area["hle_third"] == hle_third and area["imd_third"] == imd_third],
        )
        for down, hle_third in enumerate(reversed(THIRDS))
        for across, imd_third in enumerate(THIRDS)
    ]


def two_way_label(hle_third: str, imd_third: str) -> str:
    """A class of the two-way map in words."""
    return f"{hle_third} third by healthy life, {imd_third} by deprivation".capitalize()


def value_in_words(row: Area | pd.Series, measure: MapMeasure, *, unit: bool = True) -> str:
    """What is said of an area when it is pointed at: value, unit and interval."""
    lower, upper = (row[name] if name else np.nan for name in measure.limits)
    said = words.signed if measure.kind == "clear" else words.number
    limits = words.interval(lower, upper)
    value = said(row[measure.column])
    if unit:
        value = {"%": f"{value}%", "score": f"score {value}"}.get(measure.unit, f"{value} {measure.unit}")
    text = f"{value} ({limits})" if limits else value
    return f"{text}; IMD score {words.number(row['imd_score'])}" if measure.kind == "two-way" else text
