"""Checks everything that is held: contracts, checksums, and one source against another."""

import json
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from pipeline import store
from pipeline.areas import area_type_of
from pipeline.errors import ContractBroken, NotBuilt, PipelineError
from pipeline.intake import guard, lock
from pipeline.processed import PACKAGE, Tables
from pipeline.read.boundaries import read_layer
from pipeline.read.topology import LAYERS, number_as_counted
from pipeline.sources import SOURCES, Source
from pipeline.tables import SECOND


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """One source against the first source of the same figures."""

    source: Source
    cells: int
    """How many figures both have."""
    differences: tuple[str, ...]
    """Figures that differ by more than the tolerance of the two, in words, largest first."""
    areas: tuple[str, ...] = ()
    """Areas that only one of the two has, in words."""


def problems(raw_folder: Path) -> list[PipelineError]:
    """Everything that is wrong with what is held: contracts, areas, checksums, files without a lock entry."""
    found: list[PipelineError] = []
    entries = lock.read(raw_folder)
    files = {
        path.relative_to(raw_folder).as_posix()
        for path in raw_folder.rglob("*")
        if path.suffix in (".csv", ".topojson")
    }
    for name in sorted(files | set(entries)):
        try:
            _check_file(raw_folder, name, entries.get(name))
        except PipelineError as error:
            found.append(error)
    return found


def mixture(processed_folder: Path) -> list[PipelineError]:
    """What is wrong with the processed tables, where there are any: files that are not those of one build."""
    if not (processed_folder / PACKAGE).is_file():
        return []
    try:
        Tables.open_whole(processed_folder)
    except NotBuilt as error:
        return [error]
    return []


def _check_file(raw_folder: Path, name: str, entry: lock.Entry | None) -> None:
    path = raw_folder / name
    if entry is None:
        raise ContractBroken(
            "The lock does not say where this file came from.",
            where=f"data/raw/{name}",
            do="Remove the file, or bring it in with `python -m pipeline fetch` or `adopt`.",
        )
    source = SOURCES.get(entry.source)
    if source is None:
        raise ContractBroken(
            f"The lock names a source that is not there: {entry.source}.", where=f"data/raw/{name}", do="Remove both."
        )
    if source.table == "boundaries":
        _check_boundaries(path, source)
    else:
        frame = store.read(source.contract, path)
        guard.enough_areas(source, frame, where=f"data/raw/{name}")
    if lock.sha256(path.read_bytes()) != entry.table_sha256:
        raise ContractBroken(
            "The file is not the one that the lock vouches for: somebody has changed it.",
            where=f"data/raw/{name}",
            do="Restore it from version control, or fetch it again.",
        )


def _check_boundaries(path: Path, source: Source) -> None:
    try:
        objects = json.loads(path.read_text(encoding="utf-8"))["objects"]
        counts = {level: number_as_counted(objects[layer]["geometries"]) for level, layer in LAYERS.items()}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ContractBroken(
            f"The boundaries cannot be read: {error}.", where=path.name, do="Restore the file from version control."
        ) from None
    for area_type, expected in source.areas:
        if counts[area_type] != expected:
            raise ContractBroken(
                f"Expected boundaries of {expected} areas of level {area_type}, found {counts[area_type]}.",
                where=path.name,
                do="Restore the file from version control.",
            )


def comparisons(raw_folder: Path, processed_folder: Path) -> list[Comparison]:
    """Compare every second source that is held with the first source of the same figures.

    Raises:
        ContractBroken: a table that is held breaks its contract.
    """
    found = []
    for name, entry in lock.read(raw_folder).items():
        source = SOURCES.get(entry.source)
        if source is None or source.role != "second":
            continue
        second = store.read(SECOND[source.table], raw_folder / name)
        first = first_figures(source, entry.release, raw_folder, processed_folder)
        if first is not None:
            found.append(_compared(source, first, second))
    return found


def first_figures(source: Source, release: str, raw_folder: Path, processed_folder: Path) -> pd.DataFrame | None:
    """The figures that a second source is compared with, in its columns; None where they are not held."""
    if source.table == "slope_published":
        path = processed_folder / "gaps.csv"
        if not path.is_file():
            return None
        gaps = pd.read_csv(path)
        slope = gaps[gaps["definition"] == "slope-deciles"]
        return slope.rename(columns={"gap_years": "sii_years"})[["sex", "period", "sii_years"]]
    if source.table == "boundary_extents":
        return _extents(raw_folder)
    folder = raw_folder / {"deprivation_published": "deprivation"}.get(source.table, source.table)
    same = folder / f"{release}.csv"
    files = [same] if same.is_file() else sorted(folder.glob("*.csv"))[-1:]
    return pd.read_csv(files[0]) if files else None


def _extents(raw_folder: Path) -> pd.DataFrame | None:
    files = sorted((raw_folder / "boundaries").glob("*.topojson"))
    if not files:
        return None
    boxes = pd.concat([read_layer(files[-1], area_type).bounds for area_type in LAYERS])
    sides = {"minx": "west", "miny": "south", "maxx": "east", "maxy": "north"}
    extents: pd.DataFrame = boxes.rename(columns=sides).reset_index(names="area_code")
    return extents


def _compared(source: Source, first: pd.DataFrame, second: pd.DataFrame) -> Comparison:
    table = SECOND[source.table]
    key = [name for name in table.key if name != "release" and name in first]
    values = [
        column.name
        for column in table.columns
        if column.kind in ("number", "integer")
        and column.name in first
        and column.name not in ("period_start", "period_end")
    ]
    both = first[key + values].merge(second[key + values], on=key, suffixes=("_first", "_second"))
    found = []
    cells = 0
    for value in values:
        pairs = both.dropna(subset=[f"{value}_first", f"{value}_second"])
        cells += len(pairs)
        gap = (pairs[f"{value}_second"] - pairs[f"{value}_first"]).abs()
        for index in gap[gap > source.tolerance(value)].index:
            row = pairs.loc[index]
            found.append(
                (
                    float(gap[index]),
                    f"{', '.join(str(row[k]) for k in key)}: {value} {row[f'{value}_first']:g}, "
                    f"{source.id} has {row[f'{value}_second']:g}",
                )
            )
    found.sort(key=lambda pair: (-pair[0], pair[1]))
    areas = _in_one_only(set(first["area_code"]), set(second["area_code"])) if "area_code" in key else ()
    return Comparison(source=source, cells=cells, differences=tuple(words for _, words in found), areas=areas)


def _in_one_only(first: set[str], second: set[str]) -> tuple[str, ...]:
    """Areas that only one of two sources has, of the levels that both have."""
    levels = {area_type_of(code) for code in first} & {area_type_of(code) for code in second}
    found = []
    for which, here, there in (("first", first, second), ("second", second, first)):
        lost = sorted(code for code in here - there if area_type_of(code) in levels)
        if lost:
            found.append(f"{len(lost)} area(s) only in the {which} source: {', '.join(lost[:10])}")
    return tuple(found)
