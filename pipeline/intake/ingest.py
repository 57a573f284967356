"""From bytes to data/raw, a publisher's own or a table prepared by hand: read, check, compare, write, note in the lock."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path

import pandas as pd

from pipeline import store, swap
from pipeline.areas import code_in_force
from pipeline.contracts import check
from pipeline.errors import SourceChanged, UsageError
from pipeline.intake import guard, lock
from pipeline.read import READERS
from pipeline.read.hand_prepared import HAND_PREPARED, HandPrepared, read_hand_prepared
from pipeline.read.reading import Asked, Reading
from pipeline.read.topology import areas_of, read_topology
from pipeline.sources import Release, Source
from pipeline.tables import RAW


@dataclass(frozen=True, kw_only=True)
class Upstream:
    """A publisher's bytes, and where they were had."""

    content: bytes
    url: str
    retrieved_from: str


_LOOK = "Look at the publisher's file. The figures held stay as they are."
"""What to do about a table on its way in that breaks its contract."""


@dataclass(frozen=True, kw_only=True)
class Ready:
    """A file that is ready for data/raw: everything about it has been checked."""

    name: str
    text: str
    entry: lock.Entry
    notes: tuple[str, ...] = ()
    """What the reader met on the way and left out."""


def prepare(source: Source, release: Release, upstream: Upstream, *, raw_folder: Path, today: date) -> Ready:
    """The file that these bytes make under data/raw; nothing is written.

    Raises:
        SourceChanged: the bytes are not what the reader knows, or figures held would be lost.
        ContractBroken: the table breaks its contract.
    """
    asked = Asked(source=source, release=release.date, held=partial(newest_held, raw_folder=raw_folder))
    if source.table == "boundaries":
        file = boundaries(asked, upstream, raw_folder=raw_folder, today=today)
    else:
        reading = READERS[source.reader](upstream.content, asked)
        guard.nothing_newer(reading.frame, release, where=asked.where)
        reading = checked(source, release.date, reading, raw_folder=raw_folder)
        text = store.csv_text(source.contract, reading.frame)
        file = ready(source, release.date, text, upstream, reading=reading, today=today)
    _same_bytes_as_known(upstream, lock.read(raw_folder).get(file.name), where=asked.where)
    return file


def boundaries(asked: Asked, upstream: Upstream, *, raw_folder: Path, today: date) -> Ready:
    """The file of boundaries that a publisher's TopoJSON makes.

    Raises:
        SourceChanged: it is not what the reader knows, or an area held would be lost or has another's name.
    """
    text = read_topology(upstream.content, asked)
    frame = areas_of(text)
    files = sorted((raw_folder / "boundaries").glob("*.topojson"))
    held = areas_of(files[-1].read_text(encoding="utf-8")) if files else frame
    guard.no_area_lost(asked.source, frame, held, where=asked.where)
    guard.names_in_place(frame, guard.names_of(held), where=asked.where)
    reading = Reading(frame, notes=guard.worth_noting(frame, held))
    return ready(asked.source, asked.release, text, upstream, reading=reading, today=today)


def checked(source: Source, release: str, reading: Reading, *, raw_folder: Path) -> Reading:
    """The reading once its table keeps its contract, has all it must have and can be believed, with what is worth noting.

    Raises:
        SourceChanged: an area, a period or a sex is missing, a name has moved, or figures changed beyond belief.
        ContractBroken: the table breaks its contract.
    """
    where, table = f"{source.id}, release {release}", source.contract
    frame = check(table, reading.frame, where=where, remedy=_LOOK)
    guard.nothing_yet_to_come(frame, release, where=where)
    held = held_figures(source, release, raw_folder)
    known = held_boundaries(raw_folder)
    notes = reading.notes
    if held is not None:
        guard.nothing_lost(source, table, frame, held, where=where)
        known |= guard.names_of(held)
        notes += guard.worth_noting(frame, held)
    guard.names_in_place(frame, known, where=where)
    guard.enough_areas(source, frame, where=where)
    return replace(reading, frame=frame, notes=notes)


def held_boundaries(raw_folder: Path) -> dict[str, str]:
    """Code -> name of every area that has a boundary in what is held; empty where none is."""
    files = sorted((raw_folder / "boundaries").glob("*.topojson"))
    return guard.names_of(areas_of(files[-1].read_text(encoding="utf-8"))) if files else {}


_COMMIT = re.compile(r"/[0-9a-f]{40}/")


def _same_bytes_as_known(upstream: Upstream, held: lock.Entry | None, *, where: str) -> None:
    """Refuse other bytes from an address that names a commit: what stands there cannot change."""
    if held is None or held.url != upstream.url or not _COMMIT.search(upstream.url):
        return
    if held.upstream_sha256 != lock.sha256(upstream.content):
        raise SourceChanged(
            "Other bytes came from an address that names a commit, where nothing can change.",
            where=where,
            do="Whatever stands between you and the publisher (a mirror, a proxy) has another file: look at it.",
        )


def newest_held(table: str, *, raw_folder: Path) -> pd.DataFrame:
    """The newest release of a raw table that is held.

    Raises:
        ContractBroken: none is held, or it breaks its contract.
    """
    files = sorted((raw_folder / table).glob("*.csv"))
    return store.read(RAW[table], files[-1] if files else raw_folder / table / "newest.csv")


def held_figures(source: Source, release: str, raw_folder: Path) -> pd.DataFrame | None:
    """What is held of the same source: this very release, else the newest before it; None where nothing is."""
    held = {
        entry.release: name
        for name, entry in lock.read(raw_folder).items()
        if entry.source == source.id and entry.release <= release and (raw_folder / name).is_file()
    }
    if not held:
        return None
    frame = store.read(source.contract, raw_folder / held[max(held)])
    # a code may have been replaced since the held figures were written
    return frame.assign(area_code=frame["area_code"].map(code_in_force)) if "area_code" in frame else frame


def ready(
    source: Source, release: str, text: str, upstream: Upstream, *, reading: Reading, today: date, trust: str = ""
) -> Ready:
    """A file for data/raw with its entry in the lock."""
    return Ready(
        name=source.raw_name(release),
        text=text,
        notes=reading.notes,
        entry=lock.Entry(
            source=source.id,
            release=release,
            url=upstream.url,
            retrieved_from=upstream.retrieved_from,
            retrieved=today.isoformat(),
            upstream_sha256=lock.sha256(upstream.content),
            upstream_bytes=len(upstream.content),
            table_sha256=lock.sha256(text.encode("utf-8")),
            replaced_codes=dict(reading.replaced_codes),
            trust=trust,
        ),
    )


def put(raw_folder: Path, *files: Ready) -> list[str]:
    """Write the files that are ready and their entries in the lock, all or none; the names of those that changed.

    Raises:
        StorageFailed: this machine could not write them; nothing has changed.
    """
    before = lock.read(raw_folder)
    after = lock.recorded(before, {file.name: file.entry for file in files})
    contents = {raw_folder / file.name: file.text.encode() for file in files}
    if after != before:
        contents[raw_folder / lock.NAME] = lock.text_of(after).encode()
    written = swap.write_all(contents, raw_folder)
    noted = {name for name in after if after[name] != before.get(name)}
    return [file.name for file in files if raw_folder / file.name in written or file.name in noted]


def ingest_hand_prepared(
    folder: Path, raw_folder: Path, *, today: date, report: Callable[[str], None] = lambda line: None
) -> list[str]:
    """Bring every table prepared by hand in `folder` into data/raw; the names of the files that changed.

    A file that came from the publisher itself is never replaced by a prepared one.

    Raises:
        UsageError: the folder is not there, or holds none of the tables we know.
        SourceChanged, ContractBroken: a table is not what we know; nothing is written.
    """
    if not folder.is_dir():
        raise UsageError(f"There is no folder {folder}.", do="Give the folder that holds the prepared tables.")
    found = [prepared for prepared in HAND_PREPARED if (folder / prepared.file).is_file()]
    if not found:
        raise UsageError(
            f"{folder} holds none of the prepared tables we know.",
            do=f"Expected some of: {', '.join(sorted({prepared.file for prepared in HAND_PREPARED}))}.",
        )
    swap.finish(raw_folder)
    files = [file for prepared in found for file in _hand_prepared_files(prepared, folder, raw_folder, today=today)]
    held = lock.read(raw_folder)
    own = {name for name, entry in held.items() if not entry.trust}
    changed = put(raw_folder, *(file for file in files if file.name not in own))
    for file in files:
        state = "kept as it is, from the publisher itself" if file.name in own else "unchanged"
        report(f"{file.name}: {'brought in' if file.name in changed else state}")
    return changed


def _hand_prepared_files(prepared: HandPrepared, folder: Path, raw_folder: Path, *, today: date) -> list[Ready]:
    source = prepared.source
    contents = {name: (folder / name).read_bytes() for name in (prepared.file, *prepared.beside)}
    upstream = Upstream(
        content=contents[prepared.file], url=source.landing_page, retrieved_from=f"prepared table: {prepared.file}"
    )
    files = []
    for release, found in read_hand_prepared(prepared, contents).items():
        reading = checked(source, release, found, raw_folder=raw_folder)
        text = store.csv_text(source.contract, reading.frame)
        files.append(ready(source, release, text, upstream, reading=reading, today=today, trust=prepared.trust))
    return files
