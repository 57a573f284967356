"""Many visitors at once, on one process and on two behind the proxy."""

import asyncio
import gc
import urllib.request

from benchmarks.measured import Part, Row, median, percentile_95
from benchmarks.screens import screens
from benchmarks.servers import dashboard, two_behind_the_proxy
from benchmarks.visitor import Visitor, all_visit

CLICKS = 6
EVERY_SECONDS = 5.0


def measure() -> Part:
    """Measure 100 visitors on one process, then 200 on two."""
    part = Part(
        "Many visitors at once",
        f"Visitors spread over all screens, each with a connection of its own, who come within {2 * EVERY_SECONDS:g} seconds "
        f"and change a control picked at random to a value picked at random every {EVERY_SECONDS:g} seconds, {CLICKS} times; "
        "visitors and servers on the same machine. From the click to the end of the run.",
    )
    with dashboard() as ours:
        part.rows += _visited(ours.address, 100, "100 visitors on one process")
    with two_behind_the_proxy() as address:
        part.rows += _visited(address, 200, "200 visitors on two processes behind the proxy")
    return part


def _visited(address: str, number: int, who: str) -> list[Row]:
    shown = screens()
    visitors = [
        Visitor(address.replace("http", "ws", 1), shown[one % len(shown)].path, headers=_cookie(address))
        for one in range(number)
    ]
    gc.disable()  # a pause of the visitors would count as the server's
    asyncio.run(all_visit(visitors, clicks=CLICKS, every_seconds=EVERY_SECONDS, arrive_within=2 * EVERY_SECONDS))
    gc.enable()
    seconds = [second for one in visitors for second in one.seconds]
    opened = [one.opened_seconds for one in visitors]
    return [
        Row(what=f"{who}, a change, median", value=median(seconds) * 1000, unit="ms"),
        Row(what=f"{who}, a change, 95th percentile", value=percentile_95(seconds) * 1000, unit="ms", most=2000),
        Row(what=f"{who}, first view, 95th percentile", value=percentile_95(opened) * 1000, unit="ms"),
        Row(what=f"{who}, failures", value=sum(len(one.failures) for one in visitors), unit="", most=0),
    ]


def _cookie(address: str) -> dict[str, str]:
    """What the proxy gives a visitor so that they stay with one dashboard."""
    with urllib.request.urlopen(address, timeout=30) as answer:
        cookie = str(answer.headers.get("Set-Cookie", "")).partition(";")[0]
    return {"Cookie": cookie} if cookie else {}
