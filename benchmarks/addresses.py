"""Odd addresses: mistyped, cut off, overlong, hostile; no screen may break, stay blank or change a setting in silence."""

import random
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlencode

from chromium import ARGUMENTS, installed
from playwright.sync_api import Browser, sync_playwright
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect

from benchmarks.measured import Part, Row
from benchmarks.servers import ROOT, dashboard

BY_PROTOCOL, IN_BROWSER = 400, 60
LONGEST_WAIT_SECONDS = 30
SCREENS = ["", *(path.stem for path in sorted((ROOT / "pages").glob("*.py")))]
ODD = (
    *(
        "",
        " ",
        "0",
        "-1",
        "9" * 5000,
        "1e400",
        "NaN",
        "None",
        "null",
        "true",
        "[]",
        "{}",
        "%",
        "%00",
        "\x00",
        "٣",
        "²",
        "½",
    ),
    *(
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](http://192.0.2.1)",
        "![](//192.0.2.1/x.png)",
        "`x`",
    ),
    *(
        "$x$",
        ":red[x]",
        ":material/error:",
        "**x**",
        "|a|b|",
        "../../etc/passwd",
        "C:\\x",
        "' OR 1=1 --",
        "{{7*7}}",
        "${7*7}",
    ),
    *(
        "E0600000",
        "E06000001,E06000002",
        "e06000001",
        "E99999999",
        "utla ",
        "UTLA",
        "femal",
        "Frauen",
        "2011",
        "2099",
        "2011-13",
    ),
    *("x" * 2000, "é" * 500, "\u202eabc", "\ufeff", "👩‍⚕️" * 50, "a,b,c", "map.female.utla.level.more", "map..", ",,,"),
)


@dataclass
class Screen:
    """What came of one address."""

    exceptions: list[str] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    words: set[str] = field(default_factory=set)
    """Words of the address that its controls read."""
    elements: int = 0


def measure() -> Part:
    """Open odd addresses by the protocol and, some of them, in a browser."""
    part = Part(
        "Odd addresses",
        f"{BY_PROTOCOL} addresses over all screens by the protocol and {IN_BROWSER} in a browser, each with one to four words set "
        "to odd values. Silent: a control was given a value that is none of its choices, and no notice said so.",
    )
    generator = random.Random(20)
    with dashboard() as server:
        words = {screen: sorted(_opened(server.address, screen, {}).words) for screen in SCREENS}
        addresses = list(_odd(generator, words))
        found = []
        for screen, query in addresses:
            one = _opened(server.address, screen, query)
            found.append((screen, query, one))
            if one.exceptions or not one.elements or _silent(query, words[screen], one):
                print(f"  /{screen}?{urlencode(query)[:150]}: {one.exceptions or one.elements or 'blank'}")
        with sync_playwright() as tool:
            browser = tool.chromium.launch(executable_path=installed() or None, args=ARGUMENTS)
            broken = [one for one in addresses[:IN_BROWSER] if not _stands(browser, server.address, *one)]
            browser.close()
    part.rows += [
        Row(what="by the protocol: red boxes", value=sum(bool(one.exceptions) for *_, one in found), unit="", most=0),
        Row(what="by the protocol: blank screens", value=sum(not one.elements for *_, one in found), unit="", most=0),
        Row(
            what="by the protocol: silent changes",
            value=sum(_silent(query, words[screen], one) for screen, query, one in found),
            unit="",
            most=0,
        ),
        Row(what="in a browser: red boxes, blank or dead screens", value=len(broken), unit="", most=0),
    ]
    return part


def _odd(generator: random.Random, words: dict[str, list[str]]) -> Iterator[tuple[str, dict[str, str]]]:
    others = ["chart", "embed", "deck", "slide", "present", "tab", "nonsense", "<b>", "share", "rule"]
    for number in range(BY_PROTOCOL):
        screen = SCREENS[number % len(SCREENS)]
        names = generator.sample([*words[screen], *others], k=generator.randint(1, 4))
        yield screen, {name: generator.choice(ODD) for name in names}


def _silent(query: dict[str, str], words: list[str], found: Screen) -> bool:
    """Whether a control was given what cannot be one of its choices, and nothing was said."""
    alone = query.get("embed", "").lower() == "true" or query.get("present") == "1"
    wrong = [name for name in words if query.get(name, "").strip()]
    return bool(wrong) and not alone and not found.notices


def _opened(address: str, screen: str, query: dict[str, str]) -> Screen:
    request = BackMsg()
    request.rerun_script.page_name = screen
    request.rerun_script.query_string = urlencode(query)
    found = Screen()
    with connect(address.replace("http", "ws", 1) + "/_stcore/stream", max_size=None) as line:
        line.send(request.SerializeToString())
        end = time.monotonic() + LONGEST_WAIT_SECONDS
        while True:
            if time.monotonic() > end:
                found.exceptions.append("it never comes to rest")
                return found
            said = ForwardMsg.FromString(line.recv(timeout=LONGEST_WAIT_SECONDS))
            kind = said.WhichOneof("type")
            if kind == "script_finished" and said.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY:
                return found
            if kind == "delta":
                _note(said, found)


def _note(said: ForwardMsg, found: Screen) -> None:
    kind = said.delta.new_element.WhichOneof("type")
    if not kind:
        return
    element = getattr(said.delta.new_element, kind)
    found.elements += 1
    if kind == "exception":
        found.exceptions.append(element.type)
    elif kind == "alert":
        found.notices.append(element.body)
    elif getattr(element, "query_param_key", ""):
        found.words.add(element.query_param_key)


def _stands(browser: Browser, address: str, screen: str, query: dict[str, str]) -> bool:
    """Whether a screen comes to rest with a heading or a notice, and without a red box."""
    page = browser.new_page()
    try:
        page.goto(f"{address}/{screen}?{urlencode(query)}")
        page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]", timeout=30_000)
        page.wait_for_selector("h1, [data-testid=stAlert], .js-plotly-plot", timeout=30_000)
        return page.locator("[data-testid=stException]").count() == 0
    finally:
        page.close()
