"""The same figures give the same bytes: on a second run, and on another day."""

from collections.abc import Mapping

import pytest
import time_machine

from charts.catalogue.catalogue import CATALOGUE, Shot
from charts.catalogue.view import View
from charts.export.run import Order, export
from pipeline.processed import Tables

CHARTS = ("gap-path", "map")


def exported(tables: Tables) -> Mapping[str, bytes]:
    order = Order(
        shots=[Shot(entry=CATALOGUE[name], view=View(level="region")) for name in CHARTS],
        view=View(),
        title="T",
        name="england",
        formats=("svg", "pptx", "xlsx", "csv", "data"),
        media=("16x9",),
    )
    return {file.path: file.content for file in export(order, tables)}


@pytest.fixture(scope="module")
def on_two_days(tables: Tables, browser_path: str) -> tuple[Mapping[str, bytes], Mapping[str, bytes]]:
    with time_machine.travel("2026-03-01 09:30"):
        first = exported(tables)
    with time_machine.travel("2027-11-30 17:45"):
        return first, exported(tables)


def test_every_file_is_the_same_on_another_day(on_two_days: tuple[Mapping[str, bytes], Mapping[str, bytes]]) -> None:
    first, second = on_two_days
    assert set(first) == set(second)
    assert [path for path, content in first.items() if content != second[path]] == []
