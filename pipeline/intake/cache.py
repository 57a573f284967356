"""Publishers' bytes kept between runs, outside version control, and the lock that lets one fetch at a time use them."""

import json
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

import click
from filelock import FileLock, Timeout

from pipeline import store
from pipeline.errors import StorageFailed, UsageError
from pipeline.intake.lock import sha256

_LONGEST_WAIT_SECONDS = 600


def place_of(url: str) -> str:
    """Where a cache or a mirror keeps an address: host, path and query, as folders and a file name.

    `https://host/file?uri=/a/b.xlsx` -> `host/file@uri=/a/b.xlsx` (Windows allows no question mark in a file name).

    Raises:
        UsageError: the address climbs out of its own folder.
    """
    parts = urlsplit(url)
    place = f"{parts.netloc.replace(':', '_')}{parts.path}{f'@{parts.query}' if parts.query else ''}"
    if ".." in PurePosixPath(place).parts:
        raise UsageError(f"Not an address that can be kept: {url}")
    return place


@dataclass(frozen=True)
class CachedFile:
    """One address in the cache: its bytes, and beside them what the server said of them."""

    path: Path

    def facts(self) -> dict[str, str]:
        """The server's etag and last_modified, and the checksum; nothing where the bytes are not those."""
        try:
            facts: dict[str, str] = json.loads(self._facts_path.read_text(encoding="utf-8"))
            whole = sha256(self.path.read_bytes()) == facts["sha256"]
        except (OSError, ValueError, KeyError):
            return {}
        return facts if whole else {}

    def content(self) -> bytes:
        """The bytes."""
        return self.path.read_bytes()

    def keep(self, content: bytes, *, etag: str, last_modified: str) -> None:
        """Keep a whole file.

        Raises:
            StorageFailed: the disk is full or the folder cannot be written.
        """
        self._facts_path.unlink(missing_ok=True)
        store.write_bytes(content, self.path)
        facts = {"etag": etag, "last_modified": last_modified, "sha256": sha256(content)}
        store.write_text(json.dumps(facts, indent=1) + "\n", self._facts_path)

    def forget(self) -> None:
        """Drop bytes that could not be read, so that the next run asks for the whole file again."""
        self._facts_path.unlink(missing_ok=True)
        self.path.unlink(missing_ok=True)

    @property
    def _facts_path(self) -> Path:
        return self.path.with_name(f"{self.path.name}.facts.json")


def keep_for_report(cache_folder: Path, name: str, content: bytes, log: str) -> Path:
    """Keep a file that a reader stumbled over, and the log of it, and return the folder.

    Raises:
        StorageFailed: the disk is full or the folder cannot be written.
    """
    folder = cache_folder / "for-a-report" / name
    store.write_bytes(content, folder / "file")
    store.write_text(log, folder / "log.txt")
    return folder


def one_fetch_at_a_time(cache_folder: Path) -> FileLock:
    """A lock to hold while fetching; says so where another fetch holds it.

    Raises:
        StorageFailed: the cache folder cannot be written.
    """
    try:
        cache_folder.mkdir(parents=True, exist_ok=True)
        waiting = FileLock(cache_folder / "fetch.lock", timeout=_LONGEST_WAIT_SECONDS)
        try:
            waiting.acquire(timeout=0)
        except Timeout:
            click.echo("Another fetch is at work; waiting for it to end.", err=True)
        else:
            waiting.release()
    except OSError as error:
        raise StorageFailed(
            f"The cache folder cannot be written: {error.strerror or error}.",
            where=cache_folder.name,
            do="Make it writable, or name another with --cache.",
        ) from None
    return waiting
