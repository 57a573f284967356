"""A long day in short: visitors who come, click, leave and come again, and whether anything of them stays behind."""

import asyncio
import json
import os
import random
import tempfile
import time
from collections import Counter
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
MOST_GAINED_MB = 60
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
    with tempfile.TemporaryFile() as log, dashboard(log) as server:
        process = psutil.Process(server.process.pid)
        before = _after_one_visit(server.address, process)
        visitors, early_bytes = asyncio.run(_soaked(server.address, process))
        late_bytes = process.memory_info().rss
        time.sleep(FORGOTTEN_AFTER_SECONDS)
        after = _after_one_visit(server.address, process)
        log.seek(0)
        errors = [line for line in log.read().decode().splitlines() if '"ERROR"' in line]
    seconds = [second for one in visitors for second in one.seconds]
    failures = Counter(f"{failure} at {one.screen}" for one in visitors for failure in one.failures)
    for reason, times in failures.items():
        print(f"  failed {times} times: {reason}")
    for line in errors:
        print(f"  logged: {json.loads(line)['message']} {str(json.loads(line).get('exc_info', ''))[-300:]}")
    part.rows += [
        Row(what="changes of a control", value=len(seconds), unit=""),
        Row(what="failures", value=failures.total(), unit="", most=0),
        Row(what="error lines", value=len(errors), unit="", most=0),
        Row(what="changes of a control, 95th percentile", value=percentile_95(seconds) * 1000, unit="ms"),
        Row(what="memory after a quarter of the time", value=early_bytes / 1e6, unit="MB"),
        Row(what="memory at the end", value=late_bytes / 1e6, unit="MB", most=early_bytes / 1e6 + MOST_GAINED_MB),
        Row(what="threads when ready", value=before[0], unit=""),
        # The event loop's helpers, once started, wait for more work.
        Row(what="threads left over", value=after[0] - before[0], unit="", most=os.cpu_count() or 1),
        Row(what="open files when ready", value=before[1], unit=""),
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
