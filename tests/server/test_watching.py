"""What those who keep the dashboard running can see of it, and that nothing of it is about a visitor."""

import json
import re
import shutil
from pathlib import Path

import pytest
import requests
from running import PAGES, Running, counted, run_screen
from websockets.sync.client import connect

from dashboard.server.readiness import Readiness
from pipeline import store

FIGURES = store.PROCESSED_FOLDER


def test_it_is_alive_and_ready_with_every_screen_opened_before_anybody_comes(served: Running) -> None:
    line = json.loads(served.log.read_text(encoding="utf-8").splitlines()[0])
    assert (line["message"], line["level"], line["screens"], line["failed"]) == ("ready", "INFO", len(PAGES), [])
    assert requests.get(f"{served.address}/healthz", timeout=10).json()["status"] == "alive"
    ready = requests.get(f"{served.address}/readyz", timeout=10)
    assert (ready.status_code, ready.json()["failed"], ready.json()["why"]) == (200, [], [])
    assert re.fullmatch(r"[0-9a-f]{8}", ready.json()["build"])


def test_below_a_path_the_addresses_are_below_it(served_below: Running) -> None:
    assert requests.get(f"{served_below.address}/healthz", timeout=10).status_code == 200


def test_a_view_is_one_whatever_is_changed_in_it_and_nothing_tells_of_the_visitor(served: Running) -> None:
    before, said = counted(served), served.log.read_text(encoding="utf-8")
    visitor = {"User-Agent": "Somebody's browser", "X-Forwarded-For": "203.0.113.9"}
    with connect(served.stream, additional_headers=visitor) as line:
        for query in ("place=E06000001", "place=E06000004"):
            run_screen(line, "levers", query=query)
    after = counted(served)
    for name, more in {"views_total/levers": 1, "run_seconds_count/levers": 2, "errors_total": 0}.items():
        assert after[f"dashboard_{name}"] - before.get(f"dashboard_{name}", 0) == more
    complained = served.log.read_text(encoding="utf-8")[len(said) :]
    views = [line for line in map(json.loads, complained.splitlines()) if line["message"] == "view"]
    assert [(view["screen"], view["level"]) for view in views] == [("/levers", "INFO")]
    assert set(views[0]) == {"time", "level", "logger", "message", "build", "screen", "milliseconds"}
    for private in ("Somebody", "203.0.113.9", "127.0.0.1", "E06000001"):
        assert private not in complained


@pytest.fixture
def figures(tmp_path: Path) -> Path:
    return Path(shutil.copytree(FIGURES, tmp_path / "processed"))


def cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-20])


def rename_a_column(file: Path) -> None:
    file.write_bytes(file.read_bytes().replace(b"area_code", b"area_kode", 1))


def empty(file: Path) -> None:
    file.write_bytes(b"")


@pytest.mark.parametrize("spoil", [cut, rename_a_column, empty, Path.unlink])
def test_with_a_table_that_is_not_whole_no_visitor_may_come_until_it_is(figures: Path, spoil: object) -> None:
    readiness, table = Readiness(figures), figures / "hle.csv"
    assert readiness.hindrances() == []
    spoil(table)  # type: ignore[operator] # each takes a path
    assert readiness.hindrances() == ["hle.csv is not that of the build"]
    shutil.copy(FIGURES / "hle.csv", table)
    assert readiness.hindrances() == []


def test_without_a_list_of_the_tables_there_is_nothing_to_show(figures: Path) -> None:
    (figures / "datapackage.json").unlink()
    assert Readiness(figures).hindrances() == ["there are no figures to show"]


def test_a_first_screen_that_fails_keeps_visitors_away_until_there_are_other_figures(figures: Path) -> None:
    readiness = Readiness(figures)
    readiness.failed = ["/map"]
    assert readiness.hindrances() == []
    readiness.failed = ["/"]
    assert readiness.hindrances() == ["the first screen ends in an error"]
    shutil.copy(FIGURES / "hle.csv", figures / "hle.csv")
    (figures / "hle.csv").touch()
    assert readiness.hindrances() == []
