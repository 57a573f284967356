"""How long the build takes."""

import tempfile
import time
from pathlib import Path

from benchmarks.measured import Part, Row
from benchmarks.servers import ROOT
from pipeline import build


def measure() -> Part:
    """Build everything from data/raw into an empty folder."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder)
        begun = time.perf_counter()
        build.build(ROOT / "data" / "raw", target / "data", target / "docs", target / "static")
        seconds = time.perf_counter() - begun
    note = "All processed tables, their dictionary and the boundaries, from data/raw into an empty folder."
    return Part("Build", note, [Row(what="whole build", value=seconds, unit="s", most=10)])
