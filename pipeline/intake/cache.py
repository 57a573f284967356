"""Upstream bytes kept between runs, outside version control: what came whole, and what broke off half-way."""

import json
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

from pipeline import store
from pipeline.errors import UsageError
from pipeline.intake.lock import sha256


def place_of(url: str) -> str:
    """Return where a cache or a mirror keeps an address: host, path and query, as folders and a file name.

    `https://host/file?uri=/a/b.xlsx` -> `host/file@uri=/a/b.xlsx` (a question mark may not stand in a Windows file name).

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
    """One address in the cache."""

    path: Path

    def facts(self) -> dict[str, str]:
        """Return what the server said of the bytes (etag, last_modified), or nothing where they are not whole."""
        try:
            facts: dict[str, str] = json.loads(self._facts_path.read_text(encoding="utf-8"))
            whole = sha256(self.path.read_bytes()) == facts["sha256"]
        except (OSError, ValueError, KeyError):
            return {}
        return facts if whole else {}

    def content(self) -> bytes:
        """Return the bytes that came whole."""
        return self.path.read_bytes()

    def keep(self, content: bytes, *, etag: str, last_modified: str) -> None:
        """Keep bytes that came whole, and forget the half that came before.

        Raises:
            StorageFailed: the disk is full or the folder cannot be written.
        """
        self._facts_path.unlink(missing_ok=True)
        store.write_bytes(content, self.path)
        facts = {"etag": etag, "last_modified": last_modified, "sha256": sha256(content)}
        store.write_text(json.dumps(facts, indent=1) + "\n", self._facts_path)
        self.drop_part()

    def part(self) -> tuple[bytes, str]:
        """Return the bytes that had come when a download broke off, and what tells whether the file is still the same."""
        try:
            return self._part_path.read_bytes(), self._part_facts_path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            return b"", ""

    def keep_part(self, content: bytes, *, validator: str) -> None:
        """Keep the first half of a file, for the next attempt to go on from."""
        if content and validator:
            store.write_bytes(content, self._part_path)
            store.write_text(validator, self._part_facts_path)

    def drop_part(self) -> None:
        """Forget the first half of a file."""
        self._part_path.unlink(missing_ok=True)
        self._part_facts_path.unlink(missing_ok=True)

    @property
    def _facts_path(self) -> Path:
        return self.path.with_name(f"{self.path.name}.facts.json")

    @property
    def _part_path(self) -> Path:
        return self.path.with_name(f"{self.path.name}.part")

    @property
    def _part_facts_path(self) -> Path:
        return self.path.with_name(f"{self.path.name}.part.facts")
