"""Which build of the figures is being shown."""

import json
from pathlib import Path

FILE = Path(__file__).resolve().parents[2] / "data" / "processed" / "datapackage.json"


def build_now() -> tuple[str, str]:
    """Return build id and release date of the figures that stand on disk now; ("", "") where there are none.

    Reads the file itself: the module that reads the tables takes a second to load, and the log starts before it.
    """
    try:
        package = json.loads(FILE.read_text(encoding="utf-8"))
        return str(package["build"]), str(package["version"])
    except (OSError, ValueError, KeyError, TypeError):
        return "", ""
