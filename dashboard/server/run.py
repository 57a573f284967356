"""Opens the port and runs the dashboard's web server until it is told to stop."""

import errno
import socket

import uvicorn
from starlette.types import ASGIApp
from streamlit import config

from dashboard.server.settings import base_path
from pipeline.errors import PipelineError

LARGEST_MESSAGE_BYTES = 1_000_000
"""Of what a browser sends, unpacked: the settings of a screen are some thousand bytes, and a packed message can be huge."""


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
        what, do = {
            errno.EADDRINUSE: (
                f"Port {port} is already in use.",
                f"Stop the other program, or choose another port: python -m dashboard --port {port + 1}",
            ),
            errno.EACCES: (
                f"This user may not open port {port}.",
                "Choose a port above 1023: python -m dashboard --port 8501",
            ),
        }.get(
            error.errno or 0,
            (
                f"The address {address} is not one of this machine.",
                "Use 127.0.0.1 for this machine alone, or 0.0.0.0 for all its addresses.",
            ),
        )
        raise CannotListen(what, where=f"address {address}, port {port}", do=do) from error


def shown_address(listening: socket.socket) -> str:
    """The address to type into a browser."""
    host, port = listening.getsockname()[:2]
    name = "localhost" if host in {"0.0.0.0", "::"} else f"[{host}]" if ":" in host else host  # noqa: S104 # compared, not bound
    return f"http://{name}:{port}{base_path()}/"


def serve(app: ASGIApp, listening: socket.socket) -> None:
    """Serve an application on an open socket until the process is told to stop."""
    settings = uvicorn.Config(
        app,
        ws="websockets-sansio",
        ws_ping_interval=30,
        ws_ping_timeout=30,
        ws_max_size=LARGEST_MESSAGE_BYTES,
        ws_per_message_deflate=config.get_option("server.enableWebsocketCompression"),
        access_log=False,
        log_config=None,
        server_header=False,
        timeout_graceful_shutdown=5,
    )
    uvicorn.Server(settings).run(sockets=[listening])
