"""Dashboards for a browser to visit."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from server.running import Running, dashboard


@pytest.fixture
def fresh_address() -> Iterator[Callable[[], str]]:
    """Starts a dashboard that nobody has visited yet, and gives its address."""
    with ExitStack() as stack:
        yield lambda: stack.enter_context(dashboard()).address


@pytest.fixture(scope="session")
def address(served: Running) -> str:
    """Where the dashboard is that all tests share."""
    return served.address
