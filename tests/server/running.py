"""Starts the dashboard as a user would, for the tests that speak to it over the network."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import requests
from prometheus_client.parser import text_string_to_metric_families

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Running:
    """A dashboard that serves."""

    address: str
    process: "subprocess.Popen[str]"


def command(*words: str, **environment: str) -> "subprocess.Popen[str]":
    """Start `python -m dashboard` with these words; PORT and ADDRESS of the caller's shell are kept out, and nothing
    is drawn ahead unless asked for: it would only take time from the tests."""
    inherited = {name: value for name, value in os.environ.items() if name not in {"PORT", "ADDRESS"}}
    return subprocess.Popen(
        [sys.executable, "-m", "dashboard", *words],
        cwd=ROOT,
        env={**inherited, "PYTHONUNBUFFERED": "1", "DRAW_AHEAD": "no", **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@contextmanager
def dashboard(**environment: str) -> Iterator[Running]:
    """Serve the dashboard on a free port for as long as the block lasts."""
    process = command("--port", "0", **environment)
    try:
        assert process.stdout is not None
        said = process.stdout.readline()
        assert "http://" in said, said + (process.communicate(timeout=10)[1])
        yield Running(said.split()[4].rstrip("/"), process)
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.communicate(timeout=15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()


@contextmanager
def plain_streamlit() -> Iterator[str]:
    """Serve the dashboard with `streamlit run app.py`, and give its address."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "streamlit", "run", "app.py", f"--server.port={port}", "--server.address=127.0.0.1"],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        for _ in range(100):
            with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
                break
            time.sleep(0.2)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=15)


def until_ready(running: Running) -> requests.Response:
    """What it answers once every screen has been opened."""
    for _ in range(600):
        answer = requests.get(f"{running.address}/readyz", timeout=10)
        if answer.status_code == 200:
            return answer
        time.sleep(0.2)
    raise AssertionError(answer.text)


def counted(running: Running) -> dict[str, float]:
    """Name of a measure, and the screen where there is one -> its value."""
    text = requests.get(f"{running.address}/metrics", timeout=10).text
    return {
        sample.name + "".join(sample.labels.get("screen", "")): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }
