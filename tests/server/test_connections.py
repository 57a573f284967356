"""Who may open a connection to a screen, and how much may be sent over it."""

from running import Running, run_screen
from websockets.sync.client import connect


def test_a_page_of_this_very_site_may_connect(served: Running) -> None:
    with connect(served.stream, origin=served.address, max_size=None) as line:  # type: ignore[arg-type]
        run_screen(line)


def test_a_site_that_is_listed_may_connect_and_nobody_is_asked_about_it(listing: Running) -> None:
    with connect(listing.stream, origin="https://listed.example", max_size=None) as line:  # type: ignore[arg-type]
        run_screen(line)
