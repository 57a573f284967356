"""The dashboard that a browser visits."""

import pytest
from server.running import Running


@pytest.fixture(scope="session")
def address(served: Running) -> str:
    """Where the dashboard is that all tests share."""
    return served.address
