"""A changed control costs little: at most 50 kB on the wire, the map included."""

import zlib
from urllib.parse import urlsplit

import pytest
from running import Running, messages_of_a_run, parts_of
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.sync.client import connect

MOST_BYTES = 50_000
CHANGES = [
    ("/", "Target year", "2040"),
    ("/map", "Areas", "Regions"),
    ("/map?view=tiles&periods=four", "Sex", "Men"),
    ("/map?measure=hle-deprivation", "Sex", "Men"),
    ("/progress", "Sex", "Men"),
    ("/deprivation", "Sex", "Men"),
    ("/place?place=E06000009", "Sex", "Men"),
    ("/levers", "Look closer at", "Employment rate"),
    ("/levers?view=place", "Authority", "Leeds"),
    ("/slides", "Target year", "2040"),
    ("/data?part=downloads", "Table", "places"),
]
"""Screen, control and choice: of each screen the control that changes most."""


def chosen(screen: list[Element], label: str, choice: str) -> WidgetState:
    """Return what a browser sends once something is chosen, be the control a row of buttons or a list."""
    for element in screen:
        if element.selectbox.label == label:
            assert choice in element.selectbox.options
            return WidgetState(id=element.selectbox.id, string_value=choice)
        if element.button_group.label == label:
            assert choice in [option.content for option in element.button_group.options]
            state = WidgetState(id=element.button_group.id)
            state.string_array_value.data.append(choice)
            return state
    raise LookupError(label)


def on_the_wire(messages: list[bytes], before: int) -> int:
    """Return the size of messages after the first so many, as the connection compresses them all: in one stream."""
    stream = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    sizes = [len(stream.compress(message) + stream.flush(zlib.Z_SYNC_FLUSH)) for message in messages]
    return sum(sizes[before:])


@pytest.mark.parametrize(("path", "label", "choice"), CHANGES)
def test_a_changed_control_sends_at_most_50_kb(served: Running, path: str, label: str, choice: str) -> None:
    asked = urlsplit(path)
    screen = asked.path.strip("/")
    with connect(served.stream, max_size=None) as line:
        opened = messages_of_a_run(line, screen, query=asked.query)
        states = [chosen(parts_of(opened), label, choice)]
        changed = messages_of_a_run(line, screen, query=asked.query, states=states)
    assert parts_of(changed) != parts_of(opened)
    sent = on_the_wire([*opened, *changed], len(opened))
    assert 1000 < sent <= MOST_BYTES, f"{sent} bytes"


def test_the_connection_is_compressed(served: Running) -> None:
    with connect(served.stream) as line:
        assert line.response is not None
        assert "permessage-deflate" in line.response.headers["Sec-WebSocket-Extensions"]
