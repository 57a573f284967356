"""A visitor without a browser: opens a screen over the WebSocket, changes its controls, and times the answers."""

import asyncio
import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlencode, urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException

LONGEST_WAIT_SECONDS = 20


@dataclass
class Visitor:
    """One visitor of one screen."""

    address: str
    """Address of the server, "ws://…", with its base path."""
    screen: str
    """Path and, where it asks for something, query of a screen."""
    headers: dict[str, str] = field(default_factory=dict)
    seconds: list[float] = field(default_factory=list)
    """How long each change took, from the click to the end of the run."""
    opened_seconds: float = 0
    failures: list[str] = field(default_factory=list)
    charts: int = 0
    """How many charts the last run sent."""
    once_open: Callable[[], object] = lambda: None
    """Called once the screen has been opened, before the first change."""
    _states: dict[str, WidgetState] = field(default_factory=dict)
    _choices: dict[str, list[str]] = field(default_factory=dict)
    _buttons: set[str] = field(default_factory=set)
    _words: dict[str, str] = field(default_factory=dict)
    """Control -> its word in the address."""
    _query: dict[str, str] = field(default_factory=dict)
    """Words of the address as a browser would have them now."""

    def __post_init__(self) -> None:
        """Take what the screen's address asks for."""
        self._query = dict(parse_qsl(urlsplit(self.screen).query))

    async def visit(self, *, clicks: int, every_seconds: float, generator: random.Random) -> None:
        """Open the screen, then change a control so many times, one every so many seconds."""
        try:
            async with connect(
                f"{self.address}/_stcore/stream",
                subprotocols=["streamlit"],  # type: ignore[list-item] # a plain str will do
                additional_headers=self.headers,
                max_size=None,
                open_timeout=LONGEST_WAIT_SECONDS,
            ) as line:
                self.opened_seconds = await self._run(line)
                self.once_open()
                await asyncio.sleep(generator.uniform(0, every_seconds))
                for _ in range(clicks):
                    begun = time.perf_counter()
                    self._choose(generator)
                    self.seconds.append(await self._run(line))
                    await asyncio.sleep(max(0.0, every_seconds - (time.perf_counter() - begun)))
        except (OSError, TimeoutError, WebSocketException) as error:
            self.failures.append(f"{type(error).__name__} {error}".strip())

    def _choose(self, generator: random.Random) -> None:
        if not self._choices:
            return
        control = generator.choice(sorted(self._choices))
        choice = generator.choice(self._choices[control])
        state = WidgetState(id=control)
        if control in self._buttons:
            state.string_array_value.data.append(choice)
        else:
            state.string_value = choice
        self._states[control] = state
        self._query[self._words[control]] = choice

    async def _run(self, line: ClientConnection) -> float:
        request = BackMsg()
        request.rerun_script.page_name = urlsplit(self.screen).path.strip("/")
        request.rerun_script.query_string = urlencode(self._query)
        request.rerun_script.widget_states.widgets.extend(self._states.values())
        begun = time.perf_counter()
        await line.send(request.SerializeToString())
        self.charts = 0
        while True:
            content = await asyncio.wait_for(line.recv(), LONGEST_WAIT_SECONDS)
            assert isinstance(content, bytes)
            said = ForwardMsg.FromString(content)
            kind = said.WhichOneof("type")
            if kind == "delta":
                self._note(said)
            elif kind == "script_finished" and said.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY:
                return time.perf_counter() - begun

    def _note(self, said: ForwardMsg) -> None:
        element = said.delta.new_element
        kind = element.WhichOneof("type")
        if kind == "plotly_chart":
            self.charts += 1
        elif kind == "exception":
            self.failures.append(f"a red box: {element.exception.message}")
        elif kind == "selectbox" and element.selectbox.query_param_key:
            self._choices[element.selectbox.id] = list(element.selectbox.options)
            self._words[element.selectbox.id] = element.selectbox.query_param_key
        elif kind == "button_group" and element.button_group.query_param_key:
            self._buttons.add(element.button_group.id)
            self._choices[element.button_group.id] = [option.content for option in element.button_group.options]
            self._words[element.button_group.id] = element.button_group.query_param_key


async def all_visit(visitors: list[Visitor], *, clicks: int, every_seconds: float, arrive_within: float) -> None:
    """Let all visitors come within some seconds and click at the same pace until each has done its clicks."""
    generator = random.Random(11)

    async def one(visitor: Visitor, own: random.Random) -> None:
        await asyncio.sleep(own.uniform(0, arrive_within))
        await visitor.visit(clicks=clicks, every_seconds=every_seconds, generator=own)

    await asyncio.gather(*(one(visitor, random.Random(generator.random())) for visitor in visitors))
