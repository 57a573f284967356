"""Keeps what was drawn or worked out for one visitor for all who ask for the same, until the figures are built anew."""

import pickle
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future
from threading import Lock
from typing import Any, TypeVar, cast

from charts.catalogue.catalogue import entry
from charts.catalogue.entry import Answer, key
from charts.catalogue.view import View
from charts.kit.chart import Chart
from charts.kit.palette import LIGHT, Palette
from pipeline.processed import Tables

T = TypeVar("T")

MOST_KEPT_BYTES = 100_000_000
"""Of memory, by estimate, for charts and answers together; the longest unused goes first."""

_IN_MEMORY = 5
"""Bytes of memory for each byte of a chart's pickle: measured over all charts, 3 to 9."""


class _Store:
    """What was made, by name, within a budget of bytes."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.build = ""
        self.made: OrderedDict[str, Future[Any]] = OrderedDict()
        self.bytes: dict[str, int] = {}

    def get(self, name: str, make: Callable[[], T]) -> T:
        """What has this name, made now where it is not held. Whoever asks meanwhile waits; an error is raised and not kept."""
        with self.lock:
            held = self.made.get(name)
            if held is None:
                mine = self.made[name] = Future()
            else:
                self.made.move_to_end(name)
        if held is not None:
            return cast(T, held.result())
        try:
            found = make()
        except BaseException as error:
            with self.lock:
                self._let_go(name, mine)
            mine.set_exception(error)
            raise
        mine.set_result(found)
        self._weigh(name, mine)
        return found

    def _weigh(self, name: str, mine: "Future[Any]") -> None:
        size = _size(mine.result())
        with self.lock:
            if self.made.get(name) is mine:  # not of a build that has gone since
                self.bytes[name] = size
            while sum(self.bytes.values()) > MOST_KEPT_BYTES:
                oldest = next(one for one in self.made if one in self.bytes)
                self._let_go(oldest, self.made[oldest])

    def _let_go(self, name: str, whose: "Future[Any]") -> None:
        if self.made.get(name) is whose:
            del self.made[name]
            self.bytes.pop(name, None)

    def begin(self, build: str) -> None:
        """Let go of everything where it is of another build."""
        with self.lock:
            if build != self.build:
                self.build = build
                self.made.clear()
                self.bytes.clear()


_STORE = _Store()


def only_of_build(build: str) -> None:
    """Let go of what was drawn from other builds; does nothing while the build stays the same."""
    _STORE.begin(build)


def _size(made: object) -> int:
    try:
        return len(pickle.dumps(made, pickle.HIGHEST_PROTOCOL)) * _IN_MEMORY
    except (pickle.PicklingError, TypeError, AttributeError):
        return 50_000  # as a chart


def chart(chart_id: str, tables: Tables, view: View, *, palette: Palette = LIGHT) -> Chart:
    """Return a chart; read it only, since all visitors share it.

    Raises:
        UsageError: the view asks for what the figures do not hold.
    """
    one = entry(chart_id)

    def drawn(own: View) -> Chart:
        return chart(chart_id, tables, own, palette=palette)

    name = f"{key(chart_id, view, one.settings)} {tables.build} {palette.paper}"
    return _STORE.get(name, lambda: one.chart(tables, view, palette=palette, drawn=drawn))


def answer(asked: Answer[T], tables: Tables, view: View = View()) -> T:  # noqa: B008 # a view cannot be changed
    """Return what is said beside charts; read it only, since all visitors share it.

    Raises:
        UsageError: the view asks for what the figures do not hold.
    """
    name = f"answer {key(asked.id, view, asked.needs)} {tables.build}"
    return _STORE.get(name, lambda: asked.of(tables, view))
