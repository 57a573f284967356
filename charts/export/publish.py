"""Addresses that stay: the national pack under `latest`, and under a name of its release and build that never changes."""

import tempfile
from dataclasses import dataclass
from pathlib import Path

from charts.export.data import zipped
from charts.export.manifest import ExportedFile
from charts.export.run import Order, Step, export, save
from pipeline.processed import Tables
from pipeline.store import STATIC_FOLDER

PUBLISHED = STATIC_FOLDER / "published"
LATEST = "latest"
MANIFEST = "manifest.json"
DATED = "{release}-{build}"


@dataclass(frozen=True, kw_only=True)
class Published:
    """What was put where."""

    files: int
    """How many were written; none where this release and build stands under both addresses already."""
    dated: Path
    dated_is_new: bool


def publish(order: Order, tables: Tables, folder: Path, *, step: Step = lambda _: None) -> Published:
    """Write an export under `latest`, and under its release and build unless that is there already.

    Both are swapped in whole: whoever fetches meanwhile gets the old files or the new ones, never half of each. A dated
    folder is never written again, so that a link to it shows the same for ever; nor is `latest` while it holds the same.

    File names of the order should carry no period, so that they stay the same; `folder` is what the web server shows.

    Raises:
        ToolMissing: there is no Chromium for the pictures.
        StorageFailed: the folder cannot be written.
    """
    dated = folder / DATED.format(release=tables.release, build=tables.build)
    is_new = not dated.exists()
    if not is_new and _list_of(folder / LATEST) == _list_of(dated):
        return Published(files=0, dated=dated, dated_is_new=False)
    files = export(order, tables, step=step)
    data = {file.path.removeprefix("data/"): file.content for file in files if file.path.startswith("data/")}
    files = [*files, ExportedFile(path="data.zip", content=zipped(data), title="All tables with their data package")]
    if is_new:
        _swap_in(files, dated)
    _swap_in(files, folder / LATEST)
    return Published(files=len(files), dated=dated, dated_is_new=is_new)


def _list_of(folder: Path) -> bytes:
    """The manifest in a folder, which names the checksum of every file; nothing where there is none."""
    manifest = folder / MANIFEST
    return manifest.read_bytes() if manifest.is_file() else b""


def _swap_in(files: list[ExportedFile], target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".new-") as fresh:
        whole = Path(fresh) / "new"
        save(files, whole)
        if target.exists():
            target.replace(Path(fresh) / "old")
        whole.replace(target)
