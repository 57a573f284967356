"""What is done on a screen that was left changes nothing on the one that has come."""

from collections.abc import Iterator
from itertools import takewhile

import pytest
from running import Running
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect


@pytest.fixture
def line(served: Running) -> Iterator[ClientConnection]:
    address = served.address
    stream = address.replace("http", "ws", 1) + "/_stcore/stream"
    with connect(stream, max_size=None, origin=address) as connection:  # type: ignore[arg-type]
        yield connection


def ask(line: ClientConnection, **asked: str) -> None:
    request = BackMsg()
    for name, value in asked.items():
        setattr(request.rerun_script, name, value)
    line.send(request.SerializeToString())


def answers(line: ClientConnection) -> list[ForwardMsg]:
    """What the server says of one run, up to its end."""
    said = (ForwardMsg.FromString(line.recv(timeout=60)) for _ in iter(int, 1))  # type: ignore[arg-type]
    return list(takewhile(lambda one: one.WhichOneof("type") != "script_finished", said))


def screen(said: list[ForwardMsg]) -> str:
    """The name by which a browser asks for the screen that was made."""
    return next(one.navigation.page_script_hash for one in said if one.WhichOneof("type") == "navigation")


def parts(said: list[ForwardMsg]) -> list[str]:
    """Parts of a screen that can be made anew by themselves, in order."""
    return list(dict.fromkeys(one.delta.fragment_id for one in said if one.delta.fragment_id))


def made(said: list[ForwardMsg]) -> list[str]:
    """Parts of a screen that were made anew."""
    return [name for one in said if one.WhichOneof("type") == "new_session" for name in one.metadata.run.fragment_ids]


def test_a_part_of_the_screen_that_was_left_is_not_made_and_one_of_the_new_screen_is(line: ClientConnection) -> None:
    ask(line, page_name="map")
    coming = answers(line)
    ask(line, page_name="deprivation")
    leaving = answers(line)
    ask(line, page_script_hash=screen(coming))
    ask(line, page_script_hash=screen(leaving), fragment_id=parts(leaving)[0])
    shown = answers(line)
    assert screen(shown) == screen(coming) != screen(leaving)
    ask(line, page_script_hash=screen(shown), fragment_id=parts(shown)[-1])
    assert made(answers(line)) == parts(shown)[-1:]


def test_a_part_of_a_screen_that_was_opened_by_its_address_is_made(line: ClientConnection) -> None:
    ask(line, page_name="map")
    shown = answers(line)
    ask(line, page_script_hash=screen(shown), fragment_id=parts(shown)[-1])
    assert made(answers(line)) == parts(shown)[-1:]
