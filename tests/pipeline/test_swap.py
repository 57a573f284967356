"""Files written together are all written or none, whichever write fails and whenever the program is killed."""

import errno
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from click.testing import CliRunner
from publisher import tree

from charts.export.cli import main as chart_commands
from pipeline import store, swap
from pipeline.cli import main as pipeline_commands
from pipeline.errors import NotBuilt, StorageFailed
from pipeline.intake import lock
from pipeline.plain_words import INTERRUPTED
from pipeline.processed import Tables

PLACES = ["processed/gaps.csv", "processed/trends.csv", "static/boundaries/region.geojson", "docs/new/dictionary.md"]
OLD = dict.fromkeys(PLACES[:-1], b"old") | {"processed/same.csv": b"same"}
NEW = dict.fromkeys(PLACES, b"new") | {"processed/same.csv": b"same"}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Folders with files of an earlier build."""
    for place, content in OLD.items():
        (tmp_path / place).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / place).write_bytes(content)
    return tmp_path


def write(project: Path) -> list[Path]:
    return swap.write_all({project / place: content for place, content in NEW.items()}, project / "processed")


def failing(call: Callable[..., object], error: BaseException, at: int) -> Callable[..., object]:
    """Return the call, which raises the error when it is made for the `at`-th time."""
    made: Iterator[int] = iter(range(1000))

    def called(*args: object, **options: object) -> object:
        if next(made) == at:
            raise error
        return call(*args, **options)

    return called


def test_every_file_is_put_in_its_place_and_only_what_differs_is_touched(project: Path) -> None:
    untouched = (project / "processed/same.csv").stat().st_mtime_ns
    assert write(project) == [project / place for place in PLACES]
    assert tree(project) == NEW
    assert (project / "processed/same.csv").stat().st_mtime_ns == untouched
    assert write(project) == []


@pytest.mark.parametrize("at", range(len(PLACES) + 1))
def test_where_any_file_cannot_be_written_nothing_has_changed(
    project: Path, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    full = OSError(errno.ENOSPC, "No space left on device")
    monkeypatch.setattr("pipeline.store.os.fsync", failing(os.fsync, full, at))
    with pytest.raises(StorageFailed):
        write(project)
    assert tree(project) == OLD
    monkeypatch.undo()
    write(project)
    assert tree(project) == NEW


@pytest.mark.parametrize("at", range(len(PLACES)))
def test_a_file_that_cannot_be_put_in_its_place_is_put_there_by_the_next_run(
    project: Path, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    monkeypatch.setattr(swap.shutil, "move", failing(shutil.move, OSError(errno.EACCES, "Permission denied"), at))
    with pytest.raises(StorageFailed, match="run the command again"):
        write(project)
    monkeypatch.undo()
    swap.finish(project / "processed")
    assert tree(project) == NEW


WRITTEN = {
    "fetch": [
        path.relative_to(store.DATA_FOLDER)
        for path in [*(store.RAW_FOLDER / "hle").iterdir(), store.RAW_FOLDER / lock.NAME]
    ],
    "build": [path.relative_to(store.DATA_FOLDER) for path in sorted(store.PROCESSED_FOLDER.iterdir())[::4]],
}
"""Files of a release, and every fourth that a build writes."""


@pytest.mark.parametrize("command", WRITTEN)
def test_stopped_at_any_file_a_command_leaves_all_old_or_makes_all_new_and_says_so(
    tmp_path: Path, command: str
) -> None:
    places = [f"data/{place.as_posix()}" for place in WRITTEN[command]]
    if command == "build":
        places += ["static/boundaries/region.geojson", "docs/new/dictionary.md"]
    done = subprocess.run(
        [sys.executable, Path(__file__).with_name("stopped.py"), tmp_path / "project", command, *places],
        check=False, capture_output=True, text=True, timeout=120, env={**os.environ, "PYTHONPATH": str(store.ROOT)},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    stops = json.loads(done.stdout)
    assert len(stops) == 2 * 2 * len(places)
    for step, by, exit_code, said, nothing_to_sweep, contents in stops:
        staging, politely = step == "while staged", by == "SIGINT"
        assert contents == ["old" if staging else "new"]
        assert nothing_to_sweep == politely
        assert exit_code == ((INTERRUPTED if staging else 0) if politely else -signal.SIGKILL)
        assert ("Stopped. The figures held stay as they were." in said) == (staging and politely)
        assert "Traceback" not in said


def test_another_run_that_sweeps_meanwhile_leaves_no_mixture(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ours = store.staged

    def swept(content: bytes, folder: Path, path: Path) -> Path:
        staged = ours(content, folder, path)
        swap.finish(project / "processed")
        return staged

    monkeypatch.setattr(store, "staged", swept)
    with suppress(StorageFailed):
        write(project)
    assert tree(project) in (OLD, NEW)


@pytest.fixture(scope="module")
def mixture(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Tables of a build with one of another among them, whose gap is a year wider."""
    folder = tmp_path_factory.mktemp("mixture") / "processed"
    shutil.copytree(store.PROCESSED_FOLDER, folder)
    gaps = pd.read_csv(folder / "gaps.csv", dtype=str)
    gaps["gap_years"] = (gaps["gap_years"].astype(float) + 1).astype(str)
    gaps.to_csv(folder / "gaps.csv", index=False)
    return folder


@pytest.mark.parametrize(
    "command",
    [
        [pipeline_commands, "check"],
        [chart_commands, "export", "gap-path", "--format", "csv", "--out"],
        [chart_commands, "publish", "--out"],
    ],
    ids=lambda command: command[1],
)
def test_a_mixture_of_two_builds_is_never_used(
    mixture: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: list[Any]
) -> None:
    monkeypatch.setattr(store, "PROCESSED_FOLDER", mixture)
    commands, *words = command
    out = [str(tmp_path / "out")] if "--out" in words else []
    result = CliRunner().invoke(commands, [*words, *out])
    assert result.exit_code == 5, result.output
    assert "The tables are not all of one build." in result.output
    assert "gaps.csv" in result.output
    assert "Traceback" not in result.output
    assert not (tmp_path / "out").exists()


def test_a_mixture_is_mended_by_the_command_that_the_message_names(mixture: Path) -> None:
    with pytest.raises(NotBuilt, match="python -m pipeline build"):
        Tables.open_whole(mixture)
