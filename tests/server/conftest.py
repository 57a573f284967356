"""The running dashboard that the server's tests share."""

from collections.abc import Iterator

import pytest
from running import Running, dashboard


@pytest.fixture(scope="session")
def served_below() -> Iterator[Running]:
    """The dashboard below a path, as behind a shared address."""
    with dashboard(STREAMLIT_SERVER_BASE_URL_PATH="/hle/") as running:
        yield running
