"""Files that the browser fetches: each compressed once, kept in memory, and sent with the right time to keep it."""

import gzip
import hashlib
import mimetypes
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from threading import Lock

import brotli

COMPRESSIBLE = frozenset({".js", ".css", ".html", ".json", ".geojson", ".svg", ".txt", ".csv"})

FOREVER = "public, max-age=31536000, immutable"
"""For files whose name changes with their content."""

FIVE_MINUTES = "public, max-age=300"
"""For files that keep their name: soon after a new release, the new ones are asked for."""

ASK_FIRST = "no-cache"
"""For pages: kept, but asked about before each use."""

_TYPES = {".js": "text/javascript", ".geojson": "application/geo+json", ".woff2": "font/woff2"}


ENCODINGS: dict[str, Callable[[bytes], bytes]] = {
    "br": partial(brotli.compress, quality=9),
    "gzip": partial(gzip.compress, compresslevel=9, mtime=0),
}
"""The best first: Brotli is a sixth smaller, but browsers take it only over TLS or from their own machine."""


class Asset:
    """One file as it is sent, in every encoding that was asked for so far."""

    def __init__(self, content: bytes, *, media_type: str, cache_control: str, compressible: bool = True) -> None:
        """Keep the content; it is compressed when first asked for."""
        self.media_type = media_type
        self.cache_control = cache_control
        self.compressible = compressible
        self.tag = hashlib.sha256(content).hexdigest()[:24]
        self._forms: dict[str, bytes] = {"": content}
        self._lock = Lock()

    def encoding(self, accepted: str) -> str:
        """Return the best encoding among those that a browser says it accepts, "" for none."""
        if not self.compressible:
            return ""
        names = {part.partition(";")[0].strip() for part in accepted.split(",") if not part.strip().endswith(";q=0")}
        return next((name for name in ENCODINGS if name in names), "")

    def held(self, encoding: str) -> bytes | None:
        """Return the content in an encoding, None where it has not been compressed so yet."""
        return self._forms.get(encoding)

    def body(self, encoding: str) -> bytes:
        """Return the content in an encoding, compressed now where need be."""
        # One at a time: forty browsers that open the dashboard at once must not compress the same file forty times.
        with self._lock:
            if encoding not in self._forms:
                self._forms[encoding] = ENCODINGS[encoding](self._forms[""])
            return self._forms[encoding]


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
        with self._lock:
            held = self._held.get(path)
            if held and held[0] == changed:
                return held[1]
            asset = file_asset(path, cache_control=self._cache_control)
            self._held[path] = (changed, asset)
            return asset

    def compress(self, files: Iterable[str]) -> None:
        """Compress files beforehand, in the encoding that most browsers will ask for."""
        for file in files:
            asset = self.find(file)
            if asset and asset.compressible:
                asset.body(next(iter(ENCODINGS)))


def file_asset(path: Path, *, cache_control: str) -> Asset:
    """Return a file as an asset."""
    media_type = _TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    return Asset(
        path.read_bytes(),
        media_type=media_type,
        cache_control=cache_control,
        compressible=path.suffix in COMPRESSIBLE,
    )
