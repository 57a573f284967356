"""Disk full, folder not writable, killed, stopped, two at once: the held figures are whole whatever happens here."""

import errno
import os
import signal
import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from filelock import FileLock
from publisher import as_bytes, published_hle, tree
from world import HLE, World

from pipeline import store
from pipeline.intake import lock
from pipeline.intake.cache import place_of

STORAGE, INTERRUPTED = 6, 130
PROJECT = Path(__file__).resolve().parents[2]


def revised_file() -> bytes:
    """Return the file of February 2026 with every value 0.1 higher: new bytes for every row."""
    published = published_hle("2026-02-19")
    for column in ("observation", "lci_95", "uci_95"):
        published[column] = [f"{float(text) + 0.1:.2f}" for text in published[column]]
    return as_bytes(published)


@pytest.mark.parametrize(
    ("code", "words"), [(errno.ENOSPC, "No space left on device"), (errno.EIO, "Input/output error")]
)
def test_a_full_disk_is_named_and_leaves_the_figures_alone(
    world: World,
    hle_url: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    code: int,
    words: str,
) -> None:
    world.server.serve(hle_url, revised_file())
    before = world.held()

    def full(_: int) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr("pipeline.store.os.fsync", full)
    assert world.fetch() == STORAGE
    said = "".join(capsys.readouterr())
    assert words in said
    assert "Nothing was changed" in said
    assert world.held() == before


def test_a_folder_that_cannot_be_written_is_named(
    world: World, hle_url: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    world.server.serve(hle_url, revised_file())
    world.fetch(strict=False, mirror=str(empty_folder(world)))  # nothing fetched: the cache stays empty
    before = world.held()
    ours = store.tempfile.NamedTemporaryFile

    def refused(*args: object, **options: object) -> object:
        if str(options["dir"]).startswith(str(world.raw_folder)):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        return ours(*args, **options)  # type: ignore[call-overload]

    monkeypatch.setattr("pipeline.store.tempfile.NamedTemporaryFile", refused)
    assert world.fetch() == STORAGE
    assert "Could not write 2026-02-19.csv: Permission denied" in "".join(capsys.readouterr())
    assert world.held() == before


def empty_folder(world: World) -> Path:
    folder = world.cache_folder.parent / "empty"
    folder.mkdir()
    return folder


def mirror_of(world: World, content: bytes) -> Path:
    """Return a mirror folder that holds one file."""
    folder = world.cache_folder.parent / "mirror"
    path = folder / place_of(HLE.releases[0].url)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return folder


KILLED = """
import os, random, signal, sys, time
from dataclasses import replace
from datetime import date
from pathlib import Path
from pipeline.intake import ingest
from pipeline.intake.fetch import Fetcher
from pipeline.intake.refresh import refresh
from pipeline.sources import HOSTS, SOURCES

mirror, raw_folder, cache_folder = (Path(argument) for argument in sys.argv[1:])
source, today = SOURCES["ons-hle"], date(2026, 11, 21)
release = replace(source.releases[-1], url="https://raw.githubusercontent.com/hle.csv")
source = replace(source, releases=(release,), latest=None, areas=(("region", 9),))
fetchers = [Fetcher(hosts=HOSTS, cache_folder=cache_folder, mirror=str(mirror / name)) for name in "ab"]
files = [
    ingest.prepare(source, release, fetcher.get(release.url), raw_folder=raw_folder, today=today) for fetcher in fetchers
]

def fetch_for_ever():
    while True:
        for fetcher in reversed(fetchers):
            refresh([source], fetcher=fetcher, raw_folder=raw_folder, today=today)

def write_for_ever():
    while True:
        for file in reversed(files):
            ingest.put(raw_folder, file)

chance = random.Random(20260219)
for kill in range(40):
    child = os.fork()
    if child == 0:
        (fetch_for_ever if kill < 20 else write_for_ever)()
    time.sleep(chance.uniform(0.01, 0.15 if kill < 20 else 0.03))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    (raw_folder.parent / f"after-{kill}.csv").write_bytes((raw_folder / "hle" / "2026-02-19.csv").read_bytes())
"""


def test_killed_at_random_moments_every_table_is_whole_and_the_next_run_mends_the_rest(world: World) -> None:
    """Twenty kills fall anywhere in a fetch, twenty more into the writing itself, over and over with new figures.

    Regions alone: with less to read, more of the kills fall into the writing.
    """
    for path in (world.raw_folder / "hle").iterdir():
        path.write_bytes(of_regions(path.read_bytes()))
    before = (world.raw_folder / "hle" / "2026-02-19.csv").read_bytes()
    mirror = world.cache_folder.parent / "two-mirrors"
    published = of_regions(as_bytes(published_hle("2026-02-19")))
    for name, content in (("a", published), ("b", of_regions(revised_file()))):
        path = mirror / name / place_of("https://raw.githubusercontent.com/hle.csv")
        path.parent.mkdir(parents=True)
        path.write_bytes(content)
    subprocess.run(
        [sys.executable, "-c", KILLED, str(mirror), str(world.raw_folder), str(world.cache_folder)],
        cwd=PROJECT,
        check=True,
        timeout=200,
    )
    after = [path.read_bytes() for path in world.raw_folder.parent.glob("after-*.csv")]
    assert len(after) == 40
    # both were met, so kills did fall between writes of new figures
    assert set(after) == {before, revised_table(before)}
    world.fetch(replace(HLE, areas=(("region", 9),)), mirror=str(mirror_of(world, published)))
    left = tree(world.raw_folder)
    assert sorted(left) == ["hle/2024-12-12.csv", "hle/2026-02-19.csv", "lock.json"]
    assert left["hle/2026-02-19.csv"] == before
    assert lock.read(world.raw_folder)["hle/2026-02-19.csv"].table_sha256 == lock.sha256(before)


def of_regions(table: bytes) -> bytes:
    """The header and the rows of regions."""
    header, *lines = table.splitlines(keepends=True)
    return b"".join([header, *(line for line in lines if b"E12" in line)])


def revised_table(text: bytes) -> bytes:
    """Return a table with each value 0.1 higher, by arithmetic on its text."""
    header, *lines = text.decode().splitlines()
    revised = []
    for line in lines:
        *cells, value, low, high = line.split(",")
        revised.append(
            ",".join([*cells, *(f"{float(x) + 0.1:.2f}".rstrip("0").rstrip(".") for x in (value, low, high))])
        )
    return ("\n".join([header, *revised]) + "\n").encode()


def command(world: World, mirror: str) -> list[str]:
    return [
        sys.executable,
        "-m",
        "pipeline",
        "fetch",
        "--only",
        "ons-hle",
        "--mirror",
        mirror,
        "--raw",
        str(world.raw_folder),
        "--cache",
        str(world.cache_folder),
    ]


def test_ctrl_c_leaves_no_trace(world: World, hle_url: str) -> None:
    arrived = threading.Event()
    world.server.serve(
        HLE_2024,
        lambda exchange: (exchange.head(200, Content_Length="100000"), arrived.set(), world.server.never.wait(10)),
    )
    before = world.held()
    running = subprocess.Popen(
        command(world, world.server.address), cwd=PROJECT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert arrived.wait(30)
    running.send_signal(signal.SIGINT)
    _, said = running.communicate(timeout=20)
    assert running.returncode == INTERRUPTED
    assert "Stopped. The figures held stay as they were." in said
    assert "Traceback" not in said
    assert world.held() == before


HLE_2024 = (
    "https://raw.githubusercontent.com/ONSdigital/explore-local-statistics-data/4182826cddf63e6ca01414e4d19bc0c079d9387f/"
    "healthy-life-expectancy/healthy-life-expectancy.csv"
)


def test_two_at_once_wait_for_one_another(world: World) -> None:
    mirror = mirror_of(world, revised_file())
    both = [
        subprocess.Popen(
            command(world, str(mirror)), cwd=PROJECT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        for _ in range(2)
    ]
    said = [running.communicate(timeout=60) for running in both]
    assert [running.returncode for running in both] == [0, 0]
    assert sorted("1 file(s) changed" in out for out, _ in said) == [False, True]
    assert b"62.2" in (world.raw_folder / "hle" / "2026-02-19.csv").read_bytes()
    assert sorted(tree(world.raw_folder)) == ["hle/2024-12-12.csv", "hle/2026-02-19.csv", "lock.json"]


def test_a_waiting_fetch_says_so(world: World) -> None:
    world.cache_folder.mkdir()
    before = world.held()
    with FileLock(world.cache_folder / "fetch.lock"):
        running = subprocess.Popen(
            command(world, str(mirror_of(world, revised_file()))),
            cwd=PROJECT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert running.stderr is not None
        assert "Another fetch is at work" in running.stderr.readline()
        assert world.held() == before
        assert running.poll() is None
    running.communicate(timeout=30)
    assert running.returncode == 0
    assert world.held() != before


def test_what_a_killed_run_left_half_written_is_swept_away(world: World, hle_url: str) -> None:
    left = world.raw_folder / "hle" / ".2026-02-19.csv.ab12cd_x"
    left.write_bytes(b"half")
    world.server.serve(hle_url, as_bytes(published_hle("2026-02-19")))
    assert world.fetch() == 0
    assert not left.exists()
