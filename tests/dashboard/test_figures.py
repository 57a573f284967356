"""The screens read the tables of one build, all of them or none."""

import json
import shutil
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import figures, shared


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the tables that a test may damage."""
    copy = tmp_path / "processed"
    shutil.copytree(figures.FOLDER, copy)
    monkeypatch.setattr(figures, "FOLDER", copy)
    shared.forget()
    yield copy
    shared.forget()


def test_the_screen_without_a_build_is_a_friendly_panel(folder: Path) -> None:
    (folder / "datapackage.json").unlink()
    shown = AppTest.from_file(str(Path(figures.__file__).parents[1] / "app.py"), default_timeout=60).run()
    assert not shown.exception
    assert "There are no figures to show yet" in shown.error[0].value
    assert "python -m pipeline build" in shown.error[0].value


def test_a_build_that_came_after_the_screen_was_drawn_is_offered(folder: Path) -> None:
    def page() -> None:
        from dashboard.figures import watch_for_new_build

        watch_for_new_build("an older build")

    shown = AppTest.from_function(page, default_timeout=60).run()
    assert "New figures have come in" in shown.info[0].value
    assert shown.button[0].label == "Show the new figures"


def test_the_build_that_is_shown_is_not_offered_again(folder: Path) -> None:
    build = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))["build"]

    def page(build: str) -> None:
        from dashboard.figures import watch_for_new_build

        watch_for_new_build(build)

    shown = AppTest.from_function(page, default_timeout=60, args=(build,)).run()
    assert not shown.info
    assert not shown.button
