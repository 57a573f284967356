"""The command line explains itself, and its documentation knows every command, option, exit code and message."""

import contextlib
import errno
import io
import os
import re
import socket
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from publisher import as_bytes, published_hle, tree
from world import HLE, TODAY, World

from pipeline import errors, store
from pipeline.cli import main
from pipeline.intake.cache import place_of
from pipeline.intake.fetch import Fetcher, Limits
from pipeline.intake.outcomes import conclude
from pipeline.intake.refresh import chosen_sources, refresh
from pipeline.plain_words import INTERRUPTED
from pipeline.read import READERS
from pipeline.sources import HOSTS, SOURCES

RUNBOOK = (store.DOCS_FOLDER / "updating-the-data.md").read_text(encoding="utf-8")
COMMANDS = sorted(main.commands)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_and_is_in_the_runbook(name: str) -> None:
    done = CliRunner().invoke(main, [name, "--help"])
    assert done.exit_code == 0
    assert len((main.commands[name].help or "").split()) > 10
    row = next(line for line in RUNBOOK.splitlines() if line.startswith(f"| `{name}` |"))
    for option in main.commands[name].params:
        if isinstance(option, click.Option):
            assert option.help, f"{name} {option.name} has no help"
            assert f"`{option.opts[0]}`" in row


def test_every_exit_code_is_in_the_runbook() -> None:
    table = RUNBOOK.partition("## Exit codes")[2].partition("## ")[0]
    documented = {int(code) for code in re.findall(r"^\| (\d+) \|", table, flags=re.MULTILINE)}
    ours = {
        error.exit_code
        for error in vars(errors).values()
        if isinstance(error, type) and issubclass(error, errors.PipelineError) and error is not errors.PipelineError
    }
    assert documented == ours | {0, INTERRUPTED}


def test_every_message_of_the_runbook_is_one_that_the_code_can_give() -> None:
    code = "\n".join(path.read_text(encoding="utf-8") for path in Path(store.ROOT / "pipeline").rglob("*.py"))
    for part in ("## Exit codes", "## Messages"):
        table = RUNBOOK.partition(part)[2].partition("\n## ")[0]
        messages = re.findall(r"\| `([^`]+)` \|", table)
        assert len(messages) > 5
        assert [message for message in messages if message not in code] == []


@pytest.mark.parametrize(
    ("words", "exit_code", "message"),
    [
        (["fetch", "--only", "nonsense"], 2, "There is nothing to fetch by the name 'nonsense'"),
        (["fetch", "--mirror", "/no/such/folder"], 2, "There is no folder /no/such/folder"),
        (["fetch", "--mirror", "http://example.org"], 2, "is not reached by HTTPS"),
        (["fetch", "--no-such-option"], 2, "No such option"),
        (["adopt", "/no/such/folder"], 2, "There is no folder /no/such/folder"),
        (["diff", "--against", "no-such-revision"], 2, "cannot be had from git"),
        (["diff", "--between", "2024-12-12", "2031-01-01"], 2, "is not held"),
        (["no-such-command"], 2, "No such command"),
        *(
            (["fetch", "--raw", raw], 2, words)
            for raw, words in (("/no/such", "does not exist"), ("docs", "holds no lock"))
        ),
        *(([name, "--raw", "/no/such/folder"], 2, "does not exist") for name in ("build", "check", "diff", "status")),
    ],
)
def test_a_slip_on_the_command_line_is_explained_without_a_traceback(
    words: list[str], exit_code: int, message: str, tmp_path: Path
) -> None:
    if words[0] == "fetch":
        words = [*words, "--cache", str(tmp_path)]
    done = CliRunner().invoke(main, words)
    assert done.exit_code == exit_code
    assert message in done.stderr
    assert "Traceback" not in done.output


def fetch(world: World, *words: str) -> tuple[int, str]:
    done = CliRunner().invoke(
        main, ["fetch", "--raw", str(world.raw_folder), "--cache", str(world.cache_folder), *words]
    )
    return done.exit_code, done.output


def test_a_fetch_from_a_mirror_folder_run_twice_rewrites_nothing(world: World) -> None:
    mirror = world.cache_folder.parent / "mirror"
    path = mirror / place_of(HLE.releases[0].url)
    path.parent.mkdir(parents=True)
    path.write_bytes(as_bytes(published_hle("2026-02-19")))
    fetch(world, "--mirror", str(mirror), "--only", "hle")
    before = {name: (world.raw_folder / name).stat().st_mtime_ns for name in tree(world.raw_folder)}
    exit_code, said = fetch(world, "--mirror", str(mirror), "--only", "hle")
    assert exit_code == 0
    assert "hle/2026-02-19.csv: unchanged" in said
    assert "hle/2024-12-12.csv: kept, the mirror does not hold the file; figures of 2024-12-12" in said
    assert "second/ohid-hle/2026-02-19.csv: not held, and the mirror does not hold the file" in said
    assert "Nothing has changed." in said
    assert {name: (world.raw_folder / name).stat().st_mtime_ns for name in tree(world.raw_folder)} == before
    assert fetch(world, "--mirror", str(mirror), "--only", "hle", "--strict")[0] == 3


def test_one_failing_source_does_not_stop_the_others(world: World) -> None:
    mirror = world.cache_folder.parent / "mirror"
    damaged, fine = (place_of(release.url) for release in SOURCES["ons-hle"].releases)
    for place, content in ((damaged, b"<html>closed</html>"), (fine, as_bytes(published_hle("2026-02-19")))):
        (mirror / place).parent.mkdir(parents=True, exist_ok=True)
        (mirror / place).write_bytes(content)
    exit_code, said = fetch(world, "--mirror", str(mirror), "--only", "ons-hle")
    assert exit_code == 4
    assert "hle/2024-12-12.csv: failed, the figures held stay as they are" in said
    assert "hle/2026-02-19.csv: unchanged" in said
    assert "A web page came instead of the file." in said


def test_a_reader_that_stumbles_is_one_failure_and_the_other_sources_go_on(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stumble(*_: object) -> None:
        raise ZeroDivisionError("division by zero")

    monkeypatch.setattr("pipeline.intake.ingest.READERS", {**READERS, "ons-gdhi": stumble})
    mirror = world.cache_folder.parent / "mirror"
    income, hle = (place_of(SOURCES[name].releases[-1].url) for name in ("ons-gdhi", "ons-hle"))
    for place in (income, hle):
        (mirror / place).parent.mkdir(parents=True, exist_ok=True)
        (mirror / place).write_bytes(as_bytes(published_hle("2026-02-19")))
    exit_code, said = fetch(world, "--mirror", str(mirror), "--only", "ons-gdhi", "--only", "ons-hle")
    assert exit_code == 4
    assert "ZeroDivisionError division by zero (test_commands.py, line " in said
    assert "hle/2026-02-19.csv: unchanged" in said
    assert "Traceback" not in said


def test_a_host_that_is_down_is_named_once_for_all_its_sources(world: World) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        mirror = f"http://127.0.0.1:{free.getsockname()[1]}"
        limits = Limits(connect_seconds=0.5, attempts=2, wait_seconds=0.01)
        fetcher = Fetcher(hosts=HOSTS, cache_folder=world.cache_folder, mirror=mirror, limits=limits)
        outcomes = refresh(chosen_sources([]), fetcher=fetcher, raw_folder=world.raw_folder, today=TODAY)
    said = io.StringIO()
    with contextlib.redirect_stderr(said), pytest.raises(SystemExit, match="3"):
        conclude(outcomes, strict=False)
    assert said.getvalue().count("the connection was refused") == 1
    assert "ons-hle, release 2024-12-12 (and " in said.getvalue()


def test_status_offline_lists_what_is_held(world: World) -> None:
    done = CliRunner().invoke(main, ["status", "--offline", "--raw", str(world.raw_folder)])
    assert done.exit_code == 0
    assert re.search(r"hle/2026-02-19.csv\s+2026-02-19\s+\d+ \w+ old\s+retrieved \d{4}-\d\d-\d\d\s+mirror", done.output)
    assert "not held: ohid-hle" in done.output
    (never_met,) = (line for line in done.output.splitlines() if line.startswith("readers that never met"))
    assert "ohid-hle" in never_met
    assert "ons-gdhi" not in never_met


def test_status_from_a_mirror_says_which_notes_it_could_not_read(world: World) -> None:
    done = CliRunner().invoke(
        main, ["status", "--raw", str(world.raw_folder), "--mirror", str(world.cache_folder.parent)]
    )
    assert done.exit_code == 0
    assert "publishers' notes could not be read" in done.output


def test_check_succeeds_on_what_is_committed_and_fails_on_damage(world: World) -> None:
    assert CliRunner().invoke(main, ["check", "--raw", str(world.raw_folder)]).exit_code == 0
    path = world.raw_folder / "hle" / "2026-02-19.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",60.9,", ",60.8,", 1), encoding="utf-8")
    done = CliRunner().invoke(main, ["check", "--raw", str(world.raw_folder)])
    assert done.exit_code == 5
    assert "somebody has changed it" in done.stderr


@pytest.mark.parametrize(
    ("failure", "words"),
    [
        (MemoryError(), "too little memory"),
        (OSError(errno.ENOSPC, "No space left on device"), "could not go on: No space left on device"),
        (BrokenPipeError(errno.EPIPE, "Broken pipe"), "the program that reads the output has ended"),
        (PermissionError(errno.EACCES, "Permission denied", "lock.json"), "Where: lock.json"),
    ],
)
def test_what_this_machine_cannot_do_is_said_without_a_traceback(
    failure: Exception, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise failure

    monkeypatch.setattr("pipeline.intake.check.problems", fails)
    done = CliRunner().invoke(main, ["check"])
    assert done.exit_code == errors.StorageFailed.exit_code
    assert words in done.stderr
    assert "Traceback" not in done.output


def test_memory_that_runs_out_in_a_reader_is_no_fault_of_the_source(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_memory(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr("pipeline.intake.ingest.READERS", dict.fromkeys(READERS, no_memory))
    mirror = world.cache_folder.parent / "mirror"
    path = mirror / place_of(HLE.releases[0].url)
    path.parent.mkdir(parents=True)
    path.write_bytes(b"areacd")
    before = tree(world.raw_folder)
    exit_code, said = fetch(world, "--mirror", str(mirror), "--only", "ons-hle")
    assert (exit_code, "too little memory" in said) == (6, True)
    assert tree(world.raw_folder) == before


@pytest.mark.parametrize(
    ("output", "words"), [("/dev/full", "No space left on device"), ("a pipe nobody reads", "Broken pipe")]
)
def test_output_that_cannot_be_written_is_said_and_has_its_exit_code(world: World, output: str, words: str) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    target = os.open(output, os.O_WRONLY) if output.startswith("/") else writing
    done = subprocess.run(
        [sys.executable, "-m", "pipeline", "status", "--offline", "--raw", str(world.raw_folder)],
        cwd=store.ROOT, stdout=target, stderr=subprocess.PIPE, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == errors.StorageFailed.exit_code
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert "Exception ignored" not in done.stderr
