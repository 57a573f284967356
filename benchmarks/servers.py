"""Starts what is measured: the dashboard, alone or twice behind the proxy, and the bare page it is compared with."""

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

ROOT = Path(__file__).resolve().parents[1]
BARE = Path(__file__).resolve().parent / "bare"

sys.path += [str(ROOT / "tests"), str(ROOT / "tests" / "server")]  # where the browser and the proxy are found


@dataclass(frozen=True)
class Server:
    """A server under measurement."""

    address: str
    process: "subprocess.Popen[bytes]"
    ready_seconds: float
    """From the command to the moment when visitors may come."""


def free_port() -> int:
    """A port nobody listens at."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
        return port


@contextmanager
def dashboard(log: int | IO[bytes] = subprocess.DEVNULL) -> Iterator[Server]:
    """Serve the dashboard as `make app` does; `log` takes what it writes to standard error."""
    port = free_port()
    words = [sys.executable, "-m", "dashboard", "--port", str(port)]
    with served(words, f"http://127.0.0.1:{port}", folder=ROOT, ready="/readyz", log=log) as server:
        yield server


@contextmanager
def bare() -> Iterator[Server]:
    """Serve the bare page as anybody would: `streamlit run`, with no settings but those that keep it quiet."""
    port = free_port()
    words = [sys.executable, "-m", "streamlit", "run", "charts.py", f"--server.port={port}"]
    quiet = ["--server.address=127.0.0.1", "--server.headless=true", "--browser.gatherUsageStats=false"]
    with served([*words, *quiet], f"http://127.0.0.1:{port}", folder=BARE, ready="/_stcore/health") as server:
        yield server


@contextmanager
def two_behind_the_proxy() -> Iterator[str]:
    """Serve two dashboards behind Caddy; gives the proxy's address."""
    from caddy import installed  # noqa: PLC0415 - found in tests/server

    with ExitStack() as running:
        dashboards = [running.enter_context(dashboard()) for _ in range(2)]
        folder = running.enter_context(tempfile.TemporaryDirectory())
        port = free_port()
        settings = {
            "XDG_DATA_HOME": folder,
            "XDG_CONFIG_HOME": folder,
            "SITE": f":{port}",
            "HTTP_PORT": str(port),
            "DASHBOARDS": " ".join(one.address.removeprefix("http://") for one in dashboards),
        }
        words = [installed(), "run", "--config", str(ROOT / "deploy/proxy/Caddyfile"), "--adapter", "caddyfile"]
        address = f"http://127.0.0.1:{port}"
        running.enter_context(served(words, address, folder=ROOT, ready="/readyz", environment=settings))
        yield address


@contextmanager
def served(
    words: list[str],
    address: str,
    *,
    folder: Path,
    ready: str,
    environment: Mapping[str, str] | None = None,
    log: int | IO[bytes] = subprocess.DEVNULL,
) -> Iterator[Server]:
    """Run a server for as long as the block lasts, from the moment when it answers at `ready`."""
    begun = time.perf_counter()
    process = subprocess.Popen(
        words,
        cwd=folder,
        env={**os.environ, **(environment or {})},
        stdout=subprocess.DEVNULL,
        stderr=log,
    )
    try:
        _wait(address + ready, process)
        yield Server(address, process, time.perf_counter() - begun)
    finally:
        process.terminate()
        try:
            process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait(address: str, process: "subprocess.Popen[bytes]") -> None:
    for _ in range(1200):
        with suppress(OSError), urllib.request.urlopen(address, timeout=30):
            return
        if process.poll() is not None:
            break
        time.sleep(0.05)
    raise RuntimeError(f"The server did not get ready: {address}")
