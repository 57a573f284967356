"""A changed control costs little: at most 50 kB on the wire, the map included."""

import zlib
from urllib.parse import urlsplit

import pytest
from running import Running
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.sync.client import ClientConnection, connect

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


def run(line: ClientConnection, path: str, *states: WidgetState) -> list[bytes]:
    """Ask for a screen as a browser does, and return the messages of its run."""
    request = BackMsg()
    request.rerun_script.page_name = urlsplit(path).path.strip("/")
    request.rerun_script.query_string = urlsplit(path).query
    request.rerun_script.widget_states.widgets.extend(states)
    line.send(request.SerializeToString())
    messages = [bytes(line.recv(timeout=60))]
    while not ends_a_run(messages[-1]):
        messages.append(bytes(line.recv(timeout=60)))
    return messages


def ends_a_run(message: bytes) -> bool:
    """Whether a message says that a screen has been made; a run that another follows at once makes none."""
    said = ForwardMsg.FromString(message)
    return said.WhichOneof("type") == "script_finished" and said.script_finished == said.FINISHED_SUCCESSFULLY


def elements(messages: list[bytes]) -> list[Element]:
    """Return what a screen is made of."""
    said = [ForwardMsg.FromString(message) for message in messages]
    return [one.delta.new_element for one in said if one.delta.WhichOneof("type") == "new_element"]


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
    with connect(served.stream, max_size=None) as line:
        opened = run(line, path)
        changed = run(line, path, chosen(elements(opened), label, choice))
    assert elements(changed) != elements(opened)
    sent = on_the_wire([*opened, *changed], len(opened))
    assert 1000 < sent <= MOST_BYTES, f"{sent} bytes"


def test_the_connection_is_compressed(served: Running) -> None:
    with connect(served.stream) as line:
        assert line.response is not None
        assert "permessage-deflate" in line.response.headers["Sec-WebSocket-Extensions"]
