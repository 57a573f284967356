"""Brings every source up to date: fetch, read, check, write; a source that fails leaves its figures as they were."""

import html
import json
import re
import traceback
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from functools import partial
from pathlib import Path
from urllib.parse import urljoin

from pipeline import store, swap
from pipeline.errors import PipelineError, SourceChanged, UsageError
from pipeline.intake import ingest, lock
from pipeline.intake.cache import keep_for_report
from pipeline.intake.faults import NotOnMirror, no_address
from pipeline.intake.fetch import Fetcher
from pipeline.intake.ingest import Upstream
from pipeline.intake.outcomes import Outcome
from pipeline.intake.recode import recode_held
from pipeline.sources import SOURCES, Latest, Release, Source


def chosen_sources(names: Sequence[str]) -> tuple[Source, ...]:
    """The sources that are named by id or by table, all that can be fetched where none is named.

    Raises:
        UsageError: a name is neither.
    """
    fetched = tuple(source for source in SOURCES.values() if source.reader)
    if not names:
        return fetched
    for name in names:
        if not any(name in (source.id, source.table) for source in fetched):
            raise UsageError(
                f"There is nothing to fetch by the name {name!r}.",
                do=f"Choose a table or a source: {', '.join(dict.fromkeys(s.table for s in fetched))}; "
                f"{', '.join(source.id for source in fetched)}.",
            )
    return tuple(source for source in fetched if source.id in names or source.table in names)


def refresh(
    sources: Iterable[Source],
    *,
    fetcher: Fetcher,
    raw_folder: Path,
    today: date,
    begin: Callable[[Source, str], None] = lambda source, release: None,
    report: Callable[[Outcome], None] = lambda outcome: None,
) -> list[Outcome]:
    """Bring sources up to date under data/raw and say what came of each.

    Sources are independent: what fails leaves its own figures as they were and does not stop the rest. Files are
    written once all have been fetched and checked.

    Raises:
        StorageFailed: this machine could not keep what was written.
    """
    store.sweep(raw_folder)
    swap.finish(raw_folder)
    recode_held(raw_folder)
    outcomes: list[Outcome] = []
    for source in sources:
        for release in _releases(source, raw_folder):
            begin(source, release.date)
            outcomes.append(_attempt(source, release, fetcher=fetcher, raw_folder=raw_folder, today=today))
            report(outcomes[-1])
        if source.latest is not None:
            begin(source, "newest")
            newest = _newer(source, source.latest, fetcher=fetcher, raw_folder=raw_folder, today=today)
            if newest is not None:
                outcomes.append(newest)
                report(newest)
    ingest.put(raw_folder, *(outcome.file for outcome in outcomes if outcome.file is not None))
    return outcomes


def _releases(source: Source, raw_folder: Path) -> list[Release]:
    """The releases with an address; where parts are kept, none older than the one held."""
    held = lock.read(raw_folder).get(source.raw_name(""), None) if source.part else None
    return [
        release
        for release in source.releases
        if (release.url or release.page) and (held is None or release.date >= held.release)
    ]


def _attempt(source: Source, release: Release, *, fetcher: Fetcher, raw_folder: Path, today: date) -> Outcome:
    outcome = partial(Outcome, source=source, release=release.date)
    upstream: Upstream | None = None
    try:
        url = release.url or link_to_workbook(fetcher.get(release.page, largest_megabytes=5).content, release.page)
        upstream = fetcher.get(
            url,
            largest_megabytes=source.largest_megabytes,
            accept=partial(_is_file, url=url, sha256=release.sha256),
        )
        file = ingest.prepare(source, release, upstream, raw_folder=raw_folder, today=today)
    except NotOnMirror as error:
        held = (raw_folder / source.raw_name(release.date)).is_file()
        return outcome(result="kept" if held else "absent", error=error)
    except Exception as error:  # noqa: BLE001 - whatever one source does must not stop the others
        # bytes that cannot be read must not come back as "not modified"
        if upstream is not None:
            fetcher.forget(upstream.url)
        return outcome(result="failed", error=_explained(error, source, release, upstream, fetcher.cache_folder))
    path = raw_folder / file.name
    if not path.is_file():
        return outcome(result="new", file=file)
    same = path.read_bytes() == file.text.encode("utf-8")
    return outcome(result="unchanged" if same else "revised", file=file)


def _explained(
    error: Exception, source: Source, release: Release, upstream: Upstream | None, cache_folder: Path
) -> PipelineError:
    """A failure in words; one that nobody foresaw is kept for a report, with its log and the file.

    Raises:
        MemoryError: this machine, not the source, is at fault.
    """
    if isinstance(error, PipelineError):
        return error
    if isinstance(error, MemoryError):
        raise error
    log = "".join(traceback.format_exception(error))
    name = f"{source.id}-{release.date}"
    kept = keep_for_report(cache_folder, name, upstream.content if upstream else b"", log)
    place = traceback.extract_tb(error.__traceback__)[-1]
    return SourceChanged(
        f"The file was not read: {type(error).__name__} {error} ({Path(place.filename).name}, line {place.lineno}).",
        where=f"{source.id}, release {release.date}",
        do=f"This was not foreseen. Please report it with the file and the log in {'/'.join(kept.parts[-3:])}.",
    )


def _newer(source: Source, latest: Latest, *, fetcher: Fetcher, raw_folder: Path, today: date) -> Outcome | None:
    """Fetch the newest release where it is newer than those with an address of their own; None where it is one of them."""
    known = max(release.date for release in source.releases)
    outcome = partial(Outcome, source=source, release=known, newest=True)
    try:
        about = fetcher.get(latest.about_url, largest_megabytes=2, accept=partial(_is_file, url=latest.about_url))
        newest = date_of(about.content, where=latest.about_url, today=today)
    except NotOnMirror as error:
        return outcome(result="kept", error=error)
    except Exception as error:  # noqa: BLE001 - as above
        fetcher.forget(latest.about_url)
        return outcome(
            result="failed", error=_explained(error, source, Release(date="newest"), None, fetcher.cache_folder)
        )
    if newest <= known:
        return None
    release = Release(date=newest, url=latest.url)
    found = _attempt(source, release, fetcher=fetcher, raw_folder=raw_folder, today=today)
    if found.file is not None and _same_figures(source, newest, found.file.text, raw_folder):
        return Outcome(source=source, release=newest, result="same")
    return found


def _same_figures(source: Source, release: str, text: str, raw_folder: Path) -> bool:
    """Whether the newest release held before this one has the very same figures."""
    before = [
        (entry.release, name)
        for name, entry in lock.read(raw_folder).items()
        if entry.source == source.id and entry.release < release and (raw_folder / name).is_file()
    ]
    if not before:
        return False
    held, name = max(before)
    as_then = text.replace(f"\n{release},", f"\n{held},")
    return (raw_folder / name).read_bytes() == as_then.encode("utf-8")


_WORKBOOK_LINK = re.compile(r'href="([^"]+\.xlsx)"', re.IGNORECASE)


def link_to_workbook(page: bytes, url: str) -> str:
    """The address of the first workbook that a publisher's page links to: the current edition comes first.

    Raises:
        SourceChanged: the page links to none.
    """
    found = _WORKBOOK_LINK.search(page.decode("utf-8", errors="replace"))
    if found is None:
        raise SourceChanged(
            "The page links to no workbook.",
            where=url,
            do="Open the page, find the file, and put its address into pipeline/sources.",
        )
    link = html.unescape(found.group(1))
    try:
        return urljoin(url, link)
    except ValueError:
        raise no_address(link, where=url) from None


def date_of(about: bytes, *, where: str, today: date) -> str:
    """The newest source date (ISO) in the notes that ONS puts beside each file of Explore Local Statistics.

    Raises:
        SourceChanged: the notes are not JSON, give no date, or one that is still to come.
    """
    try:
        facts = json.loads(about.decode("utf-8-sig"))["ess-beta-metadata"]
        spelt = facts.get("sourceDate") or facts["shared"]["sourceDate"]
        # several publishers, several dates: "23/10/2025|28/11/2025"
        days = [datetime.strptime(day.strip(), "%d/%m/%Y").date() for day in spelt.split("|")]
    except (ValueError, KeyError, TypeError, AttributeError):
        raise SourceChanged(
            "The publisher's notes do not give the date of the newest release.",
            where=where,
            do="Look at the notes: `sourceDate` should be a day such as 19/02/2026.",
        ) from None
    if max(days) > today:
        raise SourceChanged(
            f"The publisher's notes give a release of {max(days).isoformat()}, which is still to come.",
            where=where,
            do="A day may be mistyped, or this machine's clock is slow. Look at the notes.",
        )
    return max(days).isoformat()


def _is_file(content: bytes, *, url: str, sha256: str = "") -> None:
    start = content[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if not start:
        raise SourceChanged(
            "The file is empty.", where=url, do="Try again later, and look at the publisher's page for a notice."
        )
    if start.startswith((b"<!doctype html", b"<html")):
        raise SourceChanged(
            "A web page came instead of the file.",
            where=url,
            do="The publisher may be down for maintenance, the file has moved, or a proxy of your network answers in its place. "
            "Look at the address in a browser.",
        )
    if sha256 and lock.sha256(content) != sha256:
        raise SourceChanged(
            "The file is not the one whose checksum is known.",
            where=url,
            do="The publisher may have corrected it: look at its page, then put the new checksum into pipeline/sources.",
        )
