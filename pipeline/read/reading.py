"""What a reader hands back, and the checks that every reader makes on the way."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from pipeline.areas import area_type_of, code_in_force
from pipeline.errors import SourceChanged


@dataclass(frozen=True)
class Reading:
    """A tidy table made from a publisher's file, and what was met on the way."""

    frame: pd.DataFrame
    replaced_codes: Mapping[str, str] = field(default_factory=dict)
    """Codes that the file carries and that are no longer in force -> code in force."""


def columns_by_name(
    found: Sequence[str], spellings: Mapping[str, tuple[str, ...]], *, where: str, optional: tuple[str, ...] = ()
) -> dict[str, str]:
    """Return the publisher's column -> our column, accepting every known spelling and no other.

    Raises:
        SourceChanged: a column is missing, or there is one that we do not know.
    """
    known = {spelling: ours for ours, accepted in spellings.items() for spelling in accepted}
    renamed = {column: known[column] for column in found if column in known}
    missing = [ours for ours in spellings if ours not in renamed.values() and ours not in optional]
    unknown = [column for column in found if column not in known]
    if missing or unknown:
        wanted = "; ".join(" or ".join(spellings[ours]) for ours in missing)
        parts = [f"missing {wanted}" if missing else "", f"unknown {', '.join(unknown)}" if unknown else ""]
        raise SourceChanged(
            f"The columns have changed: {'; '.join(part for part in parts if part)}.",
            where=where,
            do=f"Expected {', '.join(accepted[0] for accepted in spellings.values())}; found {', '.join(found)}. If the "
            "publisher has renamed a column, add its new name to the reader.",
        )
    return renamed


def numbers(cells: pd.Series, rows: pd.DataFrame, *, where: str, missing: Sequence[str] = ("",)) -> pd.Series:
    """Return text cells as numbers; cells that stand for "not published" become NaN.

    Raises:
        SourceChanged: a cell is neither a number nor a known mark, naming the cell and its area.
    """
    text = cells.str.strip()
    values = pd.to_numeric(text, errors="coerce").astype("float64")
    wrong = values.isna() & ~text.isin(list(missing))
    if wrong.any():
        first = rows[wrong].iloc[0]
        place = ", ".join(str(first[name]) for name in ("area_name", "sex", "indicator", "period") if name in rows)
        hint = " A decimal comma?" if "," in str(text[wrong].iloc[0]) else ""
        raise SourceChanged(
            f"{int(wrong.sum())} cell(s) of {cells.name} hold no number, the first {text[wrong].iloc[0]!r}"
            f"{f' ({place})' if place else ''}.{hint}",
            where=where,
            do="The publisher may have suppressed figures or changed how it writes them. Look at the file; if the mark "
            "is a new way to say that nothing is published, add it to the reader.",
        )
    return values


def in_force(frame: pd.DataFrame) -> tuple[pd.DataFrame, dict[str, str]]:
    """Return the rows of areas that we use with codes in force, and which codes were replaced.

    Where a file carries the same figure under a replaced code and under its successor, the successor's row is kept.
    """
    ours = frame[frame["area_code"].map(area_type_of) != ""].copy()
    new_codes = ours["area_code"].map(code_in_force)
    renamed = new_codes != ours["area_code"]
    replaced = dict(sorted(zip(ours.loc[renamed, "area_code"], new_codes[renamed], strict=True)))
    ours["area_code"] = new_codes
    cell = [name for name in ("release", "area_code", "indicator", "sex", "period", "year") if name in ours]
    stands_twice = renamed & ours[cell].apply(tuple, axis=1).isin(
        set(ours.loc[~renamed, cell].itertuples(index=False, name=None))
    )
    return ours[~stands_twice].reset_index(drop=True), replaced
