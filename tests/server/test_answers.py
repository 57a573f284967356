"""What the server answers: pages, files, what it refuses, and what every answer carries."""

import gzip
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urljoin

import brotli
import pytest
import requests
import streamlit
from running import PAGES, ROOT, Running

from dashboard.shell import ICON


def get(address: str, **headers: str) -> requests.Response:
    return requests.get(address, headers={name.replace("_", "-"): value for name, value in headers.items()}, timeout=30)


@pytest.mark.parametrize("page", PAGES)
def test_every_screen_is_a_page_in_british_english_with_title_and_description(served: Running, page: str) -> None:
    answer = get(served.address + page)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert '<html lang="en-GB">' in answer.text
    assert "<title>Healthy life expectancy gap</title>" in answer.text
    assert 'name="description" content="Is the gap in healthy life expectancy' in answer.text
    assert "Streamlit</title>" not in answer.text


def test_without_scripts_the_page_still_says_what_it_is(served: Running) -> None:
    text = re.findall(r"<noscript>(.*?)</noscript>", get(served.address).text, re.DOTALL)
    assert len(text) == 1
    assert "<h1>Healthy life expectancy gap</h1>" in text[0]
    assert "need JavaScript" in text[0]


def test_the_page_names_no_other_host(served: Running) -> None:
    page = re.sub(r"<!--.*?-->", "", get(served.address).text, flags=re.DOTALL)
    assert re.findall(r"(?:https?:)?//[a-z0-9.-]+\.[a-z]+", page) == []


@pytest.mark.parametrize("accepted", ["text/html", "*/*", "application/json"])
@pytest.mark.parametrize("path", ["/nothing-here", "/map/x", "/place/Hartlepool", "/index.html"])
def test_an_address_that_is_no_screen_is_the_page_with_404(
    served: Running, served_below: Running, path: str, accepted: str
) -> None:
    for running in (served, served_below):
        answer = get(running.address + path, Accept=accepted)
        assert answer.status_code == 404
        assert '<div id="root">' in answer.text
        script = re.search(r'src="([^"]+)"', answer.text)
        assert script
        assert get(urljoin(running.address + path, script[1])).status_code == 200


def test_below_a_path_the_page_points_to_that_path(served_below: Running) -> None:
    assert served_below.address.endswith("/hle")
    page = get(f"{served_below.address}/map").text
    assert 'BACKEND_BASE_URL:location.origin+"/hle"' in page
    assert get(f"{served_below.address}/_stcore/health").text == "ok"
    outside = served_below.address.removesuffix("/hle")
    assert get(f"{outside}/_stcore/health").status_code == 404


def test_the_icon_that_every_screen_names_is_there(served: Running, served_below: Running) -> None:
    icon = (ROOT / "static" / "icon.png").read_bytes()
    for running in (served, served_below):
        answer = get(f"{running.address}{ICON}")
        assert (answer.content, answer.headers["content-type"]) == (icon, "image/png")


def scripts_of(address: str) -> list[str]:
    return re.findall(r"/(static/js/[^\"]+)", get(address).text)


def original(script: str) -> bytes:
    return (Path(streamlit.__file__).parent / "static" / script).read_bytes()


@pytest.mark.parametrize(("accepted", "unpack"), [("gzip", gzip.decompress), ("br", brotli.decompress)])
def test_scripts_are_compressed_and_kept_for_a_year(
    served: Running, accepted: str, unpack: Callable[[bytes], bytes]
) -> None:
    scripts = scripts_of(served.address)
    assert len(scripts) > 10
    for script in scripts[:5]:
        answer = requests.get(
            f"{served.address}/{script}", headers={"Accept-Encoding": accepted}, stream=True, timeout=30
        )
        assert answer.headers["content-encoding"] == accepted
        assert unpack(answer.raw.read(decode_content=False)) == original(script)
        assert answer.headers["cache-control"] == "public, immutable, max-age=31536000"
        assert "javascript" in answer.headers["content-type"]


@pytest.mark.parametrize(("accepted", "unpack"), [("gzip", gzip.decompress), ("br", brotli.decompress)])
def test_a_script_asked_for_again_is_the_same_in_whatever_encoding_it_was_asked_for_before(
    served: Running, accepted: str, unpack: Callable[[bytes], bytes]
) -> None:
    script = scripts_of(served.address)[1]
    for encoding in ("identity", accepted, accepted):
        answer = requests.get(
            f"{served.address}/{script}", headers={"Accept-Encoding": encoding}, stream=True, timeout=30
        )
        content = answer.raw.read(decode_content=False)
        assert (content if encoding == "identity" else unpack(content)) == original(script)
        assert "content-security-policy" in answer.headers


def test_the_page_asks_for_the_script_that_draws_charts_from_the_start(served: Running) -> None:
    page = requests.get(f"{served.address}/", timeout=30).text
    assert re.search(r'<link rel="modulepreload" crossorigin href="/static/js/PlotlyChart\.[^"]+\.js">', page)


def test_a_browser_that_takes_no_compression_gets_none(served: Running) -> None:
    script = scripts_of(served.address)[0]
    answer = requests.get(f"{served.address}/{script}", headers={"Accept-Encoding": "identity"}, timeout=30)
    assert "content-encoding" not in answer.headers
    assert "accept-encoding" in answer.headers["vary"].lower()
    assert answer.content == original(script)


@pytest.mark.parametrize("level", ["region", "utla"])
def test_boundaries_come_compressed_and_unchanged_ones_are_not_sent_again(served: Running, level: str) -> None:
    address = f"{served.address}/app/static/boundaries/{level}.geojson"
    answer = requests.get(address, headers={"Accept-Encoding": "gzip"}, stream=True, timeout=30)
    sent = answer.raw.read(decode_content=False)
    assert gzip.decompress(sent) == (ROOT / f"static/boundaries/{level}.geojson").read_bytes()
    assert len(sent) <= 60_000
    assert answer.headers["cache-control"] == "no-cache"
    again = get(address, If_None_Match=answer.headers["etag"])
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(
    "path",
    [
        "/app/static/../pyproject.toml",
        "/app/static/%2e%2e/pyproject.toml",
        "/app/static/..%2f..%2fetc/passwd",
        "/static/js/../../index.html",
        "/static/..%5c..%5cindex.html",
        "/app/static/%00",
    ],
)
def test_no_address_leads_out_of_the_served_folders(served: Running, path: str) -> None:
    host, port = served.address.removeprefix("http://").split(":")
    answer = raw_get(host, int(port), path)
    assert answer.startswith((b"HTTP/1.1 400", b"HTTP/1.1 404")), answer[:200]
    assert b"[project]" not in answer
    assert b"root:" not in answer


def raw_get(host: str, port: int, path: str) -> bytes:
    import socket

    with socket.create_connection((host, port), timeout=10) as connection:
        connection.sendall(f"GET {path} HTTP/1.1\r\nHost: {host}:{port}\r\nConnection: close\r\n\r\n".encode())
        received = b""
        while block := connection.recv(65536):
            received += block
    return received


@pytest.mark.parametrize("path", ["/", "/map", "/_stcore/health", "/nothing", "/app/static/boundaries/region.geojson"])
def test_every_answer_carries_the_safety_headers(served: Running, path: str) -> None:
    headers = get(served.address + path).headers
    policy = dict(part.split(" ", 1) for part in headers["content-security-policy"].split("; "))
    assert policy["default-src"] == "'none'"
    assert policy["connect-src"] == "'self'"
    assert policy["frame-ancestors"] == "'self'"
    assert "unsafe" not in policy["script-src"]
    assert "http" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "strict-origin-when-cross-origin"
    assert "camera=()" in headers["permissions-policy"]
    assert "server" not in headers


def framers(address: str) -> str:
    return get(address).headers["content-security-policy"].rsplit("frame-ancestors ", 1)[1]


def test_a_chart_made_for_it_may_be_shown_on_other_sites_and_nothing_else(served: Running) -> None:
    assert framers(f"{served.address}/map?embed=true&chart=map") == "*"
    assert framers(f"{served.address}/map?embed=true") == "'self'"
    assert framers(f"{served.address}/map?chart=map") == "'self'"
    assert framers(f"{served.address}/map?embed=false") == "'self'"


@pytest.mark.parametrize(
    ("verb", "path"),
    [
        ("PUT", "/_stcore/upload_file/some-session/some-file"),
        ("POST", "/_stcore/agent/interact"),
        ("GET", "/_stcore/agent/openapi.json"),
        ("GET", "/_stcore/metrics"),
    ],
)
def test_what_the_dashboard_does_not_use_is_not_there(served: Running, verb: str, path: str) -> None:
    assert requests.request(verb, served.address + path, timeout=10).status_code == 404
