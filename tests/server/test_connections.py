"""Who may open a connection to a screen."""

import pytest
from running import Running
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect


def stream(served: Running) -> str:
    return served.address.replace("http", "ws", 1) + "/_stcore/stream"


def test_a_page_of_this_very_site_may_connect(served: Running) -> None:
    with connect(stream(served), origin=served.address) as connection:  # type: ignore[arg-type]
        assert connection.response is not None
        assert connection.response.status_code == 101


@pytest.mark.parametrize("origin", ["https://elsewhere.example", "null", "http://127.0.0.1"])
def test_another_sites_page_may_not(served: Running, origin: str) -> None:
    with pytest.raises(InvalidStatus) as refused:
        connect(stream(served), origin=origin)  # type: ignore[arg-type]
    assert refused.value.response.status_code == 403
