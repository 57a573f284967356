"""From a publisher's bytes to data/raw: read, check, compare with what is held, write, note in the lock."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd

from pipeline import lock, store
from pipeline.areas import area_type_of
from pipeline.contracts import check
from pipeline.errors import SourceChanged
from pipeline.read import READERS
from pipeline.read.reading import Reading
from pipeline.read.topology import read_topology
from pipeline.sources import Source
from pipeline.tables import RAW


@dataclass(frozen=True, kw_only=True)
class Upstream:
    """A publisher's bytes, and where they were had."""

    content: bytes
    url: str
    retrieved_from: str


@dataclass(frozen=True, kw_only=True)
class Kept:
    """A file that is ready to stand under data/raw: everything about it has been checked."""

    name: str
    text: str
    entry: lock.Entry


def prepare(source: Source, release: str, upstream: Upstream, *, today: date) -> Kept:
    """Return the file that these bytes make under data/raw; nothing is written.

    Raises:
        SourceChanged: the bytes are not what the reader knows, or areas are missing.
        ContractBroken: the table breaks its contract.
    """
    if source.table == "boundaries":
        text, replaced = read_topology(upstream.content, source, release), {}
    else:
        reading = READERS[source.reader](upstream.content, source, release)
        text, replaced = table_text(source, release, reading), dict(reading.replaced_codes)
    return kept(source, release, text, upstream, replaced=replaced, today=today)


def table_text(source: Source, release: str, reading: Reading) -> str:
    """Return the CSV text of a reading once it keeps its contract and holds every area it must.

    Raises:
        SourceChanged: a level has another number of areas than the source is known to bring.
        ContractBroken: the table breaks its contract.
    """
    where = f"{source.id}, release {release}"
    table = RAW[source.table]
    _enough_areas(source, reading.frame, where=where)
    return store.csv_text(table, check(table, reading.frame, where=where))


def kept(
    source: Source,
    release: str,
    text: str,
    upstream: Upstream,
    *,
    replaced: dict[str, str],
    today: date,
    trust: str = "",
) -> Kept:
    """Return a file for data/raw with its entry in the lock."""
    return Kept(
        name=source.raw_name(release),
        text=text,
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


def put(raw_folder: Path, file: Kept) -> bool:
    """Write one prepared file and its entry in the lock; return whether anything changed.

    Raises:
        StorageFailed: this machine could not keep it; what stood there still stands.
    """
    written = store.write_text(file.text, raw_folder / file.name)
    noted = lock.record(raw_folder, file.name, file.entry)
    return written or noted


def _enough_areas(source: Source, frame: pd.DataFrame, *, where: str) -> None:
    if "area_code" not in frame or not source.areas:
        return
    areas = frame.drop_duplicates("area_code")["area_code"]
    for area_type, expected in source.areas:
        found = int((areas.map(area_type_of) == area_type).sum())
        if found != expected:
            raise SourceChanged(
                f"Expected {expected} areas of level {area_type}, found {found}.",
                where=where,
                do="Areas may be missing, or have been created or abolished: see the part on code changes in "
                "docs/updating-the-data.md.",
            )
