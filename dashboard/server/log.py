"""The log: one JSON object per line, with the build id, and nothing about the visitor."""

import json
import logging
import sys
import traceback
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from dashboard.server.build import build_now

LOGGER = logging.getLogger("dashboard")

_ROOT = Path(__file__).resolve().parents[2]


class JsonLines(logging.Formatter):
    """Formats a record as one line of JSON.

    Fields: time (UTC), level, event, build; further fields by event; for an error also kind, message, where (the last
    line of our own code that it passed) and traceback.
    """

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        fields: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "event": getattr(record, "event", "log"),
            "build": build_now()[0],
        }
        fields |= getattr(record, "fields", {})
        if record.getMessage():
            fields["message"] = record.getMessage()
        if record.exc_info and record.exc_info[1]:
            fields |= _error(record.exc_info[1])
        return json.dumps(fields, ensure_ascii=False, default=str)


def start_log() -> None:
    """Send every log line of this process, ours and the libraries', through one formatter to standard error.

    Libraries that log under a name of their own, with a format of their own, are brought in; call again once more of
    them are loaded.
    """
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    handler.addFilter(_said_by_us)
    logging.root.handlers = [handler]
    LOGGER.setLevel(logging.INFO)
    for name in list(logging.root.manager.loggerDict):
        logger = logging.getLogger(name)
        logger.handlers = []
        logger.propagate = True
        if logger.level == logging.INFO and logger is not LOGGER:
            logger.setLevel(logging.WARNING)


def event(name: str, fields: Mapping[str, object], *, level: int = logging.INFO) -> None:
    """Log what happened."""
    LOGGER.log(level, "", extra={"event": name, "fields": dict(fields)})


def error(problem: BaseException) -> None:
    """Log an error that nobody foresaw, with its traceback."""
    LOGGER.error("", extra={"event": "error"}, exc_info=problem)


def _said_by_us(record: logging.LogRecord) -> bool:
    # Streamlit reports the same error a second time, after `error` has.
    return not record.getMessage().startswith("Uncaught app execution")


def _error(problem: BaseException) -> dict[str, object]:
    frames = traceback.extract_tb(problem.__traceback__)
    ours = [
        frame for frame in frames if frame.filename.startswith(f"{_ROOT}/") and "site-packages" not in frame.filename
    ]
    last = ours[-1] if ours else frames[-1] if frames else None
    return {
        "kind": type(problem).__name__,
        "message": str(problem),
        "where": f"{_short(last.filename)}:{last.lineno}" if last else "",
        "traceback": [f"{_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames],
    }


def _short(file: str) -> str:
    for start in (f"{_ROOT}/", "site-packages/"):
        if start in file:
            return file.rsplit(start, maxsplit=1)[-1]
    return Path(file).name
