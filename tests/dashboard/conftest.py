"""Screens without a browser, each opened by a link from elsewhere in a session of its own."""

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def screen() -> Callable[..., AppTest]:
    """Returns a function that opens a screen ("pages/data.py", "" for the first) with words in its address."""

    def opened(page: str = "", /, **words: str) -> AppTest:
        test = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
        if page:
            test.switch_page(page)  # before anything is drawn: as a visitor who follows a link from elsewhere
        for name, value in words.items():
            test.query_params[name] = value
        return test.run()

    return opened
