"""Opens every screen once before visitors come, so that none of them waits for what is loaded only once."""

import asyncio
import gc
from collections.abc import Iterable
from dataclasses import dataclass, field

from starlette.types import ASGIApp, Message, Scope
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

LONGEST_RUN_SECONDS = 60


@dataclass
class Readiness:
    """What is known of the screens."""

    done: bool = False
    failed: list[str] = field(default_factory=list)
    """Screens that ended in an error that nobody foresaw."""
    to_draw_ahead: int = 0
    """Likely choices still to be drawn; visitors need not wait for them."""

    @property
    def ready(self) -> bool:
        """True once every screen has run, the first one without fault: one broken screen must not take all away."""
        return self.done and "/" not in self.failed


@dataclass
class Opened:
    """What came of opening a screen."""

    ran: bool = True
    """Whether it ran to its end without an unforeseen error."""
    choices: dict[str, list[str]] = field(default_factory=dict)
    """Word in the address -> what the control with that word lets a visitor choose, as it stands in the address."""

    def note(self, said: ForwardMsg) -> None:
        """Note what one message to the browser tells of it."""
        element = said.delta.new_element
        kind = element.WhichOneof("type")
        if kind == "exception":
            self.ran = False
        elif kind == "selectbox" and element.selectbox.query_param_key:
            self.choices[element.selectbox.query_param_key] = list(element.selectbox.options)
        elif kind == "slider" and element.slider.query_param_key:
            self.choices[element.slider.query_param_key] = list(element.slider.options)
        elif kind == "button_group" and element.button_group.query_param_key:
            options = [option.content for option in element.button_group.options]
            self.choices[element.button_group.query_param_key] = options


async def warm_up(app: ASGIApp, screens: Iterable[str], readiness: Readiness, *, base: str) -> dict[str, Opened]:
    """Open every screen as a visitor would, then set what is now in memory aside from the search for garbage.

    Most of what such a search looks through are libraries, loaded for good.

    Args:
        app: Streamlit's application, started.
        screens: addresses of the screens below the base, as "/map".
        readiness: told of the outcome.
        base: path below which the dashboard is served.

    Returns:
        What came of each screen.
    """
    found = {}
    for screen in screens:
        try:
            found[screen] = await open_screen(app, screen, base=base)
        except TimeoutError:
            found[screen] = Opened(ran=False)
        if not found[screen].ran:
            readiness.failed.append(screen)
    set_aside_for_good()
    return found


GARBAGE_AFTER = (50_000, 50, 100)
"""How many new objects start a search for garbage, and how many searches the next wider one. A run of a screen makes tens of
thousands, nearly all of which go by themselves: with Python's own 700 the searches take a tenth of all time when many visit."""


def set_aside_for_good() -> None:
    """Set what is now in memory aside from the search for garbage, and have the search come less often."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*GARBAGE_AFTER)


async def open_screen(app: ASGIApp, address: str, *, base: str) -> Opened:
    """Run one screen to its end over an inner connection; return what came of it.

    Args:
        app: Streamlit's application, started.
        address: address of the screen below the base, choices included, as "/map?sex=male".
        base: path below which the dashboard is served.

    Raises:
        TimeoutError: it does not come to an end.
    """
    return await asyncio.wait_for(_opened(app, address, base=base), LONGEST_RUN_SECONDS)


async def _opened(app: ASGIApp, address: str, *, base: str) -> Opened:
    path, _, choices = address.partition("?")
    to_server: asyncio.Queue[Message] = asyncio.Queue()
    from_server: asyncio.Queue[Message] = asyncio.Queue()
    connection = asyncio.ensure_future(app(_scope(base), to_server.get, from_server.put))
    request = BackMsg()
    request.rerun_script.page_name = path.strip("/")
    request.rerun_script.query_string = choices
    to_server.put_nowait({"type": "websocket.connect"})
    to_server.put_nowait({"type": "websocket.receive", "bytes": request.SerializeToString()})
    opened = Opened()
    try:
        while True:
            message = await from_server.get()
            if message["type"] == "websocket.close":
                opened.ran = False
                return opened
            if message["type"] != "websocket.send":
                continue
            said = ForwardMsg.FromString(message["bytes"])
            opened.note(said)
            # A screen whose address uses our own names of choices starts anew once it has put the visible words there.
            if (
                said.WhichOneof("type") == "script_finished"
                and said.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN
            ):
                opened.ran &= said.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY
                return opened
    finally:
        to_server.put_nowait({"type": "websocket.disconnect", "code": 1000})
        await connection


def _scope(base: str) -> Scope:
    return {
        "type": "websocket",
        "asgi": {"version": "3.0"},
        "scheme": "ws",
        "path": f"{base}/_stcore/stream",
        "raw_path": f"{base}/_stcore/stream".encode(),
        "query_string": b"",
        "root_path": "",
        "headers": [(b"host", b"localhost"), (b"sec-websocket-protocol", b"streamlit")],
        "client": ("127.0.0.1", 0),
        "server": ("127.0.0.1", 0),
        "subprotocols": ["streamlit"],
        "state": {},
    }
