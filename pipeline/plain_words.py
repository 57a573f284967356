"""A command's failures in plain words, each with its own exit code, and no traceback for what a user can act on."""

import contextlib
import os
import sys
from collections.abc import Callable
from functools import wraps
from typing import NoReturn, ParamSpec

import click

from pipeline.errors import PipelineError, StorageFailed

P = ParamSpec("P")
INTERRUPTED = 130


def in_plain_words(stopped: str) -> Callable[[Callable[P, None]], Callable[P, None]]:
    """Explain the failures of a command; `stopped` is what to say after Ctrl-C."""

    def explained(command: Callable[P, None]) -> Callable[P, None]:
        @wraps(command)
        def run(*args: P.args, **kwargs: P.kwargs) -> None:
            try:
                command(*args, **kwargs)
                sys.stdout.flush()
            except PipelineError as error:
                _leave(error)
            except MemoryError:
                _leave(_NO_MEMORY)
            except OSError as error:
                _no_more_output()
                _leave(_of_this_machine(error))
            except KeyboardInterrupt:
                click.echo(stopped, err=True)
                sys.exit(INTERRUPTED)

        return run

    return explained


_NO_MEMORY = StorageFailed(
    "This machine has too little memory for it.",
    do="Close other programs or raise the memory limit, then run the command again.",
)


def _of_this_machine(error: OSError) -> StorageFailed:
    return StorageFailed(
        f"This machine could not go on: {error.strerror or error}.",
        where=str(error.filename or "the output of the command"),
        do="Look whether the disk is full, the file can be read, or the program that reads the output has ended.",
    )


def _leave(error: PipelineError) -> NoReturn:
    with contextlib.suppress(OSError):
        click.echo(error.explain(), err=True)
    sys.exit(error.exit_code)


def _no_more_output() -> None:
    """Drop what is still to be written, or Python would complain of it once more on its way out."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
