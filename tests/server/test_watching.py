"""What those who keep the dashboard running can see of it, and that nothing of it is about a visitor."""

import json
import logging
import re

import pytest
import requests
from running import Running, counted, dashboard, until_ready
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect

from dashboard.server import log


def open_screen(running: Running, screen: str, *, query: str = "") -> None:
    address = running.address.replace("http", "ws", 1) + "/_stcore/stream"
    with connect(
        address, additional_headers={"User-Agent": "Somebody's browser", "X-Forwarded-For": "203.0.113.9"}
    ) as line:
        request = BackMsg()
        request.rerun_script.page_name = screen
        request.rerun_script.query_string = query
        line.send(request.SerializeToString())
        while True:
            said = ForwardMsg.FromString(line.recv(timeout=60))
            if said.WhichOneof("type") == "script_finished" and said.script_finished == said.FINISHED_SUCCESSFULLY:
                return


def test_it_is_alive_at_once_and_ready_when_every_screen_has_been_opened_once() -> None:
    with dashboard() as running:
        assert requests.get(f"{running.address}/healthz", timeout=10).json()["status"] == "alive"
        early = requests.get(f"{running.address}/readyz", timeout=10)
        assert early.status_code == 503
        assert early.json()["why"] == ["the screens are being opened for the first time"]
        ready = until_ready(running).json()
        assert (ready["status"], ready["failed"]) == ("ready", [])
        assert re.fullmatch(r"[0-9a-f]{8}", ready["build"])


def test_below_a_path_the_addresses_stand_below_it(served_below: Running) -> None:
    assert requests.get(f"{served_below.address}/healthz", timeout=10).status_code == 200


def test_a_view_is_counted_and_logged_without_a_word_about_the_visitor() -> None:
    with dashboard() as running:
        until_ready(running)
        before = counted(running)
        open_screen(running, "map", query="place=E06000001")
        after = counted(running)
        running.process.terminate()
        _, complained = running.process.communicate(timeout=15)
    assert after["dashboard_views_total/map"] == before.get("dashboard_views_total/map", 0) + 1
    assert after["dashboard_run_seconds_count/map"] == 1
    assert after["dashboard_connections"] == 0
    lines = [json.loads(line) for line in complained.splitlines()]
    views = [line for line in lines if line["event"] == "view"]
    assert [(view["screen"], view["level"]) for view in views] == [("/map", "info")]
    assert set(views[0]) == {"time", "level", "event", "build", "screen", "milliseconds", "bytes"}
    for private in ("Somebody", "203.0.113.9", "127.0.0.1", "E06000001"):
        assert private not in complained


def test_opening_the_screens_beforehand_is_no_visit(served: Running) -> None:
    until_ready(served)
    with dashboard() as untouched:
        until_ready(untouched)
        assert not [name for name in counted(untouched) if name.startswith("dashboard_views_total")]


def test_an_error_is_one_line_that_names_kind_place_and_way(capsys: pytest.CaptureFixture[str]) -> None:
    logging_before = logging.root.handlers
    try:
        log.start_log()
        try:
            json.loads("{")
        except ValueError as problem:
            log.error(problem)
        logging.getLogger("streamlit.error_util").error("Uncaught app execution")
        logging.getLogger("some.library").warning('says "this" in\ntwo lines')
    finally:
        logging.root.handlers = logging_before
    first, second = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert (first["event"], first["level"], first["kind"]) == ("error", "error", "JSONDecodeError")
    assert first["where"].startswith("tests/server/test_watching.py:")
    assert first["traceback"][-1].startswith("decoder.py:")
    assert "/" not in first["traceback"][-1]
    assert (second["event"], second["message"]) == ("log", 'says "this" in\ntwo lines')
