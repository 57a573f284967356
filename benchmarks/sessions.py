"""Many visitors at once: how long their clicks take, how many fail, and what each costs in memory."""

import asyncio
import gc
import threading
import time

import psutil

from benchmarks.measured import Part, Row, percentile
from benchmarks.screens import screens
from benchmarks.servers import Server, bare, dashboard
from benchmarks.visitor import Visitor, all_visit, crowd

CROWDS = (1, 25, 100, 200)
CLICKS = 4
EVERY_SECONDS = 5.0
ARRIVE_WITHIN_SECONDS = 10.0


def measure(crowds: tuple[int, ...] = CROWDS) -> Part:
    """Measure the dashboard and the bare page under the same crowds."""
    part = Part(
        "sessions",
        "Many visitors at once",
        f"Visitors spread over all screens, each with a connection of its own, who come within {ARRIVE_WITHIN_SECONDS:g} "
        f"seconds and change a control picked at random to a value picked at random every {EVERY_SECONDS:g} seconds, "
        f"{CLICKS} times; one server process, the visitors on the same machine. Compared with the bare page's server "
        "under the same crowd. Memory is what the server process grew by, per visitor.",
    )
    with bare("chart") as plain:
        part.rows.append(Row(what="start-up of the bare page", value=plain.start_seconds, unit="s"))
        plain_found = {number: crowd_at(plain, ["/"], number) for number in crowds}
    with dashboard() as ours:
        start = Row(what="start-up", value=ours.start_seconds, unit="s", reference=plain.start_seconds)
        warm = Row(what="start-up until every screen has been opened once", value=ours.warm_seconds, unit="s")
        part.rows += [start, warm]
        for number in crowds:
            part.rows += _rows(number, crowd_at(ours, paths(), number), plain_found[number])
    return part


def paths() -> list[str]:
    """Return the addresses of all screens."""
    return [screen.path for screen in screens()]


class Crowd:
    """What a crowd met."""

    def __init__(self, visitors: list[Visitor], megabytes: float) -> None:
        """Gather what all visitors have noted; `megabytes` is what the server grew by."""
        self.seconds = [second for visitor in visitors for second in visitor.seconds]
        self.opened = [visitor.opened_seconds for visitor in visitors]
        self.failures = [failure for visitor in visitors for failure in visitor.failures]
        self.megabytes = megabytes / len(visitors)


def crowd_at(server: Server, screens_visited: list[str], number: int) -> Crowd:
    """Let a crowd visit."""
    process = psutil.Process(server.process.pid)
    visitors = crowd(server.address.replace("http", "ws", 1), screens_visited, number)
    before, peak, done = _megabytes(process), [0.0], threading.Event()

    def look() -> None:
        while not done.is_set():
            peak[0] = max(peak[0], _megabytes(process))
            time.sleep(0.5)

    watching = threading.Thread(target=look)
    watching.start()
    gc.disable()  # a pause of the visitors would count as the server's
    try:
        asyncio.run(
            all_visit(visitors, clicks=CLICKS, every_seconds=EVERY_SECONDS, arrive_within=ARRIVE_WITHIN_SECONDS)
        )
    finally:
        gc.enable()
        done.set()
        watching.join()
    return Crowd(visitors, peak[0] - before)


def _megabytes(process: psutil.Process) -> float:
    return float(process.memory_info().rss) / 1e6


def _rows(number: int, found: Crowd, plain: Crowd) -> list[Row]:
    who = f"{number} visitor" + ("s" if number > 1 else "")
    at_full = number == CROWDS[-1]

    def milliseconds(what: str, share: float, *, at_most: float | None = None) -> Row:
        return Row(
            what=f"{who}, {what}",
            value=percentile(found.seconds, share) * 1000,
            unit="ms",
            reference=percentile(plain.seconds, share) * 1000,
            at_most=at_most,
        )

    return [
        milliseconds("a change, median", 0.5),
        milliseconds("a change, 95th percentile", 0.95, at_most=2000 if at_full else None),
        Row(
            what=f"{who}, first view, 95th percentile",
            value=percentile(found.opened, 0.95) * 1000,
            unit="ms",
            reference=percentile(plain.opened, 0.95) * 1000,
        ),
        Row(what=f"{who}, failures", value=len(found.failures), unit="", at_most=0),
        Row(
            what=f"{who}, memory each",
            value=found.megabytes,
            unit="MB",
            reference=plain.megabytes,
            at_most=5 if at_full else None,
        ),
    ]
