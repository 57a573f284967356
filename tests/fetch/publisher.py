"""A publisher on this machine: files in the ONS layout made from the figures held, served with every kind of fault."""

import contextlib
import io
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pandas as pd

from pipeline import store
from pipeline.tables import RAW

HLE_URL_PATH = "healthy-life-expectancy/healthy-life-expectancy.csv"
_INDICATOR = {"female": "Female healthy life expectancy", "male": "Male healthy life expectancy"}
_GEOGRAPHY = {
    "country": "Nation",
    "region": "Region",
    "combined-authority": "Combined Authority or City Region",
    "utla": "County or Unitary Authority",
    "nation": "Country",
    "nation-authority": "Local Authority",
}


def published_hle(release: str, table: str = "hle") -> pd.DataFrame:
    """Return a held release in the columns that Explore Local Statistics publishes, cells as text; yours to change."""
    return _published_hle(release, table).copy()


@cache
def _published_hle(release: str, table: str) -> pd.DataFrame:
    held = store.read(RAW[table], store.RAW_FOLDER / table / f"{release}.csv")
    return pd.DataFrame(
        {
            "areacd": held["area_code"],
            "areanm": held["area_name"],
            "geography": held["area_type"].map(_GEOGRAPHY),
            "indicator": held["sex"].map(_INDICATOR),
            "period": held["period_start"].astype(str) + "-01-01/P3Y",
            "observation": held["hle_years"].astype(str),
            "measure": "Years",
            "unit": "yrs",
            "lci_95": held["hle_lci_95"].astype(str),
            "uci_95": held["hle_uci_95"].astype(str),
            "status": "",
            "notes": "",
        }
    )


def as_bytes(rows: pd.DataFrame) -> bytes:
    """Return the CSV bytes of a publisher's table."""
    text = io.StringIO()
    rows.to_csv(text, index=False, lineterminator="\n")
    return text.getvalue().encode("utf-8")


class Exchange(BaseHTTPRequestHandler):
    """One request and its answer; the answer is whatever the publisher was told to give."""

    protocol_version = "HTTP/1.1"
    server: "_Server"

    def do_GET(self) -> None:
        """Answer as told, and note the request."""
        publisher = self.server.publisher
        publisher.requests.append((self.path, dict(self.headers)))
        answer = publisher.answers.get(self.path.partition("?")[0])
        with contextlib.suppress(ConnectionError):
            if answer is None:
                self.give(404, b"no such file")
            else:
                answer(self)
        # a client that is owed more bytes must see the connection end
        self.close_connection = True

    def give(self, status: int, body: bytes = b"", **headers: str) -> None:
        """Send a status, headers (underscores stand for hyphens) and a body with its true length."""
        self.head(status, **{"Content_Length": str(len(body)), **headers})
        self.wfile.write(body)

    def head(self, status: int, **headers: str) -> None:
        """Send a status and headers only."""
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Connection", "close")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Stay silent."""


class _Server(ThreadingHTTPServer):
    publisher: "Publisher"
    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        """A client that hangs up is part of the game."""


Answer = Callable[[Exchange], None]


@dataclass
class Publisher:
    """A server on a free port of this machine: path -> answer, and the requests it has seen."""

    address: str
    answers: dict[str, Answer] = field(default_factory=dict)
    requests: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    never: threading.Event = field(default_factory=threading.Event)
    """Waited for by answers that hang; set when the test is over."""

    def serve(self, url: str, answer: bytes | Answer) -> None:
        """Put a file, or a behaviour, at the place where a mirror keeps an address."""
        path = "/" + url.partition("://")[2].partition("?")[0]
        self.answers[path] = answer if callable(answer) else (lambda exchange: exchange.give(200, answer))


@contextlib.contextmanager
def publisher() -> Iterator[Publisher]:
    """Run a publisher for the time of a test."""
    server = _Server(("127.0.0.1", 0), Exchange)
    server.publisher = Publisher(address=f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server.publisher
    finally:
        server.publisher.never.set()
        server.shutdown()
        server.server_close()
        thread.join(timeout=5)


def tree(folder: Path) -> dict[str, bytes]:
    """Return every file under a folder: name -> bytes."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }
