"""What nobody would believe of new figures: sexes swapped, one figure that jumps, intervals or periods of another length."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from pipeline.errors import SourceChanged


@dataclass(frozen=True, kw_only=True)
class Expected:
    """How far the figures of one table may be from those that they are compared with."""

    value: str
    limits: tuple[str, str] | None = None
    """The interval's columns, where the table has them."""
    least_years: float = np.inf
    """A change up to here is never absurd, in the column's unit."""
    largest_share: float = np.inf
    """A change of more than this share of the figure is absurd."""


EXPECTED: Mapping[str, Expected] = {
    "hle": Expected(value="hle_years", limits=("hle_lci_95", "hle_uci_95"), least_years=3),
    "nations": Expected(value="hle_years", limits=("hle_lci_95", "hle_uci_95"), least_years=3),
    "life_expectancy": Expected(value="le_years", limits=("le_lci_95", "le_uci_95"), least_years=3),
    "hle_deciles": Expected(value="hle_years", limits=("hle_lci_95", "hle_uci_95"), least_years=4),
    "slope_published": Expected(value="sii_years", limits=("sii_lci_95", "sii_uci_95"), least_years=4),
    "income": Expected(value="gdhi_per_head_gbp", largest_share=0.4),
}
"""Largest change ever from one period to the next: authorities 8.5 years of HLE (1.2 widths of the interval), regions
1.9, deciles 2.2; 1.4 years of life expectancy; 22% of income per head (Rutland)."""
_WIDTHS_TO_NEXT_PERIOD = 1.5
_WIDTHS_TO_REVISION = 0.75
"""The largest revision ever of a published figure under one method is 1.0 year, a fifth of its interval."""
_LARGEST_CHANGE_OF_WIDTHS = 0.5
"""A 99.8% interval is 1.58 times as wide as one of 95%."""
_LEAST_CHANGE_OF_WIDTHS_YEARS = 0.3
_FEWEST_AREAS = 5


def believable(table: str, new: pd.DataFrame, held: pd.DataFrame, *, where: str) -> None:
    """Refuse new figures that differ beyond belief from those held, or in a new period from the period before.

    Raises:
        SourceChanged: naming what is hard to believe.
    """
    expected = EXPECTED.get(table)
    if expected is None:
        return
    if "period_start" in new:
        _same_lengths(new, held, where=where)
    pairs = _paired(new, held, expected)
    if pairs.empty:
        return
    _sexes_in_place(pairs, expected, where=where)
    _no_jump(pairs, expected, where=where)
    if expected.limits:
        _same_widths(pairs, expected.limits, where=where)


def _paired(new: pd.DataFrame, held: pd.DataFrame, expected: Expected) -> pd.DataFrame:
    """Each new row beside the one held of the same area, sex and period, or else beside its own period before."""
    time = "period_start" if "period_start" in new else "year"
    who = [name for name in ("area_code", "imd_decile", "sex") if name in new]
    values = [expected.value, *(expected.limits or ())]
    before = held[[*who, time, *values]].assign(held=True)
    earlier = new[[*who, time, *values]].assign(held=False, **{time: new[time] + 1})
    references = pd.concat([before, earlier]).drop_duplicates([*who, time])
    paired: pd.DataFrame = new.merge(references, on=[*who, time], suffixes=("", "_before"))
    return paired


def _levels(rows: pd.DataFrame) -> list[str]:
    return [name for name in ("area_type", "sex") if name in rows]


def _same_lengths(new: pd.DataFrame, held: pd.DataFrame, *, where: str) -> None:
    known = set(held["period_end"] - held["period_start"])
    other = new[~(new["period_end"] - new["period_start"]).isin(known)]
    if not other.empty:
        row = other.iloc[0]
        level = ", ".join(str(row[name]) for name in _levels(new))
        raise SourceChanged(
            f"Period {row['period']} ({level}) is of another length than those held.",
            where=where,
            do="Look at the file: figures of other periods must not join the series.",
        )


def _sexes_in_place(pairs: pd.DataFrame, expected: Expected, *, where: str) -> None:
    """Women's figures minus men's keep their pattern over the areas from one period to the next (cosine 0.4 at least)."""
    if not {"sex", "area_code"} <= set(pairs):
        return
    columns = [expected.value, f"{expected.value}_before"]
    wide = pairs.pivot(index=["period", "area_code"], columns="sex", values=columns)
    now, before = (wide[name]["female"] - wide[name]["male"] for name in columns)
    for period, products in (now * before).dropna().groupby(level="period"):
        if len(products) >= _FEWEST_AREAS and products.sum() < 0:
            raise SourceChanged(
                f"Women's and men's figures of {period} are the wrong way round: where women had more years, men do now.",
                where=where,
                do="The sexes may have been swapped. Look at the file.",
            )


def _no_jump(pairs: pd.DataFrame, expected: Expected, *, where: str) -> None:
    value, before = pairs[expected.value], pairs[f"{expected.value}_before"]
    allowed = pd.Series(expected.least_years, index=pairs.index)
    if expected.limits:
        lower, upper = (pairs[f"{name}_before"] for name in expected.limits)
        widths = np.where(pairs["held"], _WIDTHS_TO_REVISION, _WIDTHS_TO_NEXT_PERIOD)
        allowed = allowed.clip(lower=((upper - lower) * widths).fillna(0))
    absurd = pairs[(value - before).abs() > np.minimum(allowed, expected.largest_share * before.abs())]
    if not absurd.empty:
        row = absurd.iloc[(absurd[expected.value] - absurd[f"{expected.value}_before"]).abs().argmax()]
        place = ", ".join(
            str(row[name]) for name in ("area_name", "imd_decile", "sex", "period", "year") if name in row
        )
        raise SourceChanged(
            f"{expected.value} jumps from {row[f'{expected.value}_before']:g} to {row[expected.value]:g} ({place}); "
            f"{len(absurd)} such change(s).",
            where=where,
            do="No figure has ever changed so much at once. A digit may be wrong: look at the publisher's page.",
        )


def _same_widths(pairs: pd.DataFrame, limits: tuple[str, str], *, where: str) -> None:
    lower, upper = limits
    widths = pairs.assign(now=pairs[upper] - pairs[lower], before=pairs[f"{upper}_before"] - pairs[f"{lower}_before"])
    typical = widths.groupby([*_levels(pairs), "period"])[["now", "before"]].median()
    change = (typical["now"] - typical["before"]).abs()
    other = typical[change > (_LARGEST_CHANGE_OF_WIDTHS * typical["before"]).clip(lower=_LEAST_CHANGE_OF_WIDTHS_YEARS)]
    if not other.empty:
        level = ", ".join(str(part) for part in other.index[0])
        raise SourceChanged(
            f"Intervals are {other['now'].iloc[0]:.2f} years wide where they were {other['before'].iloc[0]:.2f} ({level}).",
            where=where,
            do="They may be of another level of confidence than 95%, or standard errors. Look at the file.",
        )
