"""What the tests of exports share: the tables, and the charts of the national pack exported once in every format."""

import os
from itertools import cycle
from pathlib import Path

import pytest
from filelock import FileLock

from charts.catalogue.catalogue import Shot
from charts.catalogue.packs import PACKS, SEXES
from charts.catalogue.view import View
from charts.export.cli import NATIONAL_TITLE
from charts.export.run import Order, export, save
from pipeline.processed import Tables


@pytest.fixture(scope="session")
def tables() -> Tables:
    return Tables.open()


@pytest.fixture(scope="session")
def shots(tables: Tables) -> list[Shot]:
    """Each chart of the national pack once, women's and men's by turns: half the pictures show all there is to see."""
    both = PACKS["national"](tables, View())
    charts = list(dict.fromkeys((shot.entry.id, shot.view.level) for shot in both))
    sex = dict(zip(charts, cycle(SEXES), strict=False))
    return [
        shot for shot in both if "sex" not in shot.entry.needs or shot.view.sex == sex[shot.entry.id, shot.view.level]
    ]


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
