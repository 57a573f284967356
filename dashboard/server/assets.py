"""Files that the browser fetches: each compressed once, kept in memory, and sent with the right time to keep it."""

import gzip
import hashlib
import mimetypes
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from threading import Lock

COMPRESSIBLE = frozenset({".js", ".css", ".html", ".json", ".geojson", ".svg", ".txt", ".csv"})

FOREVER = "public, max-age=31536000, immutable"
"""For files whose name changes with their content."""

FIVE_MINUTES = "public, max-age=300"
"""For files that keep their name: soon after a new release, the new ones are asked for."""

ASK_FIRST = "no-cache"
"""For pages: kept, but asked about before each use."""

_TYPES = {".js": "text/javascript", ".geojson": "application/geo+json", ".woff2": "font/woff2"}


@dataclass(frozen=True)
class Asset:
    """One file as it is sent."""

    content: bytes
    media_type: str
    cache_control: str
    compressible: bool = True

    @cached_property
    def compressed(self) -> bytes:
        """The content in gzip, without a time stamp, so that the same file gives the same bytes."""
        return gzip.compress(self.content, compresslevel=9, mtime=0)

    @cached_property
    def tag(self) -> str:
        """The name of this very content, by which a browser asks whether it changed."""
        return hashlib.sha256(self.content).hexdigest()[:24]

    def body(self, accepted: str) -> tuple[bytes, str | None]:
        """Return what to send and its encoding, given the encodings that the browser accepts."""
        if self.compressible and "gzip" in accepted:
            return self.compressed, "gzip"
        return self.content, None


class Folder:
    """A folder of files that do not change while the server runs."""

    def __init__(self, path: Path, *, cache_control: str) -> None:
        """Serve the files under `path`; nothing outside it, whatever the address says."""
        self._root = path.resolve()
        self._cache_control = cache_control
        self._held: dict[Path, tuple[int, Asset]] = {}
        self._lock = Lock()

    def find(self, relative: str) -> Asset | None:
        """Return the file at an address below the folder, or None where there is none."""
        try:
            path = (self._root / relative).resolve()
            if not path.is_relative_to(self._root) or not path.is_file():
                return None
            changed = path.stat().st_mtime_ns
        except (OSError, ValueError):
            return None
        # One at a time: forty browsers that open the dashboard at once must not compress the same file forty times.
        with self._lock:
            held = self._held.get(path)
            if held and held[0] == changed:
                return held[1]
            asset = file_asset(path, cache_control=self._cache_control)
            self._held[path] = (changed, asset)
            return asset


def file_asset(path: Path, *, cache_control: str) -> Asset:
    """Return a file as an asset, already compressed where that helps."""
    media_type = _TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    asset = Asset(path.read_bytes(), media_type, cache_control, path.suffix in COMPRESSIBLE)
    if asset.compressible:
        _ = asset.compressed
    return asset
