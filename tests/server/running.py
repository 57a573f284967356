"""Starts the dashboard as a user would, for the tests that speak to it over the network."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO

import requests
from prometheus_client.parser import text_string_to_metric_families
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.sync.client import ClientConnection

ROOT = Path(__file__).resolve().parents[2]
PAGES = ["/", *(f"/{path.stem}" for path in sorted((ROOT / "pages").glob("*.py")))]


@dataclass(frozen=True)
class Running:
    """A dashboard that serves."""

    address: str
    process: "subprocess.Popen[str]"
    metrics: str
    """Address of its figures for Prometheus."""
    log: Path
    """What it writes to standard error: a file, since a full pipe would stop it."""

    @property
    def stream(self) -> str:
        """Address of the connection that carries a screen."""
        return self.address.replace("http", "ws", 1) + "/_stcore/stream"


def command(
    *words: str, log: IO[str] | int = subprocess.PIPE, project: Path = ROOT, **environment: str
) -> "subprocess.Popen[str]":
    """Start `python -m dashboard` of a project with these words; PORT and ADDRESS of the caller's shell are kept out."""
    inherited = {name: value for name, value in os.environ.items() if name not in {"PORT", "ADDRESS"}}
    return subprocess.Popen(
        [sys.executable, "-m", "dashboard", *words],
        cwd=project,
        env={**inherited, "PYTHONUNBUFFERED": "1", **environment},
        stdout=subprocess.PIPE,
        stderr=log,
        text=True,
    )


@contextmanager
def dashboard(at: int = 0, project: Path = ROOT, **environment: str) -> Iterator[Running]:
    """Serve a project's dashboard at a port, or at any free one, for as long as the block lasts; ready once it has said its address."""
    port = free_port()
    with NamedTemporaryFile("w", suffix=".log") as log:
        process = command("--port", str(at), log=log, project=project, METRICS_PORT=str(port), **environment)
        try:
            assert process.stdout is not None
            said = process.stdout.readline()
            assert "http://" in said, said + Path(log.name).read_text(encoding="utf-8")
            yield Running(said.split()[4].rstrip("/"), process, f"http://127.0.0.1:{port}/metrics", Path(log.name))
        finally:
            stopped(process)


def free_port() -> int:
    """A port nobody listens at."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
        return port


@contextmanager
def plain_streamlit() -> Iterator[str]:
    """Serve the dashboard with `streamlit run app.py`, and give its address."""
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "streamlit", "run", "app.py", f"--server.port={port}", "--server.address=127.0.0.1"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        assert process.stdout is not None
        assert any("URL:" in line for line in process.stdout)
        yield f"http://127.0.0.1:{port}"
    finally:
        stopped(process)


def stopped(process: "subprocess.Popen[str]") -> None:
    """Stop a process; kill it where it does not obey."""
    process.send_signal(signal.SIGTERM)
    try:
        process.communicate(timeout=15)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()


def messages_of_a_run(
    line: ClientConnection, screen: str, *, query: str = "", states: Sequence[WidgetState] = ()
) -> list[bytes]:
    """Ask for a screen as a browser does, with what is chosen on it, and give what the server sends until it has been made."""
    request = BackMsg()
    request.rerun_script.page_name = screen
    request.rerun_script.query_string = query
    request.rerun_script.widget_states.widgets.extend(states)
    line.send(request.SerializeToString())
    messages: list[bytes] = []
    while True:
        messages.append(bytes(line.recv(timeout=60)))  # type: ignore[arg-type] # all are bytes
        said = ForwardMsg.FromString(messages[-1])
        # a run that another follows at once makes no screen
        if said.WhichOneof("type") == "script_finished" and said.script_finished == said.FINISHED_SUCCESSFULLY:
            return messages


def parts_of(messages: Sequence[bytes]) -> list[Element]:
    """What a screen is made of."""
    found: dict[tuple[int, ...], Element] = {}
    for said in map(ForwardMsg.FromString, messages):
        if said.WhichOneof("type") == "delta" and said.delta.WhichOneof("type") == "new_element":
            # what this replaces may have been sent or not, as the server was quick or slow
            found[tuple(said.metadata.delta_path)] = said.delta.new_element
    return [found[at] for at in sorted(found)]


def run_screen(line: ClientConnection, screen: str = "map", *, query: str = "") -> list[Element]:
    """Ask for a screen as a browser does, and give what it is made of once it has been made."""
    return parts_of(messages_of_a_run(line, screen, query=query))


def counted(running: Running) -> dict[str, float]:
    """Name of a measure, and the screen or reason where there is one -> its value."""
    text = requests.get(running.metrics, timeout=10).text
    return {
        sample.name + sample.labels.get("screen", sample.labels.get("why", "")): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }
