"""Which file holds a part of Streamlit's: the names carry a fingerprint and change with the version."""

import json
from pathlib import Path

CHART = "PlotlyChart"
"""Draws the charts: 4.7 MB to read."""


def file_of(streamlit_folder: Path, component: str) -> str | None:
    """Return the script of one of Streamlit's components.

    Args:
        streamlit_folder: folder that holds `index.html` and `manifest.json`, Streamlit's list of its own files.
        component: its name, as "PlotlyChart".

    Returns:
        Address below the folder, as "static/js/PlotlyChart.D9Z0_fxz.js"; None where there is none of that name.
    """
    manifest = json.loads((streamlit_folder / "manifest.json").read_text(encoding="utf-8"))
    return next((part["file"] for key, part in manifest.items() if key.endswith(f"/{component}/{component}.tsx")), None)
