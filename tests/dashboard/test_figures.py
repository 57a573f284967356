"""A screen without figures says so, and one drawn before new figures came in offers them."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pipeline import store
from pipeline.processed import Tables


def test_the_screen_without_a_build_is_a_friendly_panel(
    screen: Callable[..., AppTest], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "PROCESSED_FOLDER", tmp_path)
    shown = screen()
    assert not shown.exception
    assert "There are no figures to show yet" in shown.error[0].value
    assert "python -m pipeline build" in shown.error[0].value


def watched(build: str) -> AppTest:
    def page(build: str) -> None:
        from dashboard.shell import watch_for_new_build

        watch_for_new_build(build)

    return AppTest.from_function(page, default_timeout=60, args=(build,)).run()


def test_a_build_that_came_after_the_screen_was_drawn_is_offered() -> None:
    shown = watched("an older build")
    assert "New figures have come in" in shown.info[0].value
    assert shown.button[0].label == "Show the new figures"


def test_the_build_that_is_shown_is_not_offered_again() -> None:
    shown = watched(Tables.open().build)
    assert not shown.info
    assert not shown.button


def test_a_screen_shows_a_new_build_as_soon_as_it_stands_on_disk(
    screen: Callable[..., AppTest], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = tmp_path / "processed"
    shutil.copytree(store.PROCESSED_FOLDER, copy)
    monkeypatch.setattr(store, "PROCESSED_FOLDER", copy)
    shown, package = screen(), copy / "datapackage.json"
    old = Tables.open().build
    package.write_text(package.read_text(encoding="utf-8").replace(old, "feedbeef"), encoding="utf-8")
    feet = [html.proto.body for html in shown.run().get("html") if '<p class="chart-foot"' in html.proto.body]
    assert "Build feedbeef" in " ".join(feet)
    assert old not in " ".join(feet)
