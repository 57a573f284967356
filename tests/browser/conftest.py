"""A headless Chromium, and fresh dashboards for it to visit."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from chromium import ARGUMENTS, installed
from playwright.sync_api import Browser, sync_playwright
from server.running import dashboard


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for all tests; each test opens its own tabs."""
    with sync_playwright() as tool:
        browser = tool.chromium.launch(executable_path=installed() or None, args=ARGUMENTS)
        yield browser
        browser.close()


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
