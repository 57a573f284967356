"""Gives held figures the area codes in force: what remains to be done here when ONS replaces a code."""

from pathlib import Path

from pipeline import store, swap
from pipeline.areas import SUCCESSORS, code_in_force
from pipeline.intake import lock
from pipeline.sources import SOURCES


def recode_held(raw_folder: Path) -> list[str]:
    """Rewrite every held table that carries a replaced code, note it in the lock, and return the files' names.

    Tables prepared by hand cannot be read again from their publisher, so their codes are mapped in data/raw.

    Raises:
        ContractBroken: a table breaks its contract.
        StorageFailed: this machine could not keep it.
    """
    rewritten: dict[str, str] = {}
    entries = lock.read(raw_folder)
    for name, entry in list(entries.items()):
        path = raw_folder / name
        source = SOURCES.get(entry.source)
        if source is None or path.suffix != ".csv" or not path.is_file() or not _replaced_in(path):
            continue
        frame = store.read(source.contract, path)
        if "area_code" not in frame:
            continue
        found = {old: SUCCESSORS[old] for old in sorted(set(frame["area_code"]) & set(SUCCESSORS))}
        if not found:
            continue
        text = store.csv_text(source.contract, frame.assign(area_code=frame["area_code"].map(code_in_force)))
        rewritten[name] = text
        entries[name] = lock.with_codes(
            entry, {**entry.replaced_codes, **found}, table_sha256=lock.sha256(text.encode())
        )
    if rewritten:
        texts = {**rewritten, lock.NAME: lock.text_of(entries)}
        swap.write_all({raw_folder / name: text.encode() for name, text in texts.items()}, raw_folder)
    return list(rewritten)


def _replaced_in(path: Path) -> bool:
    """Whether a file holds a replaced code anywhere: most do not, and need not be read as tables."""
    content = path.read_bytes()
    return any(old.encode() in content for old in SUCCESSORS)
