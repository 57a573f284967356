"""The web server in front: Debian's Caddy with our Caddyfile before two running dashboards."""

import gzip
import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, closing, contextmanager
from http.client import HTTPConnection
from pathlib import Path

import pytest
import requests
from caddy import installed, proxy, until
from choosing import chosen, still_chosen
from playwright.sync_api import Browser
from running import Running, counted, dashboard, free_port, run_screen
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

pytestmark = pytest.mark.skipif(
    not installed() and not os.environ.get("CI"), reason="Caddy is not there: python tests/server/caddy.py"
)


class Site:
    """Two dashboards and the proxy before them."""

    def __init__(self, address: str, dashboards: list[Running]) -> None:
        self.address = address
        self.dashboards = dashboards

    def views(self) -> list[float]:
        return [
            sum(count for name, count in counted(one).items() if name.startswith("dashboard_views_total"))
            for one in self.dashboards
        ]


@contextmanager
def site(folder: Path, served: Running) -> Iterator[Site]:
    with ExitStack() as running:
        dashboards = [served, running.enter_context(dashboard())]
        port = free_port()
        names = " ".join(one.address.removeprefix("http://") for one in dashboards)
        running.enter_context(
            proxy(folder, SITE=f":{port}", HTTP_PORT=str(port), DASHBOARDS=names, AFFINITY_SECRET="for this test")
        )
        until(f"http://127.0.0.1:{port}/readyz")
        yield Site(f"http://127.0.0.1:{port}", dashboards)


@pytest.fixture(scope="module")
def shared_site(tmp_path_factory: pytest.TempPathFactory, served: Running) -> Iterator[Site]:
    with site(tmp_path_factory.mktemp("caddy"), served) as found:
        yield found


def open_line(address: str, cookie: str) -> AbstractContextManager[ClientConnection]:
    return connect(
        address.replace("http", "ws", 1) + "/_stcore/stream",
        origin=address,  # type: ignore[arg-type]
        additional_headers={"Cookie": cookie} if cookie else {},
        max_size=None,
    )


def read_to_the_end(line: ClientConnection) -> None:
    """Read what is still under way, until the connection is closed."""
    while True:
        line.recv(timeout=10)


def cookie_of(address: str) -> str:
    answer = requests.get(address, timeout=15)
    return f"dashboard={answer.cookies['dashboard']}"


def test_page_scripts_and_figures_come_through_compressed_and_with_their_headers(shared_site: Site) -> None:
    page = requests.get(f"{shared_site.address}/map", headers={"Accept-Encoding": "gzip"}, timeout=15)
    assert page.status_code == 200
    assert page.headers["content-encoding"] == "gzip"
    assert page.headers["content-security-policy"].startswith("default-src 'none'")
    assert "strict-transport-security" not in page.headers
    script = page.text.split('src="/')[1].split('"')[0]
    address = f"{shared_site.address}/{script}"
    answer = requests.get(address, headers={"Accept-Encoding": "gzip"}, stream=True, timeout=15)
    sent = answer.raw.read(decode_content=False)
    assert len(sent) < len(gzip.decompress(sent)) / 3
    assert "immutable" in answer.headers["cache-control"]


def test_what_streamlit_does_not_compress_the_proxy_does(shared_site: Site) -> None:
    answer = requests.get(f"{shared_site.address}/manifest.json", headers={"Accept-Encoding": "gzip"}, timeout=15)
    assert answer.headers["content-encoding"] == "gzip"


def test_figures_about_the_server_are_not_for_visitors(shared_site: Site) -> None:
    assert requests.get(f"{shared_site.address}/metrics", timeout=15).status_code == 404
    assert requests.get(shared_site.dashboards[0].metrics, timeout=15).status_code == 200
    assert requests.get(f"{shared_site.address}/healthz", timeout=15).status_code == 200


def test_a_visitor_stays_with_one_dashboard(shared_site: Site) -> None:
    cookie = cookie_of(shared_site.address)
    before = shared_site.views()
    for _ in range(6):
        with open_line(shared_site.address, cookie) as line:
            run_screen(line)
    gained = sorted(after - was for after, was in zip(shared_site.views(), before, strict=True))
    assert gained == [0, 6]


def test_visitors_are_spread_over_the_dashboards(shared_site: Site) -> None:
    assert len({cookie_of(shared_site.address) for _ in range(24)}) == 2


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_nothing_can_be_sent(shared_site: Site, method: str) -> None:
    # Two million bytes are announced and none follow: the proxy has to refuse by what was announced.
    line = HTTPConnection(shared_site.address.removeprefix("http://"), timeout=15)
    with closing(line):
        line.putrequest(method, "/map")
        line.putheader("Content-Length", "2000000")
        line.endheaders()
        answer = line.getresponse()
        assert (answer.status, answer.read()) == (405, b"This site is for reading only")


@pytest.mark.skipif(not shutil.which("openssl"), reason="openssl is not there to make a certificate")
def test_with_a_certificate_it_speaks_tls_and_sends_plain_visitors_there(served: Running, tmp_path: Path) -> None:
    certificate, key = tmp_path / "full-chain.pem", tmp_path / "key.pem"
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=localhost"),
            *("-addext", "subjectAltName=DNS:localhost", "-keyout", str(key), "-out", str(certificate)),
        ],
        check=True,
        capture_output=True,
    )
    plain, encrypted = free_port(), free_port()
    with proxy(
        tmp_path,
        SITE="localhost",
        TLS=f"tls {certificate} {key}",
        HTTP_PORT=str(plain),
        HTTPS_PORT=str(encrypted),
        DASHBOARDS=served.address.removeprefix("http://"),
    ):
        answer = until(f"https://localhost:{encrypted}/", verify=str(certificate))
        assert answer.headers["strict-transport-security"] == "max-age=31536000"
        assert answer.headers["set-cookie"].endswith("; Secure; SameSite=None; Partitioned")
        sent_on = until(f"http://localhost:{plain}/map", 308, allow_redirects=False)
        assert sent_on.headers["location"].startswith("https://localhost")


@pytest.mark.browser
def test_one_dashboard_killed_loses_no_visitor_of_either(shared_site: Site, chromium: Browser) -> None:
    """Comes last: the others need both."""
    own, was = shared_site, shared_site.views()
    with ExitStack() as open_lines:
        first, second = sorted({cookie_of(own.address) for _ in range(24)})
        lines = {
            cookie: [open_lines.enter_context(open_line(own.address, cookie)) for _ in range(3)]
            for cookie in (first, second)
        }
        for line in lines[first]:
            run_screen(line)
        if own.views()[1] == was[1]:
            first, second = second, first
        for line in [*lines[first], *lines[second]]:
            run_screen(line)
        page = chosen(chromium, own.address, cookie={"name": "dashboard", "value": first.removeprefix("dashboard=")})
        own.dashboards[1].process.send_signal(signal.SIGKILL)
        for line in lines[second]:
            run_screen(line, "progress")
        with pytest.raises(ConnectionClosed):
            read_to_the_end(lines[first][0])
        # Those of the killed one come back, still with its cookie, and are taken over.
        with open_line(own.address, first) as line:
            run_screen(line)
        assert requests.get(f"{own.address}/map", headers={"Cookie": first}, timeout=15).status_code == 200
        still_chosen(page)
