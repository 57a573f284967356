"""What changed between two tables of figures: periods, areas and codes gained or lost, and the largest revisions."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from pipeline.succession import in_words
from pipeline.tables import Table

_ROUNDING = 0.0501
_NOT_VALUES = ("period_start", "period_end", "release", "survivors", "deaths")


@dataclass(frozen=True, kw_only=True)
class Revision:
    """One figure that the publisher has changed."""

    what: str
    """The row, in words: "Rutland, male, 2018 to 2020"."""
    column: str
    before: float
    after: float

    @property
    def change(self) -> float:
        """After minus before, in the column's unit."""
        return self.after - self.before


@dataclass(frozen=True, kw_only=True)
class TableChange:
    """What changed in one table."""

    table: str
    releases: tuple[str, str]
    """Newest release before and after; empty where a table has none."""
    rows: tuple[int, int]
    periods_gained: tuple[str, ...]
    periods_lost: tuple[str, ...]
    areas_gained: tuple[str, ...]
    """In words: "E47000001 Greater Manchester"."""
    areas_lost: tuple[str, ...]
    split_or_merged: str
    """What became of areas lost that were split or merged, in words; empty where there are none."""
    codes_changed: tuple[tuple[str, str, str], ...]
    """(code before, code after, name)."""
    names_changed: tuple[tuple[str, str, str], ...]
    """(code, name before, name after)."""
    figures_compared: int
    figures_revised: int
    beyond_rounding: int
    """How many of them changed by more than 0.05, which rounding to one decimal can explain."""
    largest: tuple[Revision, ...]

    @property
    def is_empty(self) -> bool:
        """True where nothing at all changed."""
        return (
            self.releases[0] == self.releases[1]
            and self.rows[0] == self.rows[1]
            and not self.figures_revised
            and not any(
                (
                    self.periods_gained,
                    self.periods_lost,
                    self.areas_gained,
                    self.areas_lost,
                    self.codes_changed,
                    self.names_changed,
                )
            )
        )


def table_change(
    table: Table,
    before: pd.DataFrame,
    after: pd.DataFrame,
    *,
    replaced_before: Mapping[str, str],
    replaced_after: Mapping[str, str],
    names: Mapping[str, str],
    most: int = 5,
) -> TableChange:
    """What changed from one state of a table to another; both carry codes in force.

    `replaced_before` and `replaced_after` map codes that the publisher's file carried although replaced to the code in
    force; `names` maps area codes to names; `most` of the largest revisions are named.
    """
    key = [name for name in table.key if name != "release"]
    changed = {old: new for old, new in replaced_before.items() if old not in replaced_after}
    revisions = _revisions(table, before, after, key, names)
    revised = sorted((r for r in revisions if r.before != r.after), key=lambda r: (-abs(r.change), r.what, r.column))
    area = "area_code" if "area_code" in table.column_names else ""
    period = next((name for name in ("period", "year") if name in table.column_names), "")

    def gone(column: str, first: pd.DataFrame, second: pd.DataFrame) -> tuple[str, ...]:
        left = set(first[column].astype(str)) - set(second[column].astype(str)) if column else set()
        return tuple(f"{code} {names.get(code, '')}".strip() for code in sorted(left))

    return TableChange(
        table=table.name,
        releases=(_newest(before), _newest(after)),
        rows=(len(before), len(after)),
        periods_gained=gone(period, after, before),
        periods_lost=gone(period, before, after),
        areas_gained=gone(area, after, before),
        areas_lost=gone(area, before, after),
        split_or_merged=in_words(set(before[area]) - set(after[area])) if area else "",
        codes_changed=tuple((old, new, names.get(new, "")) for old, new in sorted(changed.items())),
        names_changed=_names_changed(before, after),
        figures_compared=len(revisions),
        figures_revised=len(revised),
        beyond_rounding=sum(abs(revision.change) > _ROUNDING for revision in revised),
        largest=tuple(_largest(revised, most)),
    )


def _names_changed(before: pd.DataFrame, after: pd.DataFrame) -> tuple[tuple[str, str, str], ...]:
    if "area_name" not in before or "area_name" not in after:
        return ()
    then, now = (frame.drop_duplicates("area_code").set_index("area_code")["area_name"] for frame in (before, after))
    both = sorted(set(then.index) & set(now.index))
    return tuple((code, then[code], now[code]) for code in both if then[code] != now[code])


def _revisions(
    table: Table, before: pd.DataFrame, after: pd.DataFrame, key: list[str], names: Mapping[str, str]
) -> list[Revision]:
    values = [
        column.name
        for column in table.columns
        if column.kind in ("number", "integer") and column.name not in (*key, *_NOT_VALUES)
    ]
    both = before[key + values].merge(after[key + values], on=key, suffixes=("_before", "_after"))
    found = []
    for name in values:
        pairs = both[[*key, f"{name}_before", f"{name}_after"]].dropna()
        for *row, old, new in pairs.itertuples(index=False, name=None):
            found.append((row, name, float(old), float(new)))
    return [
        Revision(what=", ".join(names.get(str(part), str(part)) for part in row), column=name, before=old, after=new)
        for row, name, old, new in found
    ]


def _largest(revised: list[Revision], most: int) -> list[Revision]:
    """The largest revisions of the estimates themselves, those of limits only where there are no others."""
    estimates = [revision for revision in revised if not revision.column.endswith(("_lci_95", "_uci_95"))]
    estimates = [revision for revision in estimates if revision.column not in ("lci_95", "uci_95")]
    return (estimates or revised)[:most]


def _newest(frame: pd.DataFrame) -> str:
    return str(frame["release"].max()) if "release" in frame else ""
