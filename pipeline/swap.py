"""Many files written at once: all of them or none, wherever the program is stopped."""

import json
import os
import shutil
import signal
import tempfile
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from pipeline import store
from pipeline.errors import StorageFailed

_STAGED, _SWEPT, _READY, _PLACES = ".writing-", ".swept", ".written", "places.json"


def write_all(contents: Mapping[Path, bytes], folder: Path) -> list[Path]:
    """Put every file in its place and give the paths of those that changed; others are not touched.

    All are first written, whole, to a hidden folder in `folder`. One rename of that folder decides: before it nothing has
    changed, after it a program that is stopped leaves the rest to `finish`. What earlier runs left unfinished is swept.

    Raises:
        StorageFailed: the disk is full or a folder cannot be written.
    """
    finish(folder)
    changed = {path: content for path, content in contents.items() if not store.holds(path, content)}
    if not changed:
        return []
    folder.mkdir(parents=True, exist_ok=True)
    staged = Path(tempfile.mkdtemp(prefix=_STAGED, dir=folder))
    try:
        places = {
            store.staged(content, staged, path).name: os.path.relpath(path, folder) for path, content in changed.items()
        }
        store.write_text(json.dumps(places), staged / _PLACES)
        with _not_interrupted():
            _decide(staged, folder / _READY)
            finish(folder)
    finally:
        shutil.rmtree(staged, ignore_errors=True)
    return list(changed)


def finish(folder: Path) -> None:
    """Put in place what a stopped run had decided to write, and sweep away what one had not; no other may be writing.

    Raises:
        StorageFailed: a file could not be put in its place; the next call tries again.
    """
    _sweep(folder)
    ready = folder / _READY
    try:
        # named last of all, so where the list is gone every file is in its place
        places = json.loads((ready / _PLACES).read_text(encoding="utf-8")) if (ready / _PLACES).is_file() else {}
        for name, place in places.items():
            _put(ready / name, folder / place)
    except OSError as error:
        raise StorageFailed(
            f"Not every file could be put in its place: {error.strerror or error}.",
            where=folder.name,
            do="Make the folder writable and run the command again: it goes on from here.",
        ) from error
    shutil.rmtree(ready, ignore_errors=True)


def _sweep(folder: Path) -> None:
    # renamed first: a run that is writing there after all finds the whole folder gone and gives up
    for left in folder.glob(f"{_STAGED}*"):
        with suppress(OSError):
            left.rename(left.with_name(f"{_SWEPT}{left.name}"))
    for swept in folder.glob(f"{_SWEPT}*"):
        shutil.rmtree(swept, ignore_errors=True)


def _decide(staged: Path, ready: Path) -> None:
    try:
        staged.rename(ready)
    except OSError as error:
        raise StorageFailed(
            f"Could not write {ready.parent.name}: {error.strerror or error}.",
            where=ready.parent.name,
            do="Another run may be writing there. Run the command again. Nothing was changed.",
        ) from error


def _put(staged: Path, place: Path) -> None:
    if staged.exists():
        place.parent.mkdir(parents=True, exist_ok=True)
        with suppress(FileNotFoundError):  # another run has just done so
            shutil.move(staged, place)


@contextmanager
def _not_interrupted() -> Iterator[None]:
    """Let no Ctrl-C stop what takes a moment and is half done until then."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
