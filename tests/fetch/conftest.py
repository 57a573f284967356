"""Fixtures: a publisher on this machine with a fresh copy of the held figures."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import publisher as local
import pytest
import stamina.instrumentation
from world import HLE, World, keep_only

from pipeline import store


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """Give a publisher and a copy of the two modelled releases of healthy life expectancy, with their lock."""
    stamina.instrumentation.set_on_retry_hooks([])
    raw_folder = tmp_path / "data" / "raw"
    keep_only(raw_folder, "hle/2024-12-12.csv", "hle/2026-02-19.csv")
    processed_folder = tmp_path / "data" / "processed"
    processed_folder.mkdir()
    shutil.copy(store.PROCESSED_FOLDER / "gaps.csv", processed_folder)
    with local.publisher() as server:
        yield World(server, raw_folder, processed_folder, tmp_path / "cache")


@pytest.fixture
def hle_url() -> str:
    """Return the address of the release of February 2026."""
    return HLE.releases[0].url
