"""A long day in short: visitors who come, click, leave and come again, and whether anything of them stays behind."""

import asyncio
import os
import random
import time
from itertools import count

import psutil

from benchmarks.measured import Part, Row, percentile_95
from benchmarks.screens import screens
from benchmarks.servers import dashboard
from benchmarks.visitor import Visitor

VISITORS = 40
MINUTES = float(os.environ.get("SOAK_MINUTES", "20"))
CLICKS = 10
EVERY_SECONDS = 3.0
FORGOTTEN_AFTER_SECONDS = 150
"""Streamlit keeps the settings of whoever has left for two minutes, in case they come back."""


def measure() -> Part:
    """Measure memory, threads and files of a server that is visited all the time."""
    part = Part(
        "A long run",
        f"{VISITORS} visitors for {MINUTES:g} minutes: each opens a screen, changes a control every {EVERY_SECONDS:g} seconds, "
        f"{CLICKS} times, leaves, and comes again to the next screen. Memory is compared with that after a quarter of the time, "
        "threads and open files with those after the first visitor.",
    )
    with dashboard() as server:
        process = psutil.Process(server.process.pid)
        before = _after_one_visit(server.address, process)
        visitors, early_bytes = asyncio.run(_soaked(server.address, process))
        late_bytes = process.memory_info().rss
        time.sleep(FORGOTTEN_AFTER_SECONDS)
        after = _after_one_visit(server.address, process)
    seconds = [second for one in visitors for second in one.seconds]
    failures = sum(len(one.failures) for one in visitors)
    part.rows += [
        Row(what="failures", value=failures, unit="", most=0),
        Row(what="changes of a control, 95th percentile", value=percentile_95(seconds) * 1000, unit="ms"),
        Row(
            what="memory gained since a quarter of the time", value=(late_bytes - early_bytes) / 1e6, unit="MB", most=60
        ),
        # The event loop's helpers, once started, wait for more work.
        Row(what="threads left over", value=after[0] - before[0], unit="", most=os.cpu_count() or 1),
        Row(what="open files left over", value=after[1] - before[1], unit="", most=0),
    ]
    return part


def _after_one_visit(address: str, process: psutil.Process) -> tuple[int, int]:
    """Threads and open files once a visitor has come and left, at which Streamlit forgets those of longer ago."""
    visit = Visitor(address.replace("http", "ws", 1), "/map").visit(
        clicks=0, every_seconds=0, generator=random.Random(0)
    )
    asyncio.run(visit)
    time.sleep(2)
    return process.num_threads(), process.num_fds()


async def _soaked(address: str, process: psutil.Process) -> tuple[list[Visitor], int]:
    """Every visit that was made, and the resident bytes after a quarter of the time."""
    end = time.monotonic() + MINUTES * 60
    shown, visits = screens(), list[Visitor]()

    async def come_again(number: int) -> None:
        generator = random.Random(number)
        await asyncio.sleep(generator.uniform(0, CLICKS))
        for turn in count():
            if time.monotonic() > end:
                return
            visit = Visitor(address.replace("http", "ws", 1), shown[(number + turn) % len(shown)].path)
            visits.append(visit)
            await visit.visit(clicks=CLICKS, every_seconds=EVERY_SECONDS, generator=generator)

    async def weigh() -> int:
        await asyncio.sleep(MINUTES * 60 / 4)
        found: int = process.memory_info().rss
        return found

    early = asyncio.create_task(weigh())
    await asyncio.gather(*(come_again(number) for number in range(VISITORS)))
    return visits, await early
