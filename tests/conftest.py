"""Every test runs on the frozen figures and, where it needs one, in one Chromium for the whole session."""

import os
import signal
from collections.abc import Iterator

import freeze
import pytest
from chromium import ARGUMENTS, installed
from hypothesis import settings
from playwright.sync_api import Browser, Playwright, sync_playwright
from server.running import Running, dashboard

freeze.use()  # before any test module imports the pipeline

settings.register_profile("any machine", deadline=None)  # a busy machine is no fault of an example
settings.load_profile("any machine")

# A shell's `&` starts the tests with Ctrl-C switched off, and the commands they start would have it off too.
signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def browser_tool() -> Iterator[Playwright]:
    """The browser tool, which allows itself to be started only once."""
    with sync_playwright() as tool:
        yield tool


@pytest.fixture(scope="session")
def chromium(browser_tool: Playwright) -> Iterator[Browser]:
    """One browser for all tests; each test opens its own tabs."""
    browser = browser_tool.chromium.launch(executable_path=installed() or None, args=ARGUMENTS)
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def served() -> Iterator[Running]:
    """The dashboard at the root of its address, for all tests that only look at it."""
    with dashboard() as running:
        yield running


@pytest.fixture(scope="session")
def browser_path(browser_tool: Playwright) -> str:
    """Path of a Chromium: an installed one, else the browser tool's own; exports find it by BROWSER_PATH."""
    path = installed() or browser_tool.chromium.executable_path
    os.environ["BROWSER_PATH"] = path
    return path
