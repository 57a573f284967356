"""Brings in tables that somebody prepared from a publisher's file that could not be had, saying so in the lock."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from pipeline.errors import UsageError
from pipeline.intake import ingest, lock
from pipeline.read.prepared import PREPARED, Prepared, read_prepared
from pipeline.sources import SOURCES


def adopt(
    folder: Path, raw_folder: Path, *, today: date, report: Callable[[str], None] = lambda line: None
) -> list[str]:
    """Bring every prepared table of `folder` into data/raw; return the names of the files that changed.

    A file that already stands there from the publisher itself is never replaced by a prepared one.

    Raises:
        UsageError: the folder is not there, or holds none of the tables we know.
        SourceChanged, ContractBroken: a table is not what we know; nothing is written.
    """
    if not folder.is_dir():
        raise UsageError(f"There is no folder {folder}.", do="Give the folder that holds the prepared tables.")
    found = [prepared for prepared in PREPARED if (folder / prepared.file).is_file()]
    if not found:
        raise UsageError(
            f"{folder} holds none of the prepared tables we know.",
            do=f"Expected some of: {', '.join(sorted({prepared.file for prepared in PREPARED}))}.",
        )
    files = [file for prepared in found for file in _files(prepared, folder, today=today)]
    held = lock.read(raw_folder)
    changed = []
    for file in files:
        entry = held.get(file.name)
        if entry is not None and not entry.trust:
            report(f"{file.name}: kept as it is, from the publisher itself")
            continue
        if ingest.put(raw_folder, file):
            changed.append(file.name)
        report(f"{file.name}: {'brought in' if file.name in changed else 'unchanged'}")
    return changed


def _files(prepared: Prepared, folder: Path, *, today: date) -> list[ingest.Ready]:
    contents = {name: (folder / name).read_bytes() for name in (prepared.file, *prepared.beside)}
    source = SOURCES[prepared.source_id]
    upstream = ingest.Upstream(
        content=contents[prepared.file],
        url=source.landing_page,
        retrieved_from=f"prepared table: {prepared.file}",
    )
    return [
        ingest.ready(
            source,
            release,
            ingest.table_text(source, release, reading),
            upstream,
            replaced=dict(reading.replaced_codes),
            today=today,
            trust=prepared.trust,
        )
        for release, reading in read_prepared(prepared, contents).items()
    ]
