"""What is drawn or said for one visitor is kept for all, by its settings, until the figures are built anew."""

import gc
import json
import shutil
import threading
import weakref
from collections.abc import Iterator
from pathlib import Path

import pytest

from charts.catalogue.catalogue import CATALOGUE
from charts.catalogue.entry import Answer
from charts.catalogue.places_asked import with_places
from charts.catalogue.view import View
from charts.kit.palette import DARK
from dashboard import kept
from pipeline import store
from pipeline.errors import UsageError
from pipeline.processed import Tables


@pytest.fixture(autouse=True)
def nothing_kept() -> Iterator[None]:
    kept.only_of_build("a build that no other test asks about")
    yield
    kept.only_of_build("another")


class Counted:
    """An answer that counts how often it was worked out."""

    def __init__(self, *needs: str) -> None:
        self.calls = 0
        self.answer = Answer(id="counted", needs=needs, ask=self.ask)

    def ask(self, tables: Tables, view: View) -> object:
        self.calls += 1
        return object()


def built(build: str) -> Tables:
    return Tables(Path(), {"build": build, "version": "2026-02-19", "resources": []})


def test_the_same_settings_give_the_same_answer_worked_out_once() -> None:
    counted, tables = Counted("sex"), built("one")
    first = kept.answer(counted.answer, tables, View(sex="male"))
    assert kept.answer(counted.answer, tables, View(sex="male", target=2040)) is first
    assert kept.answer(counted.answer, tables, View(sex="female")) is not first
    assert counted.calls == 2


def test_answers_of_another_build_are_let_go() -> None:
    counted = Counted()
    kept.only_of_build("one")
    first = kept.answer(counted.answer, built("one"))
    assert kept.answer(counted.answer, built("two")) is not first
    kept.only_of_build("one")
    assert kept.answer(counted.answer, built("one")) is first
    kept.only_of_build("two")
    kept.only_of_build("one")
    assert kept.answer(counted.answer, built("one")) is not first


def test_no_tables_but_those_of_the_two_newest_builds_stay_nor_groups_made_from_them(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(store.PROCESSED_FOLDER, tmp_path / "processed"))
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))

    def shown(build: str) -> "weakref.ref[Tables]":
        (folder / "datapackage.json").write_text(json.dumps(package | {"build": build}), encoding="utf-8")
        tables = Tables.open(folder)
        kept.only_of_build(build)
        kept.chart("gap-path", tables, View())
        with_places(tables, View(place="Our area", codes="E06000001~E06000002")).table("hle")
        return weakref.ref(tables)

    builds = [shown("1" * length) for length in (1, 2, 3, 4)]
    gc.collect()
    assert [one() is None for one in builds] == [True, True, False, False]


def test_a_chart_is_kept_by_the_settings_that_it_needs_and_by_its_colours() -> None:
    tables = Tables.open()
    first = kept.chart("gap-path", tables, View())
    assert kept.chart("gap-path", tables, View(place="E06000001", rows="screen")) is first
    assert kept.chart("gap-path", tables, View(target=2040)) is not first
    assert kept.chart("gap-path", tables, View(), palette=DARK) is not first


def test_charts_of_a_pair_are_each_drawn_once(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = []
    draw = CATALOGUE["gap-path"].draw

    def noting(tables: Tables, view: View, palette: object) -> object:
        drawn.append(view.sex)
        return draw(tables, view, palette)

    monkeypatch.setitem(vars(CATALOGUE["gap-path"]), "draw", noting)
    for sex in ("female", "male"):
        kept.chart("gap-path", Tables.open(), View(sex=sex, scale="both"))
    assert sorted(drawn) == ["female", "male"]


def test_an_error_is_raised_again_and_not_kept() -> None:
    answers = iter([UsageError("not yet"), "ready"])

    def ask(tables: Tables, view: View) -> str:
        found = next(answers)
        if isinstance(found, UsageError):
            raise found
        return found

    asked = Answer(id="moody", needs=(), ask=ask)
    with pytest.raises(UsageError, match="not yet"):
        kept.answer(asked, built("one"))
    assert kept.answer(asked, built("one")) == "ready"


def test_visitors_who_ask_at_once_wait_for_the_first() -> None:
    counted, all_here = Counted(), threading.Barrier(8)

    def ask() -> None:
        all_here.wait(timeout=30)
        kept.answer(counted.answer, built("one"))

    visitors = [threading.Thread(target=ask) for _ in range(8)]
    for visitor in visitors:
        visitor.start()
    for visitor in visitors:
        visitor.join()
    assert counted.calls == 1
