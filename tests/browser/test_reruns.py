"""A changed control costs little: at most 50 kB on the wire, the map included."""

import zlib

import pytest
from browser.tab import leave, open_tab, wait_until_drawn
from playwright.sync_api import Browser, Page
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

pytestmark = pytest.mark.browser

MOST_BYTES = 50_000
CHANGES = [
    ("/", "Target year", "2040"),
    ("/map", "Areas", "Regions"),
    ("/progress", "Sex", "Men"),
    ("/deprivation", "Sex", "Men"),
    ("/place?place=E06000009", "Sex", "Men"),
    ("/levers", "Look closer at", "Employment rate"),
    ("/levers?view=place", "Authority", "Leeds"),
    ("/slides", "Target year", "2040"),
    ("/data?part=downloads", "Table", "places"),
]
"""Screen, control and choice: of each screen the control that changes most."""


def on_the_wire(messages: list[bytes], before: int) -> int:
    """Return the size of messages after the first so many, as the connection compresses them all: in one stream."""
    stream = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    sizes = [len(stream.compress(message) + stream.flush(zlib.Z_SYNC_FLUSH)) for message in messages]
    return sum(sizes[before:])


@pytest.mark.parametrize(("path", "label", "choice"), CHANGES)
def test_a_changed_control_sends_at_most_50_kb(
    chromium: Browser, address: str, path: str, label: str, choice: str
) -> None:
    tab = open_tab(chromium, address)
    with tab.page.expect_websocket() as opened:
        tab.page.goto(address + path)
    wait_until_drawn(tab.page)
    before = len(tab.received)
    settings = tab.page.get_by_role("button", name="Change settings")
    if settings.count():
        settings.click()
    with opened.value.expect_event("framereceived", ends_a_run):
        change(tab.page, label, choice)
    sent = on_the_wire(tab.received, before)
    assert 0 < sent <= MOST_BYTES, f"{sent} bytes"
    leave(tab.page)


def ends_a_run(frame: bytes | str) -> bool:
    """Whether a message of the server says that a screen has been made."""
    assert isinstance(frame, bytes)
    return ForwardMsg.FromString(frame).WhichOneof("type") == "script_finished"


def change(page: Page, label: str, choice: str) -> None:
    """Choose something, be the control a row of buttons or a list."""
    buttons = page.get_by_role("radiogroup", name=label, exact=True)
    if buttons.count():
        buttons.get_by_role("radio", name=choice, exact=True).click()
    else:
        box = page.locator(".stSelectbox", has_text=label).locator("input")
        box.click()
        box.fill(choice)
        box.press("Enter")


def test_the_connection_is_compressed(chromium: Browser, address: str) -> None:
    tab = open_tab(chromium, address)
    answers: list[dict[str, str]] = []
    session = tab.page.context.new_cdp_session(tab.page)
    session.send("Network.enable")
    session.on("Network.webSocketHandshakeResponseReceived", lambda event: answers.append(event["response"]["headers"]))
    tab.page.goto(address)
    wait_until_drawn(tab.page)
    headers = {name.lower(): value for name, value in answers[0].items()}
    assert "permessage-deflate" in headers["sec-websocket-extensions"]
    leave(tab.page)
