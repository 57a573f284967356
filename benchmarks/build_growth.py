"""How long the build takes, stage by stage, and how its stages grow with the figures."""

import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pandas as pd

from benchmarks.measured import Part, Row
from benchmarks.servers import ROOT
from pipeline import build, store
from pipeline.assemble.areas import all_areas
from pipeline.assemble.places import spread
from pipeline.contracts import check
from pipeline.geography.boundaries import boundary_files, simplified_layers
from pipeline.measures.gap import gaps as gap_measures
from pipeline.tables import PROCESSED, RAW

RAW_FOLDER = ROOT / "data" / "raw"
TIMES = (1, 10, 100)
YEARS_OF_ONE_SERIES = 12

Result = TypeVar("Result")


def measure() -> Part:
    """Measure the whole build, its stages, and their growth."""
    part = Part(
        "build",
        "Build",
        "The whole build into an empty folder, and its stages. Growth: table hle with 10 and 100 times as many releases "
        "(longer), areas (wider) or periods; the ratio is to as many times the time at its present size, so 1 is "
        "linear and less is better.",
    )
    part.rows += _whole_build()
    part.rows += _growth()
    return part


def _whole_build() -> list[Row]:
    rows = []

    def stage(what: str, work: Callable[[], Result]) -> Result:
        seconds, result = _timed(work)
        rows.append(Row(what=what, value=seconds, unit="s"))
        return result

    raw = stage("read and check data/raw", lambda: build.read_raw(RAW_FOLDER))
    tables = stage("compute all tables", lambda: build.compute(raw))
    held = [name for name in PROCESSED if name in tables]
    stage("check the tables", lambda: [check(PROCESSED[name], tables[name], where=name) for name in held])
    stage("write the tables as text", lambda: [store.csv_text(PROCESSED[name], tables[name]) for name in held])
    newest = build.newest_file(RAW_FOLDER / "boundaries", "*.topojson")
    stage("simplify the boundaries", lambda: boundary_files(simplified_layers(newest)))
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder)
        seconds, _ = _timed(lambda: build.build(RAW_FOLDER, target / "data", target / "docs", target / "static"))
    return [Row(what="whole build", value=seconds, unit="s", at_most=10), *rows]


def _growth() -> list[Row]:
    raw = {
        name: build.newest(table) if "release" in table else table for name, table in build.read_raw(RAW_FOLDER).items()
    }
    hle, areas = raw["hle"], all_areas(raw["lookup"], raw["hle"])

    def gaps(times: int) -> Callable[[], object]:
        longer = more_periods(hle, times)
        return lambda: gap_measures.gaps(
            hle=longer, income=raw["income"], deprivation=raw["deprivation"], areas=areas, deciles=raw["hle_deciles"]
        )

    def spreads(times: int) -> Callable[[], object]:
        longer = more_periods(hle, times)
        return lambda: spread(hle=longer)

    def written(times: int) -> Callable[[], object]:
        longer = more_releases(hle, times)
        return lambda: store.csv_text(RAW["hle"], longer)

    def checked_long(times: int) -> Callable[[], object]:
        longer = more_releases(hle, times)
        return lambda: check(RAW["hle"], longer, where="benchmark")

    def checked_wide(times: int) -> Callable[[], object]:
        wider = more_areas(hle, times)
        return lambda: check(RAW["hle"], wider, where="benchmark")

    return [
        *_grown("check hle, longer", checked_long),
        *_grown("check hle, wider", checked_wide),
        *_grown("write hle, longer", written),
        *_grown("gaps by every definition, more periods", gaps),
        *_grown("spread over authorities, more periods", spreads),
    ]


def _grown(what: str, prepared: Callable[[int], Callable[[], object]]) -> list[Row]:
    rows, at_present = [], 0.0
    for times in TIMES:
        work = prepared(times)
        seconds = min(_timed(work)[0] for _ in range(3 if times == 1 else 1))
        at_present = at_present or seconds
        rows.append(
            Row(
                what=f"{what}, {times} times",
                value=seconds,
                unit="s",
                reference=at_present * times,
                at_most=None if times == 1 else 1.1,
                limit_on_ratio=times > 1,
            )
        )
    return rows


def more_releases(hle: pd.DataFrame, times: int) -> pd.DataFrame:
    """Return the table as if so many releases were held."""
    dates = [f"{1900 + number:04d}-01-01" for number in range(times)]
    return pd.concat([hle.assign(release=date) for date in dates], ignore_index=True)


def more_areas(hle: pd.DataFrame, times: int) -> pd.DataFrame:
    """Return the table as if there were so many times as many areas of each level."""
    copies = []
    for number in range(times):
        codes = hle["area_code"].str[:3] + (hle["area_code"].str[3:].astype(int) + 1000 * number).astype(str).str.zfill(
            6
        )
        copies.append(hle.assign(area_code=codes))
    return pd.concat(copies, ignore_index=True)


def more_periods(hle: pd.DataFrame, times: int) -> pd.DataFrame:
    """Return the table as if the series were so many times as long."""
    copies = []
    for number in range(times):
        later = YEARS_OF_ONE_SERIES * number
        start, end = hle["period_start"] + later, hle["period_end"] + later
        period = start.astype(str) + " to " + end.astype(str)
        copies.append(hle.assign(period_start=start, period_end=end, period=period))
    return pd.concat(copies, ignore_index=True)


def _timed(work: Callable[[], Result]) -> tuple[float, Result]:
    begun = time.perf_counter()
    result = work()
    return time.perf_counter() - begun, result
