"""The log: one JSON object per line, with the build id, and nothing about the visitor."""

import logging
import sys
from collections.abc import Sequence

from pythonjsonlogger.json import JsonFormatter

from dashboard.server.build import build_now

LOGGER = logging.getLogger("dashboard")


def start_log() -> None:
    """Send every log line of this process, ours and the libraries', through one formatter to standard error.

    Streamlit gives each of its loggers a handler of its own (streamlit/streamlit#4742), and libraries come as screens
    load them; call again once more of them are loaded.
    """
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        JsonFormatter(
            ["levelname", "name", "build", "message"],
            rename_fields={"levelname": "level", "name": "logger"},
            timestamp="time",
            exc_info_as_array=True,
        )
    )
    handler.addFilter(_with_build)
    logging.root.handlers = [handler]
    logging.root.setLevel(logging.WARNING)
    for name in list(logging.root.manager.loggerDict):
        logger = logging.getLogger(name)
        logger.handlers, logger.propagate = [], True
        logger.setLevel(logging.NOTSET)
    LOGGER.setLevel(logging.INFO)


def ready(*, screens: int, failed: Sequence[str]) -> None:
    """Say that every screen has been opened once, and which of them ended in an error."""
    LOGGER.log(logging.ERROR if failed else logging.INFO, "ready", extra={"screens": screens, "failed": list(failed)})


def _with_build(record: logging.LogRecord) -> bool:
    record.build = build_now()[0]
    return True
