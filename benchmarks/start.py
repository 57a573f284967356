"""How soon the server is ready, how soon it is idle then, and what it holds in memory."""

import time

import psutil

from benchmarks.measured import Part, Row, median
from benchmarks.servers import dashboard

STARTS = 3
IDLE_WITHIN_SECONDS = 10
LOOKED_AT_SECONDS = 5


def measure(starts: int = STARTS) -> Part:
    """Start the server several times."""
    part = Part(
        "Start",
        f"Medians of {starts} starts of `python -m dashboard`: until /readyz says that visitors may come, the processor time "
        f"taken in the {LOOKED_AT_SECONDS} seconds that end {IDLE_WITHIN_SECONDS} seconds later, and the memory held then.",
    )
    ready, busy, held = [], [], []
    for _ in range(starts):
        with dashboard() as server:
            ready.append(server.ready_seconds)
            process = psutil.Process(server.process.pid)
            time.sleep(IDLE_WITHIN_SECONDS - LOOKED_AT_SECONDS)
            before = sum(process.cpu_times()[:2])
            time.sleep(LOOKED_AT_SECONDS)
            busy.append(100 * (sum(process.cpu_times()[:2]) - before) / LOOKED_AT_SECONDS)
            held.append(process.memory_info().rss / 1e6)
    part.rows += [
        Row(what="until it is ready", value=median(ready), unit="s", most=5),
        Row(what="processor in use when idle", value=median(busy), unit="% of a core", most=2),
        Row(what="memory when ready", value=median(held), unit="MB", most=380),
    ]
    return part
