"""Attacks on one running server, directly and through the proxy: nothing breaks, nobody else notices, nothing leaves."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from threading import Event
from urllib.parse import urlsplit

import psutil
import pytest
import requests
from caddy import installed, proxy, until
from choosing import chosen, still_chosen
from playwright.sync_api import Browser
from running import Running, counted, dashboard, free_port, run_screen
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect

pytestmark = pytest.mark.skipif(
    not installed() and not os.environ.get("CI"), reason="Caddy is not there: python tests/server/caddy.py"
)

MOST_VISITORS = 30
MOST_GROWTH_BYTES = 50_000_000
LONGEST_SILENCE_SECONDS = 0.5
LONGEST_WAIT_SECONDS = 10
"""Of the server for a request that does not come."""
TYPED = "something-a-visitor-typed"
LISTED = "https://listed.example"
WAYS = ("direct", "proxy")


@dataclass
class Attacked:
    """The server, the ways to it, and what was noted of it."""

    running: Running
    addresses: dict[str, str]
    watched: dict[str, str]
    """What makes a Python process note its connections and silences, and where."""
    slow: list[socket.socket]
    slow_since: float
    memory_at_first: int
    counted_at_first: dict[str, float]
    stopped: bool = False

    def line(self, way: str, **how: object) -> ClientConnection:
        """Connect as a browser does."""
        address = self.addresses[way]
        stream = address.replace("http", "ws", 1) + "/_stcore/stream"
        return connect(stream, max_size=None, **{"origin": address, **how})  # type: ignore[arg-type]

    def memory(self) -> int:
        """Resident bytes."""
        found: int = psutil.Process(self.running.process.pid).memory_info().rss
        return found

    def silences(self) -> list[float]:
        """Seconds of every longer silence of the server's event loop up to now."""
        noted = Path(self.watched["NOTED_SILENCES"])
        return [float(line) for line in noted.read_text(encoding="utf-8").split()] if noted.exists() else []


def half_a_request(address: str, content: bytes) -> socket.socket:
    parts = urlsplit(address)
    line = socket.create_connection((parts.hostname, parts.port), timeout=30)
    line.sendall(content)
    return line


def watching(folder: Path) -> dict[str, str]:
    noted = {name: str(folder / name) for name in ("NOTED_CONNECTIONS", "NOTED_SILENCES")}
    return {"PYTHONPATH": str(Path(__file__).with_name("watched")), **noted}


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Attacked]:
    folder = tmp_path_factory.mktemp("faults")
    sites = {"STREAMLIT_SERVER_CORS_ALLOWED_ORIGINS": LISTED, "EMBEDDED_BY": LISTED}
    with ExitStack() as stack:
        watched = watching(folder)
        running = stack.enter_context(dashboard(MOST_VISITORS=str(MOST_VISITORS), **sites, **watched))
        port = free_port()
        behind = {"DASHBOARDS": running.address.removeprefix("http://"), "SITE": f":{port}", "HTTP_PORT": str(port)}
        stack.enter_context(proxy(folder, **behind))
        addresses = {"direct": running.address, "proxy": f"http://127.0.0.1:{port}"}
        until(f"{addresses['proxy']}/readyz")
        # Slow visitors come first, so that their time is over when all else has been tried.
        forms = [
            b"GET / HTTP/1.1\r\nHost: a\r\nX-Slow: ",
            b"",
            b"POST /map HTTP/1.1\r\nHost: a\r\nContent-Length: 900\r\n\r\na",
        ]
        slow = [half_a_request(addresses[way], form) for way in WAYS for form in forms for _ in range(50)]
        attacked = Attacked(running, addresses, watched, slow, time.monotonic(), 0, counted(running))
        with attacked.line("direct") as line:
            for screen in ("map", "progress"):
                run_screen(line, screen)
        attacked.memory_at_first = attacked.memory()
        yield attacked
        for one in slow:
            one.close()


def asks_whether_it_is_alive(attacked: Attacked, over: Event) -> None:
    """Ask all the time; how long the server is silent, it notes itself."""
    while not over.wait(0.05):
        try:
            assert requests.get(f"{attacked.running.address}/healthz", timeout=30).ok
        except requests.ConnectionError:
            assert attacked.stopped
            return


@pytest.fixture(autouse=True)
def unharmed(attacked: Attacked) -> Iterator[None]:
    """After each attack: little more memory than before all, no silence meanwhile, and a neighbour's screen comes as ever."""
    before, over = len(attacked.silences()), Event()
    with ThreadPoolExecutor(1) as pool, attacked.line("direct") as neighbour:
        run_screen(neighbour, "map")
        alive = pool.submit(asks_whether_it_is_alive, attacked, over)
        yield
        over.set()
        alive.result()
        if attacked.stopped:
            return
        run_screen(neighbour, "progress")
    assert max(attacked.silences()[before:], default=0) <= LONGEST_SILENCE_SECONDS
    assert attacked.memory() - attacked.memory_at_first < MOST_GROWTH_BYTES


def end_of(line: ClientConnection) -> int:
    """Read until the connection ends, and give its code."""
    with pytest.raises(ConnectionClosed) as closed:
        all(line.recv(timeout=15) for _ in count())
    return closed.value.rcvd.code if closed.value.rcvd else 1006


@pytest.mark.parametrize("way", WAYS)
def test_frames_that_unpack_to_far_more_end_the_connection(attacked: Attacked, way: str) -> None:
    for _ in range(3):
        with attacked.line(way) as line:
            line.send(bytes(60_000_000))
            assert end_of(line) == 1009


@pytest.mark.parametrize("way", WAYS)
def test_malformed_frames_end_the_connection_and_are_counted_and_not_kept(attacked: Attacked, way: str) -> None:
    before = counted(attacked.running).get("dashboard_refused_totalmessage", 0)
    frames: list[bytes | str] = [b"\xff" * 990_000] * 20 + [TYPED, b"\x00", TYPED.encode()]
    for frame in frames:
        with attacked.line(way) as line:
            line.send(frame)
            assert end_of(line) in {1000, 1002, 1003, 1005, 1006}
    assert counted(attacked.running)["dashboard_refused_totalmessage"] >= before + len(frames)


def controls(line: ClientConnection, screen: str) -> list[str]:
    """Ids of the controls of a screen."""
    kinds = {"selectbox", "button_group", "text_input", "slider"}
    elements = ((element.WhichOneof("type"), element) for element in run_screen(line, screen))
    return [getattr(element, kind).id for kind, element in elements if kind in kinds]


def test_forged_settings_raise_no_alarm_and_what_they_say_is_not_repeated(attacked: Attacked) -> None:
    with attacked.line("direct") as line:
        ids = controls(line, "map")
        assert len(ids) > 4
        before = counted(attacked.running)["dashboard_refused_totalmessage"]
        for kind in ("json_value", "string_value", "string_array_value", "bool_value"):
            request = BackMsg()
            request.rerun_script.page_name = "map"
            for one in ids:
                state = request.rerun_script.widget_states.widgets.add(id=one)
                if kind == "bool_value":
                    state.bool_value = True
                elif kind == "string_array_value":
                    state.string_array_value.data.append(TYPED)
                else:
                    setattr(state, kind, TYPED)
            request.rerun_script.query_string = f"place={TYPED}&measure={TYPED}"
            line.send(request.SerializeToString())
            while ForwardMsg.FromString(line.recv(timeout=30)).WhichOneof("type") != "script_finished":  # type: ignore[arg-type]
                pass
        forged_file = BackMsg()
        forged_file.backend_operation_request.request_id = TYPED
        forged_file.backend_operation_request.deferred_file.file_id = TYPED
        line.send(forged_file.SerializeToString())
        run_screen(line, "map")
    found = counted(attacked.running)
    assert found["dashboard_errors_total"] == 0
    assert found["dashboard_refused_totalmessage"] >= before + 3


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    "form", ["https://elsewhere.example", "null", "", "http://[", "ftp://{}", "//{}", "http://{}.example", "{}"]
)
def test_another_sites_page_is_refused_at_once(attacked: Attacked, way: str, form: str) -> None:
    origin = form.format(urlsplit(attacked.addresses[way]).netloc)
    with (
        pytest.raises(InvalidStatus) as refused,
        attacked.line(way, origin=None, additional_headers={"Origin": origin}),
    ):
        pass
    assert refused.value.response.status_code == 403


def test_a_site_that_is_listed_may_connect_and_frame_and_nobody_is_asked_about_it(attacked: Attacked) -> None:
    with attacked.line("direct", origin=LISTED) as line:
        run_screen(line)
    for query, framers in {"?embed=true": LISTED, "?embed=true&chart=map": LISTED, "": "'self'"}.items():
        policy = requests.get(f"{attacked.running.address}/map{query}", timeout=15).headers["content-security-policy"]
        assert policy.endswith(f"frame-ancestors {framers}")


@pytest.mark.parametrize(
    ("screen", "queries"),
    [
        ("slides", [f"{words}=" + "9" * 6000 for words in ("slide", "present=1&slide", "present=1&target")]),
        ("map", ["&".join(f"word{number}=1" for number in range(2000))]),
        ("place", ["place=" + "[x](http://192.0.2.1)" * 1000, "place=" + "A" * 1500, "?sex=male", "sex=Men#part"]),
        ("place", ["sex=%ff%fe", "sex=%", "&&&&", "=male", "sex", "sex=male&sex=female&sex=x", "%00=%00"]),
    ],
)
def test_no_address_brings_a_red_box(attacked: Attacked, screen: str, queries: list[str]) -> None:
    with attacked.line("direct") as line:
        for query in queries:
            elements = run_screen(line, screen, query=query)
            assert elements
            assert not [element.exception.type for element in elements if element.WhichOneof("type") == "exception"]


@pytest.mark.parametrize("path", ["/" + "x" * 70_000, "/metrics", "/_stcore/metrics", "/_stcore/upload_file/a/b"])
@pytest.mark.parametrize("way", WAYS)
def test_what_is_not_there_is_refused(attacked: Attacked, way: str, path: str) -> None:
    with suppress(requests.ConnectionError):
        assert 400 <= requests.get(attacked.addresses[way] + path, timeout=15).status_code < 500


@pytest.mark.parametrize("way", WAYS)
def test_whoever_is_one_too_many_is_told_to_wait_and_comes_in_when_another_leaves(attacked: Attacked, way: str) -> None:
    with ExitStack() as inside, ThreadPoolExecutor(8) as pool:
        for line in pool.map(lambda _: attacked.line(way), range(MOST_VISITORS - 1)):  # and the neighbour
            inside.enter_context(line)
        with pytest.raises(InvalidStatus) as refused, attacked.line(way):
            pass
        assert refused.value.response.status_code == 503
        page = requests.get(f"{attacked.addresses[way]}/map", timeout=15)
        assert (page.status_code, page.headers["retry-after"]) == (503, "15")
        assert "Many people are here just now" in page.text
    for _ in range(100):
        if counted(attacked.running)["dashboard_connections"] == 1:
            break
        time.sleep(0.05)
    with attacked.line(way) as line:
        run_screen(line)
    assert counted(attacked.running)["dashboard_refused_totalbusy"] >= 2


def is_closed(line: socket.socket, seconds: float) -> bool:
    line.settimeout(max(seconds, 0.1))
    with suppress(ConnectionError):
        try:
            while line.recv(65536):
                pass
        except TimeoutError:
            return False
    return True


def test_slow_visitors_are_let_go(attacked: Attacked) -> None:
    until_over = attacked.slow_since + LONGEST_WAIT_SECONDS + 5
    still_open = [line for line in attacked.slow if not is_closed(line, until_over - time.monotonic())]
    assert still_open == []


def test_the_log_is_plain_and_repeats_nothing(attacked: Attacked) -> None:
    text = attacked.running.log.read_text(encoding="utf-8")
    lines = [json.loads(line) for line in text.splitlines()]
    assert {line["message"] for line in lines} <= {"ready", "view", "busy"}
    assert not [line for line in lines if line["level"] == "ERROR"]
    assert TYPED not in text
    assert lines[0]["open_files"] >= 1024


CONNECT = "import socket; socket.socket(socket.AF_INET, socket.SOCK_DGRAM).connect(('192.0.2.1', 9))"


def test_nothing_left_the_machine(attacked: Attacked, tmp_path: Path) -> None:
    noted = Path(attacked.watched["NOTED_CONNECTIONS"])
    assert not noted.exists(), noted.read_text(encoding="utf-8")
    watched = watching(tmp_path)
    subprocess.run([sys.executable, "-c", CONNECT], env={**os.environ, **watched}, check=False)
    assert "192.0.2.1" in Path(watched["NOTED_CONNECTIONS"]).read_text(encoding="utf-8")


def test_a_silence_would_be_noticed(attacked: Attacked) -> None:
    before = len(attacked.silences())
    for turn in range(400):
        if turn % 60 == 0:  # on a busy machine, what others took may hide one
            attacked.running.process.send_signal(signal.SIGUSR1)  # its loop sleeps for a second
        if attacked.silences()[before:]:
            break
        time.sleep(0.05)
    assert max(attacked.silences()[before:]) > LONGEST_SILENCE_SECONDS
    Path(attacked.watched["NOTED_SILENCES"]).unlink()  # it was none of the server's own


def test_opening_the_screens_before_anybody_comes_is_no_visit(attacked: Attacked) -> None:
    assert not [name for name in attacked.counted_at_first if name.startswith("dashboard_views_total")]


@pytest.mark.browser
def test_stopped_in_a_burst_and_started_again_it_loses_nobody(attacked: Attacked, chromium: Browser) -> None:
    """Comes last: a service manager's stop (SIGTERM) while screens are being made, and its start."""
    page = chosen(chromium, attacked.running.address)
    request = BackMsg()
    request.rerun_script.page_name = "levers"
    with ExitStack() as inside:
        lines = [inside.enter_context(attacked.line("direct")) for _ in range(MOST_VISITORS - 3)]
        for line in lines:
            line.send(request.SerializeToString())
        attacked.stopped = True
        attacked.running.process.send_signal(signal.SIGTERM)
        assert {end_of(line) for line in lines} == {1012}  # the service restarts
    said, _ = attacked.running.process.communicate(timeout=60)
    assert (said, attacked.running.process.returncode) == ("Stopped.\n", 0)
    text = attacked.running.log.read_text(encoding="utf-8")
    assert "ERROR" not in text, text[-3000:]
    with dashboard(at=urlsplit(attacked.running.address).port or 0):
        still_chosen(page)
