"""What new figures may not do to those held: lose an area, a period or a sex, move a name, or change beyond belief."""

from collections.abc import Mapping

import pandas as pd

from pipeline import succession
from pipeline.areas import AREA_TYPES, NATION_TYPES, area_type_of, spelt_alike
from pipeline.errors import SourceChanged
from pipeline.intake.belief import believable
from pipeline.periods import parse_period
from pipeline.sources import Release, Source
from pipeline.tables import Table

_VALUES = {
    "hle": "hle_years",
    "nations": "hle_years",
    "life_expectancy": "le_years",
    "income": "gdhi_per_head_gbp",
    "hle_deciles": "hle_years",
    "building_blocks": "value",
}
"""Tables whose figures are compared with those held -> the column compared."""
_LARGEST_TYPICAL_CHANGE = 0.15
"""Share by which the typical figure may differ from the one held; a change of unit differs by far more."""
_NAMED = (
    ("area_code", "area_name"),
    ("nation_code", "nation_name"),
    ("district_code", "district_name"),
    ("combined_authority_code", "combined_authority_name"),
)
"""Columns of codes, each with the column of their names."""
_RUNBOOK = "See the part on code changes in docs/updating-the-data.md."


def nothing_lost(source: Source, table: Table, new: pd.DataFrame, held: pd.DataFrame, *, where: str) -> None:
    """Refuse new figures that lose what the latest held of the same source have, or differ from them beyond belief.

    Raises:
        SourceChanged: naming what is lost or changed.
    """
    areas = [rows.rename(columns={"nation_code": "area_code", "nation_name": "area_name"}) for rows in (new, held)]
    if "area_code" in areas[0]:
        no_area_lost(source, *areas, where=where)
    if "lsoa_code" in table.key:
        _no_small_area_lost(new, held, where=where)
    for time in ("period", "year"):
        if time in table.key:
            _no_period_lost(table, new, held, time, where=where)
    if table.name in _VALUES:
        _same_scale(table, new, held, _VALUES[table.name], where=where)
    believable(table.name, new, held, where=where)


def no_area_lost(source: Source, new: pd.DataFrame, held: pd.DataFrame, *, where: str) -> None:
    """Refuse figures without an area that is held, or with one more of a level whose areas are counted.

    Raises:
        SourceChanged: naming the areas and those found instead.
    """
    names = names_of(held) | names_of(new)
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


def _no_small_area_lost(new: pd.DataFrame, held: pd.DataFrame, *, where: str) -> None:
    lost = held[~held["lsoa_code"].isin(new["lsoa_code"])]
    if not lost.empty:
        of_districts = [f"{code} ({count:,})" for code, count in lost["district_code"].value_counts().items()]
        raise SourceChanged(
            f"{len(lost):,} small area(s) are missing: {', '.join(of_districts[:5])}"
            f"{f' and {len(of_districts) - 5} more district(s)' if len(of_districts) > 5 else ''}.",
            where=where,
            do="The file may have been cut short. Small areas change only with a census: look at the publisher's page.",
        )


def names_in_place(new: pd.DataFrame, known: Mapping[str, str], *, where: str) -> None:
    """Refuse a name that is known for another code of the same level: two areas may have been swapped.

    Raises:
        SourceChanged: naming both codes.
    """
    code_of = {_named(code, name): code for code, name in known.items()}
    for code, name in names_of(new).items():
        other = code_of.get(_named(code, name), code)
        if other != code and code in known:
            raise SourceChanged(
                f"{code} is named {name}, the name held for {other}; held for {code} is {known[code]}.",
                where=where,
                do=f"Two areas may have been swapped. Look at the file. {_RUNBOOK}",
            )


def worth_noting(new: pd.DataFrame, held: pd.DataFrame) -> tuple[str, ...]:
    """Lines on what is allowed but should not pass unnoticed: areas that are new, areas with a new name."""
    if "area_code" not in new:
        return ()
    before, now = names_of(held), names_of(new)
    added = sorted(set(new["area_code"]) - set(held["area_code"]))
    both = sorted(set(now) & set(before))
    renamed = [f"renamed: {code} {before[code]} -> {now[code]}" for code in both if now[code] != before[code]]
    return (*([f"new area(s): {_listed(added, now)}"] if added else []), *renamed)


def names_of(frame: pd.DataFrame) -> dict[str, str]:
    """Code -> name of every area, district and combined authority of a table; empty where it holds no names."""
    found: dict[str, str] = {}
    for code, name in _NAMED:
        if {code, name} <= set(frame):
            known = frame[[code, name]].dropna().drop_duplicates()
            found |= dict(known.itertuples(index=False, name=None))
    return found


def _no_period_lost(table: Table, new: pd.DataFrame, held: pd.DataFrame, time: str, *, where: str) -> None:
    # a table of several indicators loses a period of one of them
    what = ["indicator", time] if "indicator" in table.key else [time]
    lost = sorted(
        set(held[what].itertuples(index=False, name=None)) - set(new[what].itertuples(index=False, name=None))
    )
    if lost:
        raise SourceChanged(
            f"{len(lost)} period(s) are missing: {', '.join(' '.join(map(str, one)) for one in lost[:5])}.",
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


def _named(code: str, name: str) -> tuple[str, str]:
    """Level and name; England is a nation among nations."""
    level = _level_of(code)
    return "nation" if level == "country" else level, spelt_alike(name)


def _level_of(code: str) -> str:
    return area_type_of(code, {**AREA_TYPES, **NATION_TYPES}) or code[:3]


def _listed(codes: list[str], names: dict[str, str]) -> str:
    shown = [f"{code} {names.get(code, '')}".strip() for code in codes[:5]]
    return ", ".join(shown) + (f" and {len(codes) - 5} more" if len(codes) > 5 else "")
