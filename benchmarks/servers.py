"""Starts what is measured: the dashboard, and the bare pages it is compared with."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BARE = Path(__file__).resolve().parent / "bare"


@dataclass(frozen=True)
class Server:
    """A server under measurement."""

    address: str
    process: "subprocess.Popen[bytes]"
    start_seconds: float
    """From the command to the first page that could be had."""
    warm_seconds: float
    """From the command to the moment when every screen has been opened once."""


def free_port() -> int:
    """Return a port nobody listens at."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
        return port


@contextmanager
def dashboard(environment: Mapping[str, str] | None = None) -> Iterator[Server]:
    """Serve the dashboard as `make app` does, warmed up."""
    port = free_port()
    words = [sys.executable, "-m", "dashboard", "--port", str(port)]
    with _served(words, port, folder=ROOT, ready="/readyz", environment=environment or {}) as server:
        yield server


@contextmanager
def bare(page: str) -> Iterator[Server]:
    """Serve a bare page as anybody would: `streamlit run`, with no settings but those that keep it quiet."""
    port = free_port()
    words = [sys.executable, "-m", "streamlit", "run", f"{page}.py", f"--server.port={port}"]
    quiet = ["--server.address=127.0.0.1", "--server.headless=true", "--browser.gatherUsageStats=false"]
    with _served([*words, *quiet], port, folder=BARE, ready="/_stcore/health", environment={}) as server:
        yield server


@contextmanager
def _served(
    words: list[str], port: int, *, folder: Path, ready: str, environment: Mapping[str, str]
) -> Iterator[Server]:
    address = f"http://127.0.0.1:{port}"
    begun = time.perf_counter()
    process = subprocess.Popen(
        words,
        cwd=folder,
        env={**os.environ, **environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait(f"{address}/_stcore/health", process)
        start_seconds = time.perf_counter() - begun
        _wait(address + ready, process)
        warm_seconds = time.perf_counter() - begun
        while b'"to_draw_ahead":' in (said := _said(address + ready)) and b'"to_draw_ahead":0' not in said:
            time.sleep(0.2)
        yield Server(address, process, start_seconds, warm_seconds)
    finally:
        process.terminate()
        try:
            process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _said(address: str) -> bytes:
    with urllib.request.urlopen(address, timeout=5) as answer:
        return bytes(answer.read())


def _wait(address: str, process: "subprocess.Popen[bytes]") -> None:
    for _ in range(600):
        with suppress(OSError), urllib.request.urlopen(address, timeout=5):
            return
        if process.poll() is not None:
            break
        time.sleep(0.05)
    raise RuntimeError(f"The server did not get ready: {address}")
