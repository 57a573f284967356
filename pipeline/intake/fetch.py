"""The only code that opens a socket: a publisher's address in, its bytes out, from the publisher or from a mirror.

What may pass is tried again (refused connections, time-outs, broken bodies, 429, 5xx); what will not is not (403, 404,
another host, too large). An unchanged file costs one request. Only HTTPS, only hosts we know, redirects included; the one
exception is a mirror that was named on the command line.
"""

import contextlib
import time
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import requests
import stamina

from pipeline.errors import PipelineError, SourceUnavailable, UsageError
from pipeline.intake.cache import CachedFile, place_of
from pipeline.intake.faults import (
    MayPass,
    cut_short,
    network_faults,
    no_address,
    not_on_mirror,
    refuse_status,
    too_large,
    too_slow,
)
from pipeline.intake.ingest import Upstream
from pipeline.intake.unpack import unpacking

_LOOPBACK = ("127.0.0.1", "localhost", "::1")
_MOST_REDIRECTS = 5
_MEGABYTE = 1_000_000


@dataclass(frozen=True, kw_only=True)
class Limits:
    """How long to wait and how often to try; tests inject short ones."""

    connect_seconds: float = 10
    read_seconds: float = 30
    total_seconds: float = 300
    """For one file, all attempts together."""
    attempts: int = 4
    wait_seconds: float = 1
    """Before the second attempt; doubles each time."""
    longest_wait_seconds: float = 60
    """A server that asks for more patience than this is left alone."""


@dataclass(frozen=True, kw_only=True)
class _Wanted:
    """One file on its way: where from, and where to stop."""

    address: str
    cached: CachedFile
    largest_bytes: int
    accept: Callable[[bytes], None]
    deadline: float


@dataclass
class Fetcher:
    """Fetches addresses within limits."""

    hosts: Collection[str]
    """The hosts that may be asked, redirects included."""
    cache_folder: Path
    """Where bytes are kept between runs."""
    mirror: str = ""
    """Folder or address that holds copies as <host>/<path>; empty for the publishers themselves."""
    limits: Limits = field(default_factory=Limits)
    progress: Callable[[int, int | None], None] = lambda done, total: None
    """Called with (bytes so far, bytes in all or None) while a body comes in."""
    _down: dict[str, PipelineError] = field(default_factory=dict, init=False)
    _session: requests.Session = field(default_factory=requests.Session, init=False)

    def __post_init__(self) -> None:
        """Refuse a mirror that is neither a folder, nor HTTPS, nor on this machine."""
        if not self.mirror:
            return
        try:
            parts = urlsplit(self.mirror)
            named = bool(parts.hostname) or parts.scheme not in ("http", "https")
        except ValueError:
            named = False
        if not named:
            raise UsageError(
                f"{self.mirror!r} is no address.", do="Give a folder, or an address such as https://host/path."
            )
        if parts.scheme in ("http", "https"):
            if parts.scheme == "http" and parts.hostname not in _LOOPBACK:
                raise UsageError(
                    f"The mirror {self.mirror} is not reached by HTTPS.",
                    do="Give an https address, a folder, or an address on this machine.",
                )
        elif not Path(self.mirror).is_dir():
            raise UsageError(f"There is no folder {self.mirror}.", do="Give a folder or an address to --mirror.")

    def get(
        self, url: str, *, largest_megabytes: float = 60, accept: Callable[[bytes], None] = lambda content: None
    ) -> Upstream:
        """The bytes of a publisher's address; `accept` raises where they cannot be the file, and then they are not cached.

        Raises:
            NotOnMirror: the mirror does not hold the file.
            SourceUnavailable: the bytes could not be downloaded, or are more than `largest_megabytes`.
            StorageFailed: the cache cannot be written.
            PipelineError: whatever `accept` raises.
        """
        if self.mirror and "://" not in self.mirror:
            content = self._from_folder(url, largest_megabytes)
            accept(content)
            return Upstream(content=content, url=url, retrieved_from=f"mirror:{place_of(url)}")
        address = f"{self.mirror.rstrip('/')}/{url.partition('://')[2]}" if self.mirror else url
        host = urlsplit(address).netloc
        if host in self._down:
            raise self._down[host]
        wanted = _Wanted(
            address=address,
            cached=self._cached(url),
            largest_bytes=int(largest_megabytes * _MEGABYTE),
            accept=accept,
            deadline=time.monotonic() + self.limits.total_seconds,
        )
        try:
            content = self._with_patience(wanted)
        except MayPass as error:
            if error.host_is_down:
                self._down[host] = error.failure
            raise error.failure from None
        return Upstream(content=content, url=url, retrieved_from=f"mirror:{place_of(url)}" if self.mirror else url)

    def forget(self, url: str) -> None:
        """Drop the bytes kept of an address, so that the next run asks for the whole file again."""
        self._cached(url).forget()

    def _cached(self, url: str) -> CachedFile:
        folder = self.cache_folder / place_of(self.mirror) if "://" in self.mirror else self.cache_folder
        return CachedFile(folder / place_of(url))

    def _from_folder(self, url: str, largest_megabytes: float) -> bytes:
        place = place_of(url)
        parts = urlsplit(url)
        spelt_as_address = f"{parts.netloc}{parts.path}{f'?{parts.query}' if parts.query else ''}"
        for path in (Path(self.mirror) / place, Path(self.mirror) / spelt_as_address):
            if path.is_file():
                if path.stat().st_size > largest_megabytes * _MEGABYTE:
                    raise too_large(place, largest_megabytes)
                try:
                    return path.read_bytes()
                except OSError as error:
                    raise SourceUnavailable(
                        f"The mirror's file cannot be read: {error.strerror}.", where=place, do="Make it readable."
                    ) from None
        raise not_on_mirror(place)

    def _with_patience(self, wanted: _Wanted) -> bytes:
        attempts = stamina.retry_context(
            on=self._again,
            attempts=self.limits.attempts,
            timeout=self.limits.total_seconds,
            wait_initial=self.limits.wait_seconds,
            wait_max=self.limits.longest_wait_seconds,
            wait_jitter=self.limits.wait_seconds / 4,
        )
        for attempt in attempts:
            with attempt:
                return self._once(wanted)
        raise AssertionError("stamina always ends by returning or raising")  # pragma: no cover

    def _again(self, error: Exception) -> bool | float:
        if not isinstance(error, MayPass):
            return False
        if error.wait_seconds is None:
            return True
        return error.wait_seconds if error.wait_seconds <= self.limits.longest_wait_seconds else False

    def _once(self, wanted: _Wanted) -> bytes:
        address, cached = wanted.address, wanted.cached
        held = cached.facts()
        headers = {"User-Agent": "healthy-life-expectancy-gap-dashboard", "Accept-Encoding": "identity"}
        if held.get("etag"):
            headers["If-None-Match"] = held["etag"]
        elif held.get("last_modified"):
            headers["If-Modified-Since"] = held["last_modified"]
        with self._opened(address, headers) as response:
            if response.status_code == requests.codes.not_modified and held:
                return cached.content()
            content = self._body(response, wanted)
            wanted.accept(content)
            cached.keep(
                content,
                etag=response.headers.get("ETag", ""),
                last_modified=response.headers.get("Last-Modified", ""),
            )
            return content

    @contextlib.contextmanager
    def _opened(self, address: str, headers: dict[str, str]) -> Iterator[requests.Response]:
        seen = [address]
        while True:
            self._allow(seen[-1], first=address)
            with network_faults(seen[-1]):
                response = self._session.get(
                    seen[-1],
                    headers=headers,
                    stream=True,
                    allow_redirects=False,
                    timeout=(self.limits.connect_seconds, self.limits.read_seconds),
                )
            if not response.is_redirect:
                break
            response.close()
            target = self._target(seen[-1], response.headers["Location"])
            if target in seen or len(seen) > _MOST_REDIRECTS:
                raise SourceUnavailable(
                    "The address leads round in a circle of redirects.",
                    where=address,
                    do="Look at the publisher's page: the file may have moved.",
                )
            seen.append(target)
        with response:
            refuse_status(response, address, on_mirror=bool(self.mirror))
            yield response

    def _target(self, address: str, location: str) -> str:
        try:
            target = urljoin(address, location)
            # reading the port tells whether it is a number
            found = urlsplit(target).port is not None or bool(location.strip())
        except ValueError:
            found = False
        if not found:
            raise no_address(location, where=address)
        return target

    def _allow(self, address: str, *, first: str) -> None:
        parts = urlsplit(address)
        if self.mirror:
            mirror = urlsplit(self.mirror)
            allowed = (parts.scheme, parts.netloc) == (mirror.scheme, mirror.netloc)
        else:
            allowed = parts.scheme == "https" and parts.netloc in self.hosts
        if not allowed:
            raise SourceUnavailable(
                f"The address leads to {parts.scheme}://{parts.netloc}, which is not a host we ask.",
                where=first,
                do="If the publisher has moved, put the new address into pipeline/sources.",
            )

    def _body(self, response: requests.Response, wanted: _Wanted) -> bytes:
        address, largest_bytes = wanted.address, wanted.largest_bytes
        length = response.headers.get("Content-Length", "")
        total = int(length) if length.isdigit() else None
        if total is not None and total > largest_bytes:
            raise too_large(address, largest_bytes / _MEGABYTE)
        unpack = unpacking(response.headers.get("Content-Encoding", ""), address)
        content, came = bytearray(), 0
        with network_faults(address):
            # one read at a time, so that a server that trickles cannot outlast the time limit
            while chunk := response.raw.read1(1 << 16, decode_content=False):
                came += len(chunk)
                content += unpack.unpack(chunk, largest_bytes + 1 - len(content))
                self.progress(came, total)
                if len(content) > largest_bytes:
                    raise too_large(address, largest_bytes / _MEGABYTE)
                if time.monotonic() > wanted.deadline:
                    raise too_slow(address, self.limits.total_seconds)
        if total is not None and came != total:
            raise MayPass(cut_short(address, f"{came:,} of {total:,} bytes came"))
        if not unpack.is_whole:
            raise MayPass(cut_short(address, "its compressed body is damaged or cut short"))
        return bytes(content)
