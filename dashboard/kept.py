"""Keeps what was drawn or worked out for one visitor for all who ask for the same, until the figures are built anew."""

import pickle
from collections.abc import Callable
from threading import Condition
from typing import Any, TypeVar, cast

from cachetools import LRUCache, cached

from charts.catalogue.catalogue import entry
from charts.catalogue.entry import Answer, key
from charts.catalogue.view import View
from charts.kit.chart import Chart
from charts.kit.palette import LIGHT, Palette
from pipeline.answers.place.group_tables import with_groups
from pipeline.processed import Tables

T = TypeVar("T")

MOST_KEPT_BYTES = 100_000_000
"""Of memory, by estimate, for charts and answers together; the longest unused goes first."""

_IN_MEMORY = 5
"""Bytes of memory for each byte of a chart's pickle: measured over all charts, 3 to 9."""
_NOT_PICKLED = 50_000
"""Bytes that count for what cannot be pickled: as a chart."""


def _size(made: object) -> int:
    try:
        return len(pickle.dumps(made, pickle.HIGHEST_PROTOCOL)) * _IN_MEMORY
    except (pickle.PicklingError, TypeError, AttributeError):
        return _NOT_PICKLED


_NEWS = Condition()
_BUILDS: list[str] = []


# st.cache_resource bounds a number of things, not their bytes. Whoever asks while one is made waits for it.
@cached(LRUCache[str, Any](MOST_KEPT_BYTES, getsizeof=_size), key=lambda name, _: name, condition=_NEWS)
def _kept(name: str, make: Callable[[], Any]) -> Any:
    return make()


def only_of_build(build: str) -> None:
    """Let go of what was drawn or made from other builds; does nothing while the build stays the same."""
    with _NEWS:
        if build not in _BUILDS:
            _BUILDS[:] = [build]
            _kept.cache_clear()
            with_groups.cache_clear()


def chart(chart_id: str, tables: Tables, view: View, *, palette: Palette = LIGHT) -> Chart:
    """Return a chart; read it only, since all visitors share it.

    Raises:
        UsageError: the view asks for what the figures do not hold.
    """
    one = entry(chart_id)

    def drawn(own: View) -> Chart:
        return chart(chart_id, tables, own, palette=palette)

    name = f"{key(chart_id, view, one.settings)} {tables.build} {palette.paper}"
    return cast(Chart, _kept(name, lambda: one.chart(tables, view, palette=palette, drawn=drawn)))


def answer(asked: Answer[T], tables: Tables, view: View = View()) -> T:  # noqa: B008 # a view cannot be changed
    """Return what is said beside charts; read it only, since all visitors share it.

    Raises:
        UsageError: the view asks for what the figures do not hold.
    """
    name = f"answer {key(asked.id, view, asked.needs)} {tables.build}"
    return cast(T, _kept(name, lambda: asked.of(tables, view)))
