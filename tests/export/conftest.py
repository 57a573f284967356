"""What the tests of exports share: the tables, and the charts of the national pack exported once in every format."""

import os
from pathlib import Path

import pytest
from filelock import FileLock

from charts.catalogue.catalogue import CATALOGUE, Shot
from charts.catalogue.packs import PACKS, SEXES
from charts.catalogue.view import View
from charts.export.cli import NATIONAL_TITLE
from charts.export.run import Order, export, save
from pipeline.processed import Tables

LEVELS = ("region", "utla")


@pytest.fixture(scope="session")
def tables() -> Tables:
    return Tables.open()


@pytest.fixture(scope="session")
def shots(tables: Tables) -> list[Shot]:
    """The national pack, and a map of each level."""
    maps = [
        Shot(entry=CATALOGUE["map"], view=View(sex=sex, level=level)) for sex, level in zip(SEXES, LEVELS, strict=True)
    ]
    return [*PACKS["national"](tables, View()), *maps]


@pytest.fixture(scope="session")
def national(tmp_path_factory: pytest.TempPathFactory, tables: Tables, shots: list[Shot], browser_path: str) -> Path:
    """Folder of these charts, every format; made once, also where tests run on several cores."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "national"
    with FileLock(f"{folder}.lock"):
        if not folder.exists():
            order = Order(
                shots=shots,
                view=View(),
                title=NATIONAL_TITLE,
                name="england",
                address="https://dashboard.example",
            )
            save(export(order, tables), folder)
    return folder
