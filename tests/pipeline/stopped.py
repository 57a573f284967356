"""Runs a command that writes files, again and again, and stops it at each file; writes what it left to standard output as JSON.

To be run as a file: `stopped.py PROJECT COMMAND PLACE...`. The command is the one of the command line, with the work before it
writes left out. Each file is old before it and new after it. Every stop is that of a process of its own.
"""

import json
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType, SimpleNamespace

from pipeline import cli, store, swap

STEPS: dict[str, tuple[ModuleType, str]] = {
    "while staged": (store.os, "fsync"),
    "while put in place": (swap.shutil, "move"),
}


def main(project: Path, command: str, places: list[str]) -> None:
    """Stop at each file by Ctrl-C and by kill, and tell of each stop."""
    (project / "data" / "raw").mkdir(parents=True)
    folder = project / "data" / {"fetch": "raw", "build": "processed"}[command]

    def write(*_: object, **__: object) -> list[object]:
        swap.write_all({project / place: b"new" for place in places}, folder)
        return []

    cli.refresh = write  # type: ignore[assignment]
    made = SimpleNamespace(build="", release="", rewritten=())
    sys.modules["pipeline.build"] = SimpleNamespace(build=lambda *_: write() or made)  # type: ignore[assignment]
    options = ["--raw", str(project / "data" / "raw")]
    if command == "fetch":
        options += ["--cache", str(project.with_name("cache"))]
    told = []
    for step in STEPS:
        for by in (signal.SIGINT, signal.SIGKILL):
            for at in range(len(places)):
                for place in places:
                    (project / place).parent.mkdir(parents=True, exist_ok=True)
                    (project / place).write_bytes(b"old")
                exit_code, said = stopped([command, *options], step, by, at, project.with_name("said.txt"))
                left = found(project)
                swap.finish(folder)
                told.append(
                    [step, by.name, exit_code, said, left == found(project), sorted(set(found(project).values()))]
                )
    sys.stdout.write(json.dumps(told))


def found(project: Path) -> dict[str, str]:
    """Every file of the project: name -> what it holds."""
    return {str(path.relative_to(project)): path.read_text() for path in project.rglob("*") if path.is_file()}


def stopped(words: list[str], step: str, by: signal.Signals, at: int, log: Path) -> tuple[int, str]:
    """How the command ends that gets a signal at its `at`-th file, and what it says."""
    child = os.fork()
    if child == 0:
        output = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(output, 1)
        os.dup2(output, 2)
        module, name = STEPS[step]
        setattr(module, name, signalled(getattr(module, name), by, at))
        try:
            cli.main(words)
        except SystemExit as end:  # left at once: to take all down in good order takes longer than the command
            sys.stdout.flush()
            os._exit(int(end.code or 0))
    ended = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    return ended, log.read_text()


def signalled(call: Callable[..., object], by: signal.Signals, at: int) -> Callable[..., object]:
    """The call, which sends this process a signal when it is made for the `at`-th time."""
    made = iter(range(sys.maxsize))

    def called(*args: object) -> object:
        if next(made) == at:
            os.kill(os.getpid(), by)
        return None if call is os.fsync else call(*args)  # a disk is waited for once for each file

    return called


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], sys.argv[3:])
