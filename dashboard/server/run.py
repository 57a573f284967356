"""Opens the ports and runs the dashboard's web server until it is told to stop."""

import ctypes
import errno
import resource
import socket
from contextlib import suppress

import uvicorn
from starlette.types import ASGIApp
from streamlit import config

from dashboard.server.patience import Patient
from dashboard.server.settings import base_path
from pipeline.errors import PipelineError

LARGEST_MESSAGE_BYTES = 1_000_000
"""Of what a browser sends, unpacked: the settings of a screen are some thousand bytes, and a packed message can be huge."""

MOST_FILES = 65_536
KEPT_FILES = 600
"""Files that are no visitor's: tables, libraries, and what Streamlit keeps of the last 128 who left."""
FILES_OF_A_VISITOR = 4
"""The connection, and an event loop that Streamlit makes for each."""

_MALLOC = {-8: 2, -3: 131_072, -1: 131_072}
"""Of `mallopt`: how many heaps, the bytes of a block that has a place of its own, and of a free end that is given back."""

_ADDRESSES = "Use 127.0.0.1 for this machine alone, or 0.0.0.0 for all its addresses."


class CannotListen(PipelineError):
    """The address or port cannot be had."""

    exit_code = 8


def listen(address: str, port: int) -> socket.socket:
    """Open a socket that listens at an address; port 0 takes any free one.

    Raises:
        CannotListen: the port is taken, not allowed, or the address is not one of this machine.
    """
    try:
        family = socket.getaddrinfo(address, port, type=socket.SOCK_STREAM)[0][0]
        listening = socket.create_server((address, port), family=family, backlog=2048)
        # A run of a screen is many small messages. Without this (connections inherit it), the second waits 40 ms for the
        # browser to confirm the first.
        listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return listening
    except OSError as error:
        another = f"Stop the other program, or choose another port: python -m dashboard --port {port + 1}"
        low = "Choose a port above 1023: python -m dashboard --port 8501"
        what, do = {
            errno.EADDRINUSE: (f"Port {port} is already in use.", another),
            errno.EACCES: (f"This user may not open port {port}.", low),
        }.get(error.errno or 0, (f"The address {address} is not one of this machine.", _ADDRESSES))
        raise CannotListen(what, where=f"address {address}, port {port}", do=do) from error


def shown_address(listening: socket.socket) -> str:
    """The address to type into a browser."""
    host, port = listening.getsockname()[:2]
    name = "localhost" if host in {"0.0.0.0", "::"} else f"[{host}]" if ":" in host else host  # noqa: S104 # compared, not bound
    return f"http://{name}:{port}{base_path()}/"


def raise_limit_of_open_files() -> int:
    """Allow this process as many open files as it may have, since every connection is one; return how many that are."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = MOST_FILES if hard == resource.RLIM_INFINITY else min(hard, MOST_FILES)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
    return most


def give_memory_back() -> None:
    """Have the C library give back what is free, to be called before there are threads.

    Each run of a screen is a thread, and each may have a heap of its own: 670 MB after five minutes of 40 visitors, 390 so.
    """
    with suppress(AttributeError):  # it is not the GNU library
        for setting, value in _MALLOC.items():
            ctypes.CDLL(None).mallopt(setting, value)


def serve(app: ASGIApp, listening: socket.socket) -> None:
    """Serve an application on an open socket until the process is told to stop."""
    settings = uvicorn.Config(
        app,
        http=Patient,
        ws="websockets-sansio",
        ws_ping_interval=30,
        ws_ping_timeout=30,
        ws_max_size=LARGEST_MESSAGE_BYTES,
        ws_per_message_deflate=config.get_option("server.enableWebsocketCompression"),
        access_log=False,
        log_config=None,
        server_header=False,
        limit_concurrency=max(raise_limit_of_open_files() // 2, 1),
        timeout_graceful_shutdown=5,
    )
    uvicorn.Server(settings).run(sockets=[listening])
