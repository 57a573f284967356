"""Dashboards for a browser to visit."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from server.running import dashboard


@pytest.fixture
def fresh_address() -> Iterator[Callable[[], str]]:
    """Starts a dashboard that nobody has visited yet, and gives its address."""
    with ExitStack() as stack:
        yield lambda: stack.enter_context(dashboard()).address


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    """A dashboard that the tests of one session share."""
    with dashboard() as running:
        yield running.address
