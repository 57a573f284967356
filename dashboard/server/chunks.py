"""Which of Streamlit's files the first screen will need: known beforehand, so that the browser can fetch them early."""

import json
from collections.abc import Iterable
from pathlib import Path

COMPONENTS = ("Html", "PageLink", "Selectbox", "ButtonGroup", "Table")
"""Parts that most screens have, the smallest first. A browser would ask for their files only once the screen's words have arrived. Not
among them: PlotlyChart, half of all that is sent. Named here, it was measured to double the time to the words."""

CHART = "PlotlyChart"
"""Draws the charts: 4.7 MB to read, so it is read ahead where a screen has stood still without a chart."""


def early_files(streamlit_folder: Path, components: Iterable[str] = COMPONENTS) -> list[str]:
    """Return the scripts that components need beyond those that the page itself names, the smallest parts first.

    Args:
        streamlit_folder: folder that holds `index.html` and `manifest.json`, Streamlit's list of its own files.
        components: names of Streamlit's components.

    Returns:
        Addresses below the folder, as "static/js/Html.CzLZZ4bP.js". A component that is not known is passed over: this
        saves time and nothing depends on it.
    """
    manifest = json.loads((streamlit_folder / "manifest.json").read_text(encoding="utf-8"))
    known = _with_imports(manifest, [key for key, part in manifest.items() if part.get("isEntry")])
    found: dict[str, None] = {}
    for component in components:
        own = [key for key in manifest if key.endswith(f"/{component}/{component}.tsx")]
        found |= dict.fromkeys(key for key in _with_imports(manifest, own) if key not in known)
    return [manifest[key]["file"] for key in found]


def file_of(streamlit_folder: Path, component: str) -> str | None:
    """Return the script of one component as an address below the folder, or None where Streamlit has none of that name."""
    manifest = json.loads((streamlit_folder / "manifest.json").read_text(encoding="utf-8"))
    return next((part["file"] for key, part in manifest.items() if key.endswith(f"/{component}/{component}.tsx")), None)


def _with_imports(manifest: dict[str, dict[str, list[str]]], keys: Iterable[str]) -> dict[str, None]:
    """Return parts and all that they import, in the order in which they are met."""
    found: dict[str, None] = {}
    waiting = list(keys)
    while waiting:
        key = waiting.pop(0)
        if key not in found:
            found[key] = None
            waiting += manifest[key].get("imports", [])
    return found
