"""Two dashboards behind the proxy: the same crowd, and one of the two killed in the middle of it."""

import asyncio
import os
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress

from benchmarks.browser import chromium, view, visitor
from benchmarks.measured import Part, Row, percentile
from benchmarks.screens import FIRST, Screen, screens
from benchmarks.servers import ROOT, Server, dashboard, free_port
from benchmarks.sessions import ARRIVE_WITHIN_SECONDS, CLICKS, CROWDS, EVERY_SECONDS, paths
from benchmarks.visitor import Visitor, all_visit

sys.path.append(str(ROOT / "tests" / "server"))
from caddy import installed

CROWD = CROWDS[-1]
CROWD_AT_A_KILL = 50


def measure(number: int = CROWD) -> Part:
    """Measure views, a crowd and a kill through the proxy."""
    part = Part(
        "replicas",
        "Two dashboards behind the proxy",
        "Caddy with deploy/proxy/Caddyfile before two dashboards, all on the same machine. 'Cold' is the first view of a "
        "browser with nothing kept. Then the crowd of the table above; then a smaller crowd, in the middle of which one "
        "dashboard is killed: lost are visitors of the other one whose connection broke.",
    )
    if not installed():
        part.note += " Not measured: Caddy is not there (python tests/server/caddy.py)."
        return part
    with site() as (address, servers):
        part.rows += _bytes(address)
        visitors = sent_by(address, number)
        asyncio.run(
            all_visit(visitors, clicks=CLICKS, every_seconds=EVERY_SECONDS, arrive_within=ARRIVE_WITHIN_SECONDS)
        )
        seconds = [second for one in visitors for second in one.seconds]
        failures = [failure for one in visitors for failure in one.failures]
        part.rows += [
            Row(what=f"{number} visitors, a change, median", value=percentile(seconds, 0.5) * 1000, unit="ms"),
            Row(
                what=f"{number} visitors, a change, 95th percentile",
                value=percentile(seconds, 0.95) * 1000,
                unit="ms",
                at_most=2000,
            ),
            Row(what=f"{number} visitors, failures", value=len(failures), unit="", at_most=0),
        ]
        part.rows += _kill(address, servers)
    return part


def _bytes(address: str) -> list[Row]:
    shown: list[Screen] = [FIRST, *(one for one in screens() if one.path == "/map")]
    rows = []
    with chromium() as browser:
        for screen in shown:
            context = visitor(browser, answer=screen.answer)
            found = view(context, address + screen.path)
            context.close()
            rows.append(Row(what=f"{screen.name}, cold, sent", value=found.bytes_sent / 1000, unit="kB", at_most=2800))
    return rows


def _kill(address: str, servers: list[Server]) -> list[Row]:
    visitors = sent_by(address, CROWD_AT_A_KILL)

    async def with_a_kill() -> None:
        coming = asyncio.create_task(all_visit(visitors, clicks=CLICKS, every_seconds=2, arrive_within=2))
        await asyncio.sleep(6)
        servers[0].process.send_signal(signal.SIGKILL)
        await coming

    asyncio.run(with_a_kill())
    cut_off = Counter(one.headers["Cookie"] for one in visitors if one.failures)
    killed = cut_off.most_common(1)[0][0] if cut_off else ""
    lost = sum(count for cookie, count in cut_off.items() if cookie != killed)
    back = sent_by(address, CROWD_AT_A_KILL, cookies=[killed])
    asyncio.run(all_visit(back, clicks=1, every_seconds=1, arrive_within=2))
    failures = [failure for one in back for failure in one.failures]
    return [
        Row(what="one dashboard killed: its own visitors cut off", value=cut_off[killed], unit=""),
        Row(what="one dashboard killed: visitors of the other lost", value=lost, unit="", at_most=0),
        Row(what="those cut off who came back and failed", value=len(failures), unit="", at_most=0),
    ]


def sent_by(address: str, number: int, *, cookies: list[str] | None = None) -> list[Visitor]:
    """Return visitors who come by way of the proxy, each with the cookie it gave them."""
    shown = paths()
    return [
        Visitor(
            address.replace("http", "ws", 1),
            shown[one % len(shown)],
            headers={"Cookie": cookies[one % len(cookies)] if cookies else _cookie(address)},
        )
        for one in range(number)
    ]


def _cookie(address: str) -> str:
    with urllib.request.urlopen(address, timeout=20) as answer:
        return str(answer.headers["Set-Cookie"]).partition(";")[0]


@contextmanager
def site() -> Iterator[tuple[str, list[Server]]]:
    """Serve two dashboards behind the proxy."""
    with ExitStack() as running:
        servers = [running.enter_context(dashboard()) for _ in range(2)]
        folder = running.enter_context(tempfile.TemporaryDirectory())
        port = free_port()
        process = subprocess.Popen(
            [installed(), "run", "--config", str(ROOT / "deploy/proxy/Caddyfile"), "--adapter", "caddyfile"],
            env={
                **os.environ,
                "XDG_DATA_HOME": folder,
                "XDG_CONFIG_HOME": folder,
                "SITE": f":{port}",
                "HTTP_PORT": str(port),
                "DASHBOARDS": " ".join(server.address.removeprefix("http://") for server in servers),
            },
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        address = f"http://127.0.0.1:{port}"
        try:
            for _ in range(200):
                with suppress(OSError), urllib.request.urlopen(f"{address}/readyz", timeout=10):
                    break
                time.sleep(0.2)
            yield address, servers
        finally:
            process.terminate()
            process.wait(timeout=15)
