"""Which build of the figures is being shown."""

import json
from functools import lru_cache
from pathlib import Path

FILE = Path(__file__).resolve().parents[2] / "data" / "processed" / "datapackage.json"


def build_now() -> tuple[str, str]:
    """Build id and release date of the figures that are on disk now; ("", "") where there are none.

    Reads the file itself: the module that reads the tables takes a second to load, and the log starts before it.
    """
    try:
        state = FILE.stat()
        return _read(state.st_mtime_ns, state.st_size)
    except (OSError, ValueError, KeyError, TypeError):
        return "", ""


@lru_cache(maxsize=1)
def _read(changed_at: int, size: int) -> tuple[str, str]:
    """What the file says, read once for each state of it: it is asked for with every line of the log."""
    del changed_at, size
    package = json.loads(FILE.read_text(encoding="utf-8"))
    return str(package["build"]), str(package["version"])
