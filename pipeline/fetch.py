"""The only code that opens a socket: a publisher's address in, its bytes out, from the publisher or from a mirror."""

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import requests

from pipeline.errors import SourceUnavailable
from pipeline.ingest import Upstream


@dataclass(frozen=True, kw_only=True)
class Limits:
    """How long to wait and how much to take; tests inject short ones."""

    connect_seconds: float = 10
    read_seconds: float = 30


def place_of(url: str) -> str:
    """Return where a mirror keeps an address: host and path."""
    parts = urlsplit(url)
    return f"{parts.netloc}{parts.path}"


def download(url: str, *, mirror: str = "", limits: Limits = Limits()) -> Upstream:
    """Return the bytes of an address.

    Args:
        url: the publisher's address.
        mirror: folder or address that holds copies as <host>/<path>; empty for the publisher itself.
        limits: how long to wait.

    Raises:
        SourceUnavailable: the bytes could not be had.
    """
    if mirror:
        path = Path(mirror) / place_of(url)
        if not path.is_file():
            raise SourceUnavailable(
                "The mirror does not hold this file.", where=place_of(url), do="Fetch without --mirror, or add the file."
            )
        return Upstream(content=path.read_bytes(), url=url, retrieved_from=f"mirror:{place_of(url)}")
    try:
        response = requests.get(url, timeout=(limits.connect_seconds, limits.read_seconds))
        response.raise_for_status()
    except requests.RequestException as error:
        raise SourceUnavailable(f"{type(error).__name__}", where=url, do="Try again later.") from None
    return Upstream(content=response.content, url=url, retrieved_from=url)
