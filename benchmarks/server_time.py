"""What one change of one visitor costs the server: processor time, and time until the screen is made."""

import asyncio
import random

import psutil

from benchmarks.measured import Part, Row, median
from benchmarks.screens import screens
from benchmarks.servers import Server, bare, dashboard
from benchmarks.visitor import Visitor

CHANGES = 60


def measure(changes: int = CHANGES) -> Part:
    """Measure every screen, and after each the bare page with as many charts."""
    part = Part(
        "What a change costs the server",
        f"One visitor without a browser, {changes} changes of a control picked at random to a value picked at random, one after "
        "the other, and after each screen as many of a bare page with as many charts. Processor time is what the "
        "server's process took on average; the same choices were made once before, so charts come from the cache. First "
        "time: the same when they were made for the first time.",
    )
    with dashboard() as ours, bare() as plain:
        for screen in screens():
            first, _, charts = _costs(ours, screen.path, changes)
            again, seconds, _ = _costs(ours, screen.path, changes)
            address = f"/?charts={max(1, charts)}"
            _costs(plain, address, changes)
            bare_again, bare_seconds, _ = _costs(plain, address, changes)
            name = f"{screen.name}, {charts} charts"
            part.rows += [
                Row(what=f"{name}, processor time", value=again, unit="ms", reference=bare_again, most_times=1.2),
                Row(what=f"{name}, processor time, first time", value=first, unit="ms", reference=bare_again),
                Row(what=f"{name}, until it is made, median", value=seconds, unit="ms", reference=bare_seconds),
            ]
    return part


def _costs(server: Server, path: str, changes: int) -> tuple[float, float, int]:
    """Processor time and median time of a change, in milliseconds, and how many charts there are."""
    process = psutil.Process(server.process.pid)
    visitor = Visitor(server.address.replace("http", "ws", 1), path)
    taken = []
    visitor.once_open = lambda: taken.append(sum(process.cpu_times()[:2]))
    asyncio.run(visitor.visit(clicks=changes, every_seconds=0, generator=random.Random(5)))
    if visitor.failures:
        raise RuntimeError(f"{path}: {visitor.failures[0]}")
    return 1000 * (sum(process.cpu_times()[:2]) - taken[0]) / changes, 1000 * median(visitor.seconds), visitor.charts
