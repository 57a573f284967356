"""The figures that the tests run on: frozen, so that a new release of the publishers breaks no test.

`tests/frozen/raw` is a copy of data/raw with its three largest tables thinned. Tables made from it are built once for
each state of the pipeline and kept under .cache/. Run this file (`make freeze`) after adding a table to data/raw: it
copies the files that are not there yet and leaves the others as they are.
"""

import hashlib
import os
import shutil
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pandas as pd

ROOT = Path(__file__).resolve().parents[1]
FROZEN = ROOT / "tests" / "frozen" / "raw"
BUILT = ROOT / ".cache" / "frozen"
A_DAY = 24 * 60 * 60


def use() -> None:
    """Point this process, and those it starts, at the frozen figures, or at those that DATA_FOLDER names already.

    Builds the tables of the frozen figures where needed. To be called before the pipeline is imported, which reads the setting
    once.
    """
    if os.environ.get("DATA_FOLDER"):
        return
    folder = BUILT / state()
    os.environ["DATA_FOLDER"] = str(folder)
    if folder.is_dir():
        return
    for old in BUILT.glob("*"):
        if time.time() - old.stat().st_mtime > A_DAY:
            shutil.rmtree(old, ignore_errors=True)
    part = Path(f"{folder}.{os.getpid()}")
    shutil.copytree(FROZEN, part / "raw")
    build(part)
    if folder.is_dir():  # another run was quicker
        shutil.rmtree(part)
    else:
        part.replace(folder)


def state() -> str:
    """Tell apart the states of the code and the frozen figures that decide what a build gives."""
    digest = hashlib.sha256()
    files = [path for path in (ROOT / "pipeline").rglob("*") if path.suffix in {".py", ".csv"}]
    for path in sorted([*files, *(path for path in FROZEN.rglob("*") if path.is_file())]):
        digest.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def build(folder: Path) -> None:
    """Make `processed` beside `raw`."""
    from pipeline.build import build as make

    make(folder / "raw", folder / "processed", folder / "docs", folder / "static")


def first_and_last_periods(frame: pd.DataFrame) -> pd.DataFrame:
    """Keep each indicator's first period since 2011 and its last two."""
    recent = frame[frame["period_start"] >= "2011"]
    rank = recent.groupby("indicator")["period_start"].rank("dense")
    count = recent.groupby("indicator")["period_start"].transform("nunique")
    return recent[(rank == 1) | (rank >= count - 1)]


def every_third_small_area(frame: pd.DataFrame) -> pd.DataFrame:
    """Keep the most deprived small area of each district and decile, and every third after it."""
    score = frame["imd_score"].astype(float)
    return frame[score.groupby([frame["district_code"], frame["imd_decile"]]).rank("first", ascending=False) % 3 == 1]


def since_2011(frame: pd.DataFrame) -> pd.DataFrame:
    """Keep the years that the gap is measured in."""
    return frame[frame["year"].astype(int) >= 2011]


THINNED: dict[str, Callable[[pd.DataFrame], pd.DataFrame]] = {
    "building_blocks": first_and_last_periods,
    "deprivation_lsoa": every_third_small_area,
    "income": since_2011,
}


def freeze(raw_folder: Path) -> list[str]:
    """Copy the files of `raw_folder` that are not frozen yet, thinned where they are large; return their names."""
    from pipeline import store
    from pipeline.intake import lock

    entries, frozen = lock.read(raw_folder), lock.read(FROZEN)
    new = [name for name in entries if not (FROZEN / name).exists()]
    for name in new:
        target = FROZEN / name
        target.parent.mkdir(parents=True, exist_ok=True)
        thin = THINNED.get(name.split("/", maxsplit=1)[0])
        if thin is None:
            shutil.copy(raw_folder / name, target)
        else:
            kept = thin(pd.read_csv(raw_folder / name, dtype=str, keep_default_na=False))
            kept.to_csv(target, index=False, lineterminator="\n")
        frozen[name] = replace(entries[name], table_sha256=lock.sha256(target.read_bytes()))
    store.write_text(lock.text_of(dict(sorted(frozen.items()))), FROZEN / lock.NAME)
    return new


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))  # run as a file
    sys.stdout.write("\n".join(freeze(ROOT / "data" / "raw")) or "Nothing new to freeze." + "\n")
