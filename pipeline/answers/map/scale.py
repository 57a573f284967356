"""Where the classes of a map are cut: at round numbers that suit the level, so that no class is empty."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from pipeline.answers.map.rows import in_force_at
from pipeline.processed import Tables

CLASSES = 6
FEW_AREAS = 20
"""Up to so many areas, cuts are made for them alone: those for all periods would leave classes empty."""
STEPS = (0.5, 1, 1.5, 2, 2.5, 3, 4, 5, 7.5, 10, 15, 20)
"""Widths that a class may have, in the unit of what is shown."""


@dataclass(frozen=True)
class Scale:
    """Where classes are cut.

    Attributes:
        edges: the cuts between classes, rising; the first and the last class are open.
        large: from where on a clear difference or change counts as large.
    """

    edges: tuple[float, ...] = ()
    large: float = 0.0


def round_edges(values: ArrayLike, *, classes: int = CLASSES) -> tuple[float, ...]:
    """Round cuts that spread the middle 90% of the values over the classes; empty cells are left out.

    The width is the least of `STEPS` that does so; the cuts lie about the median, rounded to the
    width, and leave no class without a value at the low end.
    """
    known = np.asarray(values, dtype=float)
    known = known[np.isfinite(known)]
    if not known.size:
        return ()
    low, middle, high = np.quantile(known, [0.05, 0.5, 0.95])
    step = _at_least((high - low) / classes)
    first = round(middle / step) * step - step * (classes // 2 - 1)
    edges = (round(float(first + step * i), 2) for i in range(classes - 1))
    return tuple(edge for edge in edges if known.min() < edge)


def filled_edges(values: ArrayLike, *, classes: int = CLASSES) -> tuple[float, ...]:
    """Round cuts at equal distances that leave no class empty and the fullest as small as can be.

    For a few values; of two sets of cuts as good, the one with more classes. Empty cells are left out.
    """
    known = np.asarray(values, dtype=float)
    known = known[np.isfinite(known)]
    shifts = ((step, shift) for step in STEPS for shift in (0.0, step / 2) if (2 * shift).is_integer())
    found = [edges for step, shift in shifts if 2 * step % 1 == 0 and (edges := _multiples(known, step, shift))]
    counted = [(np.bincount(np.digitize(known, edges), minlength=len(edges) + 1), edges) for edges in found]
    fit = [
        (int(counts.max()), -len(edges), edges) for counts, edges in counted if counts.all() and len(edges) < classes
    ]
    return min(fit)[-1] if fit else round_edges(known, classes=classes)


def _multiples(known: NDArray[np.float64], step: float, shift: float) -> tuple[float, ...]:
    """Multiples of a step, shifted, that lie between the values."""
    if not known.size:
        return ()
    first, last = (int(np.floor((end - shift) / step)) for end in (known.min(), known.max()))
    return tuple(round(number * step + shift, 2) for number in range(first + 1, last + 1))


def round_half_way(values: ArrayLike) -> float:
    """Median size of the values to the nearest half, at least a half; 1 where there is none."""
    sizes = np.abs(np.asarray(values, dtype=float))
    sizes = sizes[np.isfinite(sizes)]
    if not sizes.size:
        return 1.0
    return max(0.5, round(float(np.median(sizes)) * 2) / 2)


def _at_least(width: float) -> float:
    return next((step for step in STEPS if step >= width), STEPS[-1])


def level_scale(tables: Tables, *, column: str, area_type: str) -> Scale:
    """Scale of a column of `map_rows` for a level, from its figures of both sexes and every period.

    LE is held for few authorities in earlier periods, so it and years not in good health take the latest period alone.
    """
    everywhere = tables.newest("hle")
    hle = everywhere[everywhere["area_type"] == area_type]
    if column == "difference_years":
        return Scale(large=_large_difference(hle, tables.england()))
    if column not in {"le_years", "poor_health_years"}:
        return Scale(edges=round_edges(hle["hle_years"]))
    life = tables.table("life_expectancy")
    in_force = in_force_at(tables.release, life["release"].unique())
    life = life[life["area_type"] == area_type]
    life = life[life["period_end"] == life["period_end"].max()]
    if column == "le_years":
        return Scale(edges=round_edges(life["le_years"]))
    both = life[life["release"] == in_force].merge(hle, on=["area_code", "sex", "period"])
    return Scale(edges=round_edges(both["le_years"] - both["hle_years"]))


def _large_difference(hle: pd.DataFrame, england: pd.DataFrame) -> float:
    rows = hle.merge(england[["sex", "period", "hle_years"]], on=["sex", "period"], suffixes=("", "_england"))
    difference = rows["hle_years"] - rows["hle_years_england"]
    return round_half_way(difference[difference.abs() > (rows["hle_uci_95"] - rows["hle_lci_95"]) / 2])


def rows_scale(rows: pd.DataFrame, *, column: str, clear: Iterable[bool] | None = None, few: bool = False) -> Scale:
    """Scale from these rows alone; with `few` areas no class is left empty.

    `clear` says which rows of a difference or a change are clearly not zero; all count where none is.
    """
    values = rows[column]
    chosen = values[np.asarray(list(clear), dtype=bool)] if clear is not None else values
    edges = filled_edges if few else round_edges
    return Scale(edges=edges(values), large=round_half_way(chosen if len(chosen) else values))
