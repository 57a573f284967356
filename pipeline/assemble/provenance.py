"""Where the figures come from, as a table: what we noted about each source beside what the lock recorded of its bytes."""

from collections.abc import Mapping
from dataclasses import asdict

import pandas as pd

from pipeline.intake.lock import Entry
from pipeline.sources import source_of
from pipeline.sources.source import Source


def sources_table(entries: Mapping[str, Entry]) -> pd.DataFrame:
    """Table `sources`, one row per file under data/raw, from the lock: file name -> where its bytes came from.

    Raises:
        UsageError: the lock names a source that is not known any more.
    """
    return pd.DataFrame([_row(file, entry, source_of(entry.source)) for file, entry in sorted(entries.items())])


def _row(file: str, entry: Entry, source: Source) -> dict[str, object]:
    return asdict(entry) | {
        "file": file,
        "title": source.title,
        "publisher": source.publisher,
        "table": source.table,
        "licence": source.licence,
        "attribution": source.attribution or None,
        "caveats": " ".join(source.caveats) or None,
        "geography": source.geography or None,
        "landing_page": source.landing_page,
        "trust": entry.trust or None,
        "replaced_codes": " ".join(f"{old}>{new}" for old, new in sorted(entry.replaced_codes.items())) or None,
    }
