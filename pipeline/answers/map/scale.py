"""Where the classes of a map are cut: at round numbers, the same for both sexes and all periods of a level."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from pipeline.answers.map.rows import in_force_at
from pipeline.processed import Tables

CLASSES = 6
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

    The width is the least of `STEPS` that does so; the cuts lie about the median, rounded to the width.
    """
    known = np.asarray(values, dtype=float)
    known = known[np.isfinite(known)]
    if not known.size:
        return ()
    low, middle, high = np.quantile(known, [0.05, 0.5, 0.95])
    step = _at_least((high - low) / classes)
    first = round(middle / step) * step - step * (classes // 2 - 1)
    return tuple(round(float(first + step * i), 2) for i in range(classes - 1))


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
    hle = tables.newest("hle")
    at_level = (hle["area_type"] == area_type).to_numpy()
    if column == "difference_years":
        return Scale(large=_large_difference(hle, np.flatnonzero(at_level)))
    if column not in {"le_years", "poor_health_years"}:
        return Scale(edges=round_edges(hle["hle_years"].to_numpy()[at_level]))
    life_expectancy = tables.table("life_expectancy")
    ends = life_expectancy["period_end"].to_numpy()
    of_level = (life_expectancy["area_type"] == area_type).to_numpy()
    of_level = of_level & (ends == ends[of_level].max(initial=0))
    if column == "le_years":
        return Scale(edges=round_edges(life_expectancy["le_years"].to_numpy()[of_level]))
    in_force = in_force_at(str(hle["release"].iloc[0]), life_expectancy["release"].unique())
    of_level = of_level & (life_expectancy["release"] == in_force).to_numpy()
    healthy = _by_area(hle, at_level & np.isin(hle["period_end"].to_numpy(), ends[of_level]), "hle_years")
    whole = _by_area(life_expectancy, of_level, "le_years")
    return Scale(edges=round_edges([years - healthy[key] for key, years in whole.items() if key in healthy]))


def _by_area(table: pd.DataFrame, rows: NDArray[np.bool_], column: str) -> dict[tuple[str, str, str], float]:
    keys = (table[name].array[rows].tolist() for name in ("area_code", "sex", "period"))
    return dict(zip(zip(*keys, strict=True), table[column].to_numpy()[rows].tolist(), strict=True))


def _large_difference(hle: pd.DataFrame, rows: NDArray[np.intp]) -> float:
    sexes, periods = (hle[name].array for name in ("sex", "period"))
    values, lower, upper = (hle[name].to_numpy() for name in ("hle_years", "hle_lci_95", "hle_uci_95"))
    england = np.flatnonzero(hle["area_type"] == "country")
    of_england = dict(
        zip(zip(sexes[england].tolist(), periods[england].tolist(), strict=True), values[england].tolist(), strict=True)
    )
    asked = zip(sexes[rows].tolist(), periods[rows].tolist(), strict=True)
    difference = values[rows] - np.array([of_england.get(one, np.nan) for one in asked])
    clear = np.abs(difference) > (upper[rows] - lower[rows]) / 2
    return round_half_way(difference[clear])


def rows_scale(rows: pd.DataFrame, *, column: str, clear: Iterable[bool] | None = None) -> Scale:
    """Scale from the rows of one map alone, for what has no series: deprivation, a change.

    `clear` says which rows of a difference or a change are clearly not zero; all count where none is.
    """
    values = rows[column]
    chosen = values[np.asarray(list(clear), dtype=bool)] if clear is not None else values
    return Scale(edges=round_edges(values), large=round_half_way(chosen if len(chosen) else values))
