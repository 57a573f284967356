"""From bytes to data/raw, a publisher's own or a table prepared by hand: read, check, compare, write, note in the lock."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

import pandas as pd

from pipeline import store, swap
from pipeline.areas import code_in_force
from pipeline.contracts import check
from pipeline.errors import UsageError
from pipeline.intake import guard, lock
from pipeline.read import READERS
from pipeline.read.hand_prepared import HAND_PREPARED, HandPrepared, read_hand_prepared
from pipeline.read.reading import Asked, Reading
from pipeline.read.topology import read_topology
from pipeline.sources import Release, Source
from pipeline.tables import RAW


@dataclass(frozen=True, kw_only=True)
class Upstream:
    """A publisher's bytes, and where they were had."""

    content: bytes
    url: str
    retrieved_from: str


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
    notes: tuple[str, ...] = ()
    if source.table == "boundaries":
        text, replaced = read_topology(upstream.content, asked), {}
    else:
        reading = READERS[source.reader](upstream.content, asked)
        guard.nothing_newer(reading.frame, release, where=asked.where)
        held = held_figures(source, release.date, raw_folder)
        text, replaced = table_text(source, release.date, reading, held=held), dict(reading.replaced_codes)
        notes = reading.notes
    return ready(source, release.date, text, upstream, replaced=replaced, notes=notes, today=today)


def table_text(source: Source, release: str, reading: Reading, *, held: pd.DataFrame | None = None) -> str:
    """The CSV text of a reading once it keeps its contract and has all it must have.

    Raises:
        SourceChanged: an area, a period or a sex is missing, or figures changed beyond belief.
        ContractBroken: the table breaks its contract.
    """
    where = f"{source.id}, release {release}"
    table = source.contract
    frame = check(table, reading.frame, where=where)
    guard.nothing_yet_to_come(frame, release, where=where)
    if held is not None:
        guard.nothing_lost(source, table, frame, held, where=where)
    guard.enough_areas(source, frame, where=where)
    return store.csv_text(table, frame)


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
    source: Source,
    release: str,
    text: str,
    upstream: Upstream,
    *,
    replaced: Mapping[str, str],
    today: date,
    trust: str = "",
    notes: tuple[str, ...] = (),
) -> Ready:
    """A file for data/raw with its entry in the lock."""
    return Ready(
        name=source.raw_name(release),
        text=text,
        notes=notes,
        entry=lock.Entry(
            source=source.id,
            release=release,
            url=upstream.url,
            retrieved_from=upstream.retrieved_from,
            retrieved=today.isoformat(),
            upstream_sha256=lock.sha256(upstream.content),
            upstream_bytes=len(upstream.content),
            table_sha256=lock.sha256(text.encode("utf-8")),
            replaced_codes=replaced,
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
    files = [file for prepared in found for file in _hand_prepared_files(prepared, folder, today=today)]
    held = lock.read(raw_folder)
    own = {name for name, entry in held.items() if not entry.trust}
    changed = put(raw_folder, *(file for file in files if file.name not in own))
    for file in files:
        state = "kept as it is, from the publisher itself" if file.name in own else "unchanged"
        report(f"{file.name}: {'brought in' if file.name in changed else state}")
    return changed


def _hand_prepared_files(prepared: HandPrepared, folder: Path, *, today: date) -> list[Ready]:
    contents = {name: (folder / name).read_bytes() for name in (prepared.file, *prepared.beside)}
    upstream = Upstream(
        content=contents[prepared.file],
        url=prepared.source.landing_page,
        retrieved_from=f"prepared table: {prepared.file}",
    )
    return [
        ready(
            prepared.source,
            release,
            table_text(prepared.source, release, reading),
            upstream,
            replaced=reading.replaced_codes,
            today=today,
            trust=prepared.trust,
        )
        for release, reading in read_hand_prepared(prepared, contents).items()
    ]
