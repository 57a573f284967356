"""The log: one JSON object per line, with the build id, and nothing about the visitor or of what they sent."""

import logging
import sys
import traceback
from collections.abc import Sequence
from types import TracebackType

from pythonjsonlogger.json import JsonFormatter

from dashboard.watching import metrics
from pipeline.errors import PipelineError
from pipeline.processed import build_on_disk

LOGGER = logging.getLogger("dashboard")
_ABOUT_MESSAGES = ("streamlit.web.server", "streamlit.runtime", "uvicorn", "websockets")
"""Loggers that warn of what a browser sent."""
_READERS = ("streamlit.runtime.state", "streamlit.runtime.media", "streamlit.web.server.starlette.starlette_websocket")
_LIBRARIES = ("streamlit.", "starlette.websockets", "json")


class _Lines(JsonFormatter):
    """Says of an error its kind and where it arose; its words may repeat what a visitor typed."""

    def formatException(  # noqa: N802 # as logging calls it
        self,
        ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None],
    ) -> str:
        parts, error = [], ei[1]
        while error:
            parts.append("".join(traceback.format_tb(error.__traceback__)) + type(error).__qualname__)
            error = error.__cause__ or error.__context__
        return "\n".join(reversed(parts))


def start_log() -> None:
    """Send every log line of this process, ours and the libraries', through one formatter to standard error.

    Streamlit gives each of its loggers a handler of its own (streamlit/streamlit#4742), and libraries come as screens
    load them; call again once more of them are loaded.
    """
    handler = logging.StreamHandler(sys.stderr)
    names = {"levelname": "level", "name": "logger"}
    words = [*names, "build", "message"]
    handler.setFormatter(_Lines(words, rename_fields=names, timestamp="time", exc_info_as_array=True))
    handler.addFilter(_worth_a_line)
    logging.root.handlers = [handler]
    logging.root.setLevel(logging.WARNING)
    for name in list(logging.root.manager.loggerDict):
        logger = logging.getLogger(name)
        logger.handlers, logger.propagate = [], True
        logger.setLevel(logging.NOTSET)
    LOGGER.setLevel(logging.INFO)


def ready(*, screens: int, failed: Sequence[str], open_files: int) -> None:
    """Say that every screen has been opened once, which of them ended in an error, and how many files may be open."""
    extra = {"screens": screens, "failed": list(failed), "open_files": open_files}
    LOGGER.log(logging.ERROR if failed else logging.INFO, "ready", extra=extra)


def _worth_a_line(record: logging.LogRecord) -> bool:
    """Name the build; count what only tells of a browser's malformed message, and leave it out."""
    record.build = build_on_disk()[0]
    error = record.exc_info[1] if record.exc_info else None
    if isinstance(error, RuntimeError) and "new thread" in str(error):
        metrics.REFUSED.labels("thread").inc()
    elif isinstance(_root(error), PipelineError):
        metrics.REFUSED.labels("download").inc()
        return False
    elif forged(error) or (record.levelno == logging.WARNING and record.name.startswith(_ABOUT_MESSAGES)):
        metrics.REFUSED.labels("message").inc()
        return False
    # Uvicorn's word for a WebSocket that was answered with "busy" instead of being opened.
    return "without completing handshake" not in record.getMessage()


def _root(error: BaseException | None) -> BaseException | None:
    while error and error.__cause__:
        error = error.__cause__
    return error


def forged(error: BaseException | None) -> bool:
    """Whether an error arose while Streamlit read what a browser says of its controls and files: none of ours sends that."""
    error = _root(error)
    frames = traceback.walk_tb(error.__traceback__ if error else None)
    modules = [str(frame.f_globals.get("__name__")) for frame, _ in frames]
    reading = [at for at, name in enumerate(modules) if name.startswith(_READERS)]
    return bool(reading) and all(name.startswith(_LIBRARIES) for name in modules[reading[-1] :])
