"""What new figures may not do to those held: lose an area, a period or a sex, or change beyond belief."""

import pandas as pd

from pipeline import succession
from pipeline.areas import AREA_TYPES, NATION_TYPES, area_type_of
from pipeline.errors import SourceChanged
from pipeline.periods import parse_period
from pipeline.sources import Release, Source
from pipeline.tables import Table

_VALUES = {"hle": "hle_years", "nations": "hle_years", "life_expectancy": "le_years", "income": "gdhi_per_head_gbp"}
"""Tables whose figures are compared with those held -> the column compared."""
_LARGEST_TYPICAL_CHANGE = 0.15
"""Share by which the typical figure may differ from the one held; a change of unit differs by far more."""
_RUNBOOK = "See the part on code changes in docs/updating-the-data.md."


def nothing_lost(source: Source, table: Table, new: pd.DataFrame, held: pd.DataFrame, *, where: str) -> None:
    """Refuse new figures that lose what the latest held of the same source have, or differ from them beyond belief.

    Raises:
        SourceChanged: naming what is lost or changed.
    """
    if "area_code" in new:
        _no_area_lost(source, new, held, where=where)
    if "area_name" in new:
        _no_name_moved(new, held, where=where)
    if "period_start" in new and "period" in table.key:
        _no_period_lost(new, held, where=where)
    if table.name in _VALUES:
        _same_scale(table, new, held, _VALUES[table.name], where=where)


def _no_area_lost(source: Source, new: pd.DataFrame, held: pd.DataFrame, *, where: str) -> None:
    names = _names(held) | _names(new)
    gone = set(held["area_code"]) - set(new["area_code"])
    lost = sorted(gone - succession.explained(gone, set(new["area_code"])))
    unknown = sorted(set(new["area_code"]) - set(held["area_code"]))
    if lost:
        instead = f" Instead there is {_listed(unknown, names)}." if unknown else ""
        became = succession.in_words(lost)
        raise SourceChanged(
            f"{len(lost)} area(s) are missing: {_listed(lost, names)}.{instead}"
            f"{f' Not all that follow are there: {became}.' if became else ''}",
            where=where,
            do="If ONS has replaced a code, or an area was split or merged, add a row to pipeline/sources/succession.csv. "
            f"{_RUNBOOK}",
        )
    counted = [code for code in unknown if _level_of(code) in dict(source.areas) and not succession.newly_formed(code)]
    if counted:
        raise SourceChanged(
            f"{len(counted)} area(s) are unknown: {_listed(counted, names)}.",
            where=where,
            do=f"Expected the areas held. If ONS has created an area, add a row to pipeline/sources/succession.csv. {_RUNBOOK}",
        )


def _no_name_moved(new: pd.DataFrame, held: pd.DataFrame, *, where: str) -> None:
    """Refuse a name that is held for another code of the same level: two areas may have been swapped."""
    names = _names(held)
    code_of = {(_level_of(code), name): code for code, name in names.items()}
    for code, name in _names(new).items():
        other = code_of.get((_level_of(code), name), code)
        if other != code and code in names:
            raise SourceChanged(
                f"{code} is named {name}, the name held for {other}; held for {code} is {names[code]}.",
                where=where,
                do=f"Two areas may have been swapped. Look at the file. {_RUNBOOK}",
            )


def _no_period_lost(new: pd.DataFrame, held: pd.DataFrame, *, where: str) -> None:
    lost = sorted(set(held["period"]) - set(new["period"]))
    if lost:
        raise SourceChanged(
            f"{len(lost)} period(s) are missing: {', '.join(lost)}.",
            where=where,
            do="Figures that were published should not go. Look at the publisher's page for a notice.",
        )


def _same_scale(table: Table, new: pd.DataFrame, held: pd.DataFrame, value: str, *, where: str) -> None:
    key = [name for name in table.key if name != "release"]
    both = new.merge(held, on=key, suffixes=("_new", "_held"))
    if both.empty:
        return
    change = (both[f"{value}_new"] / both[f"{value}_held"] - 1).abs().median()
    if change > _LARGEST_TYPICAL_CHANGE:
        raise SourceChanged(
            f"{value} differs by {change:.0%} from the figures held, typically.",
            where=where,
            do="The unit may have changed. Figures in another unit must not be taken in as they are.",
        )
    together = both[f"{value}_new"].rank().corr(both[f"{value}_held"].rank())
    if together < 0.5:
        raise SourceChanged(
            f"{value} is high where it was low (rank correlation with the figures held {together:.2f}).",
            where=where,
            do="The polarity may be reversed, or figures are against the wrong areas.",
        )


def nothing_newer(new: pd.DataFrame, release: Release, *, where: str) -> None:
    """Refuse a newer release under the date of an older one: its address has come to hold the next publication.

    Raises:
        SourceChanged: naming the newest period and what to add.
    """
    if not release.last_period or new.empty:
        return
    newest = str(new.sort_values("period_end")["period"].iloc[-1])
    if parse_period(newest) > parse_period(release.last_period):
        raise SourceChanged(
            f"The address now holds a newer release: it goes to {newest}, that of {release.date} to {release.last_period}.",
            where=where,
            do=f'Add Release(date=…, last_period="{newest}", …) to the source in pipeline/sources and fetch again.',
        )


def nothing_yet_to_come(new: pd.DataFrame, release: str, *, where: str) -> None:
    """Refuse a period that ends after the year of the release.

    Raises:
        SourceChanged: naming the period.
    """
    if "period_end" not in new:
        return
    late = new[new["period_end"] > int(release[:4])]
    if not late.empty:
        row = late.iloc[0]
        raise SourceChanged(
            f"Period {row.get('period', row['period_end'])} has not ended by the release of {release}.",
            where=where,
            do="Look at the file: a year may be mistyped, or the figures are a projection.",
        )


def enough_areas(source: Source, new: pd.DataFrame, *, where: str) -> None:
    """Refuse figures in which a level has another number of areas than the source is known to bring, for each sex.

    Raises:
        SourceChanged: naming the level and the number.
    """
    if "area_code" not in new:
        return
    parts = new.groupby("sex") if "sex" in new else [("", new)]
    for sex, rows in parts:
        codes = pd.Series(sorted(succession.as_counted(rows["area_code"].unique())))
        for area_type, expected in source.areas:
            found = int((codes.map(_level_of) == area_type).sum())
            if found != expected:
                raise SourceChanged(
                    f"Expected {expected} areas of level {area_type}{f' for sex {sex!s}' if sex else ''}, found {found}.",
                    where=where,
                    do=f"Areas may be missing, or have been created or abolished. {_RUNBOOK}",
                )


def _level_of(code: str) -> str:
    return area_type_of(code, {**AREA_TYPES, **NATION_TYPES})


def _names(frame: pd.DataFrame) -> dict[str, str]:
    if "area_name" not in frame:
        return {}
    return dict(zip(frame["area_code"], frame["area_name"], strict=True))


def _listed(codes: list[str], names: dict[str, str]) -> str:
    shown = [f"{code} {names.get(code, '')}".strip() for code in codes[:5]]
    return ", ".join(shown) + (f" and {len(codes) - 5} more" if len(codes) > 5 else "")
