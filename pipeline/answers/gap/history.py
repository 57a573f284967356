"""The past of a gap, made ready once: what the rows of table `gaps` say before any question is asked of them."""

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import pandas as pd

from pipeline.errors import UsageError
from pipeline.measures.gap.difference import FloatArray, interval_from_standard_error
from pipeline.measures.trend.rolling import mid_point
from pipeline.remembered import remembered


@dataclass(frozen=True, eq=False)
class History:
    """Every period held of one definition and sex, oldest first. Read it only: all who ask share it."""

    rows: pd.DataFrame
    """Rows of table `gaps`, with mid_point and the 95% limits of both ends added; NaN where none are published."""

    @cached_property
    def records(self) -> list[dict[str, Any]]:
        """The rows one by one: column -> value."""
        return [{str(name): value for name, value in row.items()} for row in self.rows.to_dict("records")]

    @cached_property
    def numbers(self) -> dict[str, FloatArray]:
        """The columns of numbers: name -> one value per period."""
        return {str(name): column.to_numpy(dtype=float) for name, column in self.rows.select_dtypes("number").items()}

    @cached_property
    def periods(self) -> list[str]:
        """Labels of the periods."""
        return [str(row["period"]) for row in self.records]


def history(gaps: pd.DataFrame, definition_id: str, sex: str) -> History:
    """Return the past of the gap for one definition and sex (as `histories`).

    Raises:
        UsageError: the table has no figures for them.
    """
    found = histories(gaps, sex).get(definition_id)
    if found is None:
        raise UsageError(
            f"There is no gap '{definition_id}' for sex '{sex}'.", do="Choose one that table `gaps` holds."
        )
    return found


@remembered(8)
def histories(gaps: pd.DataFrame, sex: str) -> dict[str, History]:
    """Return the past of the gap under every definition that has figures: definition id -> periods of one sex.

    Args:
        gaps: table `gaps`; made ready once, so it must not be changed in place afterwards.
        sex: "female" or "male".
    """
    rows = gaps[gaps["sex"] == sex].sort_values(["definition", "period_start"])
    rows = rows.assign(mid_point=mid_point(rows["period_start"], rows["period_end"]))
    for side in ("better_off", "worse_off"):
        lower, upper = interval_from_standard_error(rows[f"{side}_years"], rows[f"{side}_se"])
        rows = rows.assign(**{f"{side}_lci_95": lower, f"{side}_uci_95": upper})
    return {str(name): History(own.reset_index(drop=True)) for name, own in rows.groupby("definition")}


@lru_cache(maxsize=512)
def split(past: History, position: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the rows before a position, and those from it on."""
    return past.rows.iloc[:position].reset_index(drop=True), past.rows.iloc[position:].reset_index(drop=True)
