"""What the tests of exports share: the tables, and one national pack made once."""

import os
from pathlib import Path

import pytest
from filelock import FileLock

from charts.catalogue.packs import PACKS
from charts.catalogue.view import View
from charts.export.cli import NATIONAL_TITLE
from charts.export.run import Order, export, save
from pipeline.processed import Tables


@pytest.fixture(scope="session")
def tables() -> Tables:
    return Tables.open()


@pytest.fixture(scope="session")
def national(tmp_path_factory: pytest.TempPathFactory, tables: Tables, browser_path: str) -> Path:
    """Folder of the national pack, every format; made once, also where tests run on several cores."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "national"
    with FileLock(f"{folder}.lock"):
        if not folder.exists():
            order = Order(
                shots=PACKS["national"](tables, View()),
                view=View(),
                title=NATIONAL_TITLE,
                name="england",
                address="https://dashboard.example",
            )
            save(export(order, tables), folder)
    return folder
