"""What one change of one visitor costs the server: processor time, and time until the screen is made."""

import asyncio
import random

import psutil

from benchmarks.measured import Part, Row, median
from benchmarks.screens import screens
from benchmarks.servers import Server, bare, dashboard
from benchmarks.visitor import Visitor

CHANGES = 40


def measure(changes: int = CHANGES) -> Part:
    """Measure every screen, and after each the bare page."""
    part = Part(
        "server",
        "What a change costs the server",
        f"One visitor without a browser, {changes} changes of a control picked at random to a value picked at random, one after "
        "the other, and after each screen as many runs of a bare page with one small chart. Processor time is what the server's "
        "process took on average, the opening of the screen taken off. Until it is made: median from the request to the end "
        "of the run; in it is a tenth of a second in which the first of several charts has a head start in the browser.",
    )
    with dashboard() as ours, bare("chart") as plain:
        for screen in screens():
            own, other = _costs(ours, screen.path, changes), _costs(plain, "/", changes)
            for what, value, reference in (
                ("processor time", own[0], other[0]),
                ("until it is made, median", own[1], other[1]),
            ):
                part.rows.append(Row(what=f"{screen.name}, {what}", value=value, unit="ms", reference=reference))
    return part


def _costs(server: Server, path: str, changes: int) -> tuple[float, float]:
    """Return processor time and median time of a change, in milliseconds."""
    process = psutil.Process(server.process.pid)

    def visited(clicks: int) -> tuple[float, Visitor]:
        visitor = Visitor(server.address.replace("http", "ws", 1), path)
        before = sum(process.cpu_times()[:2])
        asyncio.run(visitor.visit(clicks=clicks, every_seconds=0, generator=random.Random(5)))
        if visitor.failures:
            raise RuntimeError(f"{path}: {visitor.failures[0]}")
        return sum(process.cpu_times()[:2]) - before, visitor

    opening, _ = visited(0)
    taken, visitor = visited(changes)
    return 1000 * (taken - opening) / changes, 1000 * median(visitor.seconds)
