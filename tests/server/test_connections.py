"""Who may open a connection to a screen, and how much may be sent over it."""

from itertools import count

import pytest
from running import Running, run_screen
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect


def test_a_page_of_this_very_site_may_connect(served: Running) -> None:
    with connect(served.stream, origin=served.address, max_size=None) as line:  # type: ignore[arg-type]
        run_screen(line)


@pytest.mark.parametrize(
    "form", ["https://elsewhere.example", "null", "", "http://[", "ftp://{}", "//{}", "http://127.0.0.1"]
)
def test_another_sites_page_may_not(served: Running, form: str) -> None:
    origin = form.format(served.address.removeprefix("http://"))
    with pytest.raises(InvalidStatus) as refused, connect(served.stream, additional_headers={"Origin": origin}):
        pass
    assert refused.value.response.status_code == 403


def test_a_message_far_larger_than_any_setting_ends_the_connection(served: Running) -> None:
    with connect(served.stream, max_size=None) as line:
        line.send(bytes(20_000_000))  # some 20 kB once compressed
        with pytest.raises(ConnectionClosed) as closed:
            all(line.recv(timeout=30) for _ in count())
    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == 1009


def test_a_site_that_is_listed_may_connect_and_nobody_is_asked_about_it(listing: Running) -> None:
    with connect(listing.stream, origin="https://listed.example", max_size=None) as line:  # type: ignore[arg-type]
        run_screen(line)
