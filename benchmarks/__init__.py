"""Benchmarks: `python -m benchmarks`."""

import sys
from pathlib import Path

_TESTS = Path(__file__).resolve().parents[1] / "tests"
sys.path += [str(_TESTS), str(_TESTS / "server")]  # where the browser and the proxy are found
