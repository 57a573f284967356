"""Whatever goes wrong between a publisher and us: the message, the exit code, and the held figures untouched."""

import gzip
import io
import socket
import time
import zipfile
from collections.abc import Callable
from dataclasses import replace

import pytest
import requests
import stamina.instrumentation
from publisher import Exchange, Publisher, as_bytes, published_hle
from samples import workbook
from world import HLE, QUICK, World

from pipeline.errors import SourceUnavailable
from pipeline.sources import SOURCES

Fault = Callable[[Publisher], Callable[[Exchange], None]]

FILE = as_bytes(published_hle("2026-02-19"))


def status(code: int, **headers: str) -> Fault:
    return lambda server: lambda exchange: exchange.give(code, b"sorry", **headers)


def body(content: bytes, **headers: str) -> Fault:
    return lambda server: lambda exchange: exchange.give(200, content, **headers)


def redirect(target: str) -> Fault:
    return lambda server: lambda exchange: exchange.give(302, Location=target)


def hang_before_the_body(server: Publisher) -> Callable[[Exchange], None]:
    return lambda exchange: server.never.wait(5) and None


def hang_inside_the_body(server: Publisher) -> Callable[[Exchange], None]:
    def answer(exchange: Exchange) -> None:
        exchange.head(200, Content_Length=str(len(FILE)))
        exchange.wfile.write(FILE[:1000])
        server.never.wait(5)

    return answer


def trickle(server: Publisher) -> Callable[[Exchange], None]:
    def answer(exchange: Exchange) -> None:
        exchange.head(200, Content_Length=str(len(FILE)))
        while not server.never.wait(0.1):
            exchange.wfile.write(b"x")

    return answer


def cut_off(server: Publisher) -> Callable[[Exchange], None]:
    def answer(exchange: Exchange) -> None:
        exchange.head(200, Content_Length=str(len(FILE)))
        exchange.wfile.write(FILE[: len(FILE) // 2])

    return answer


def cut_off_in_chunks(server: Publisher) -> Callable[[Exchange], None]:
    def answer(exchange: Exchange) -> None:
        exchange.head(200, Transfer_Encoding="chunked")
        exchange.wfile.write(b"400\r\n" + FILE[:1024] + b"\r\n400\r\n" + FILE[:10])

    return answer


def hang_up_at_once(server: Publisher) -> Callable[[Exchange], None]:
    return lambda exchange: exchange.connection.shutdown(socket.SHUT_RDWR)


def five_gigabytes_announced(server: Publisher) -> Callable[[Exchange], None]:
    return lambda exchange: exchange.head(200, Content_Length="5000000000")


def endless(server: Publisher) -> Callable[[Exchange], None]:
    def answer(exchange: Exchange) -> None:
        exchange.head(200, Transfer_Encoding="chunked")
        chunk = b"100000\r\n" + b"0" * 0x100000 + b"\r\n"
        while not server.never.is_set():
            exchange.wfile.write(chunk)

    return answer


UNAVAILABLE, CHANGED = 3, 4

FAULTS: dict[str, tuple[Fault, str, int]] = {
    "the server stops before the body": (hang_before_the_body, "it stopped answering", UNAVAILABLE),
    "the server stops inside the body": (hang_inside_the_body, "it stopped answering", UNAVAILABLE),
    "the server trickles for ever": (trickle, "took longer than 3 seconds", UNAVAILABLE),
    "the server hangs up at once": (hang_up_at_once, "the connection broke", UNAVAILABLE),
    "the body is cut off": (cut_off, "did not come whole", UNAVAILABLE),
    "the body is cut off between chunks": (cut_off_in_chunks, "did not come whole", UNAVAILABLE),
    "the length announced is too short": (
        body(FILE, Content_Length=str(len(FILE) - 40_000)),
        "cells, the header 12",
        CHANGED,
    ),
    "401": (status(401), "asks for a login (status 401)", UNAVAILABLE),
    "403": (status(403), "refuses us the file (status 403)", UNAVAILABLE),
    "418": (status(418), "answers in a way we do not know (status 418)", UNAVAILABLE),
    "429 that asks for an hour": (
        status(429, Retry_After="3600"),
        "busy or out of order (status 429). It asks to wait 3600 seconds.",
        UNAVAILABLE,
    ),
    "429 that asks until a day long ahead": (
        status(429, Retry_After="Fri, 01 Jan 2100 00:00:00 GMT"),
        "busy or out of order (status 429). It asks to wait",
        UNAVAILABLE,
    ),
    "500 for ever": (status(500), "busy or out of order (status 500)", UNAVAILABLE),
    "503 for ever": (status(503), "busy or out of order (status 503)", UNAVAILABLE),
    "a redirect to itself": (
        lambda server: lambda exchange: exchange.give(302, Location=exchange.path),
        "in a circle of redirects",
        UNAVAILABLE,
    ),
    "redirects without end": (
        lambda server: lambda exchange: exchange.give(302, Location=f"{exchange.path}?{time.monotonic_ns()}"),
        "in a circle of redirects",
        UNAVAILABLE,
    ),
    "a redirect to another host": (
        redirect("https://example.org/file.csv"),
        "leads to https://example.org, which is not a host we ask",
        UNAVAILABLE,
    ),
    "a redirect to a file of this machine": (redirect("file:///etc/hosts"), "leads to file://", UNAVAILABLE),
    "a web page with status 200": (
        body(b"<!DOCTYPE html><html><body>Down for maintenance</body></html>"),
        "A web page came instead of the file",
        CHANGED,
    ),
    "an empty file": (body(b""), "The file is empty", CHANGED),
    "a body that claims to be gzip and is not": (
        body(FILE, Content_Encoding="gzip"),
        "its compressed body is damaged",
        UNAVAILABLE,
    ),
    "gzip damaged half-way": (
        body(gzip.compress(FILE)[:5000] + b"damage" + gzip.compress(FILE)[5006:], Content_Encoding="gzip"),
        "its compressed body is damaged",
        UNAVAILABLE,
    ),
    "gzip cut short, its length as announced": (
        body(gzip.compress(FILE)[:5000], Content_Encoding="gzip"),
        "its compressed body is damaged or cut short",
        UNAVAILABLE,
    ),
    "gzip without its last bytes": (
        body(gzip.compress(FILE)[:-8], Content_Encoding="gzip"),
        "its compressed body is damaged or cut short",
        UNAVAILABLE,
    ),
    "a coding that was not asked for": (
        body(FILE, Content_Encoding="br"),
        "packed in a way that was not asked for (br)",
        UNAVAILABLE,
    ),
    "a redirect to half an address": (redirect("https://[::1/file"), "is no address that can be asked", UNAVAILABLE),
    "a redirect to a port that is no number": (
        redirect("https://www.ons.gov.uk:port/file"),
        "is no address that can be asked",
        UNAVAILABLE,
    ),
    "a redirect to nowhere": (redirect(" "), "in a circle of redirects", UNAVAILABLE),
    "5 GB announced": (five_gigabytes_announced, "larger than the 60 MB", UNAVAILABLE),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_on_the_way_is_named_and_leaves_the_figures_alone(
    world: World, hle_url: str, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    fault, message, exit_code = FAULTS[name]
    world.server.serve(hle_url, fault(world.server))
    before = world.held()
    assert world.fetch() == exit_code
    said = "".join(capsys.readouterr())
    assert message in said
    assert "What to do: " in said
    assert "Traceback" not in said
    assert world.held() == before
    assert not list(world.cache_folder.rglob("healthy-life-expectancy.csv")), "nothing of it is kept"


NETWORK: dict[str, tuple[Exception, str, str]] = {
    "a network that inspects": (
        requests.exceptions.SSLError("self-signed certificate in certificate chain"),
        "its certificate or encryption was not accepted",
        "REQUESTS_CA_BUNDLE",
    ),
    "a file of certificates that is not there": (
        OSError("Could not find a suitable TLS CA certificate bundle, invalid path: /x.pem"),
        "REQUESTS_CA_BUNDLE or CURL_CA_BUNDLE names is not there",
        "Correct the setting",
    ),
    "a proxy that asks for a login": (
        requests.exceptions.ProxyError("Tunnel connection failed: 407 Proxy Authentication Required"),
        "the proxy of your network asks for a login",
        "HTTPS_PROXY",
    ),
    "a proxy that refuses": (
        requests.exceptions.ProxyError("Cannot connect to proxy."),
        "the proxy of your network does not let us through",
        "HTTPS_PROXY",
    ),
    "a proxy whose address is none": (
        requests.exceptions.InvalidProxyURL("Please check proxy URL."),
        "The address of the proxy is none",
        "HTTPS_PROXY",
    ),
    "an address that is none": (
        requests.exceptions.InvalidURL("No host supplied"),
        "is no address that can be asked",
        "pipeline/sources",
    ),
}


@pytest.mark.parametrize("name", NETWORK)
def test_what_stands_between_us_and_the_network_is_named_with_its_remedy(
    world: World, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    error, words, remedy = NETWORK[name]

    def fails(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(requests.Session, "get", fails)
    before = world.held()
    assert world.fetch() == UNAVAILABLE
    said = capsys.readouterr().err
    assert words in said
    assert remedy in said.partition("What to do: ")[2]
    assert world.held() == before


def test_a_stream_without_end_is_dropped_once_it_is_too_large(
    world: World, hle_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    world.server.serve(hle_url, endless(world.server))
    before = world.held()
    assert world.fetch(replace(HLE, largest_megabytes=3)) == UNAVAILABLE
    assert "larger than the 3 MB" in "".join(capsys.readouterr())
    assert world.held() == before


def test_a_refused_connection_is_named(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    before = world.held()
    assert world.fetch(mirror=f"http://127.0.0.1:{port}") == UNAVAILABLE
    assert "the connection was refused" in "".join(capsys.readouterr())
    assert world.held() == before


@pytest.mark.parametrize("code", [404, 410])
def test_a_file_that_the_mirror_does_not_hold_is_kept_and_fails_only_when_strict(
    world: World, hle_url: str, capsys: pytest.CaptureFixture[str], code: int
) -> None:
    world.server.serve(hle_url, status(code)(world.server))
    before = world.held()
    assert world.fetch() == 0
    assert "kept, the mirror does not hold the file; figures of 2026-02-19, 9 months old" in capsys.readouterr().out
    assert world.fetch(strict=True) == UNAVAILABLE
    assert "The mirror does not hold this file" in capsys.readouterr().err
    assert world.held() == before


@pytest.mark.parametrize(("code", "requests"), [(403, 1), (404, 1), (500, 3), (429, 3)])
def test_only_what_may_pass_is_tried_again(world: World, hle_url: str, code: int, requests: int) -> None:
    world.server.serve(hle_url, status(code)(world.server))
    world.fetch()
    assert len(world.server.requests) == requests == (QUICK.attempts if code in (429, 500) else 1)


def test_a_server_that_recovers_costs_a_retry_and_nothing_else(world: World, hle_url: str) -> None:
    world.server.serve(
        hle_url,
        lambda exchange: exchange.give(500) if len(world.server.requests) == 1 else exchange.give(200, FILE),
    )
    assert world.fetch() == 0
    assert [outcome.result for outcome in world.outcomes] == ["unchanged"]
    assert len(world.server.requests) == 2


def test_a_short_retry_after_is_waited_for(world: World, hle_url: str) -> None:
    waits: list[float] = []
    stamina.instrumentation.set_on_retry_hooks([lambda retry: waits.append(retry.wait_for)])
    world.server.serve(
        hle_url,
        lambda exchange: (
            exchange.give(429, Retry_After="1") if len(world.server.requests) == 1 else exchange.give(200, FILE)
        ),
    )
    assert world.fetch(limits=replace(QUICK, longest_wait_seconds=2)) == 0
    assert waits == [1.0]


def test_a_host_that_is_down_is_asked_for_one_file_only(world: World) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        fetcher = world.fetcher(mirror=f"http://127.0.0.1:{free.getsockname()[1]}")
        failures = []
        for _ in range(2):
            with pytest.raises(SourceUnavailable, match="could not be reached") as failed:
                fetcher.get(HLE.releases[0].url)
            failures.append(failed.value)
    assert failures[0] is failures[1]


def test_a_zip_bomb_of_a_workbook_is_refused(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("xl/sheet1.xml", "w") as member:
        for _ in range(41):
            member.write(bytes(10_000_000))
    source = SOURCES["ons-hle-workbook"]
    world.server.serve(source.releases[0].url, bomb.getvalue())
    before = world.held()
    assert world.fetch(source) == CHANGED
    assert "would unpack to 410 MB" in capsys.readouterr().err
    assert world.held() == before


def test_a_file_with_another_checksum_than_the_one_known_is_refused(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    source = SOURCES["mhclg-iod2025-small-areas"]
    world.server.serve(source.releases[-1].url, b"LSOA code (2021)\n")
    before = world.held()
    assert world.fetch(source) == CHANGED
    assert "not the one whose checksum is known" in capsys.readouterr().err
    assert world.held() == before


def test_a_workbook_whose_address_is_not_known_is_looked_up_on_its_page(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    source = SOURCES["ons-sii"]
    page = source.releases[0].page
    world.server.serve(page, b'<!doctype html><a href="/file?uri=/x/current/deciles&amp;2024.xlsx">xlsx</a>')
    world.server.serve("https://www.ons.gov.uk/file", workbook("ons_deciles_workbook"))
    assert world.fetch(source) == 0
    assert world.server.requests[-1][0] == "/www.ons.gov.uk/file?uri=/x/current/deciles&2024.xlsx"
    assert "second/ons-sii/2026-04-15.csv: new" in capsys.readouterr().out
    world.server.serve(page, b"<!doctype html><p>moved</p>")
    assert world.fetch(source) == CHANGED
    assert "The page links to no workbook" in capsys.readouterr().err


def test_an_address_that_has_come_to_hold_a_newer_release_is_named(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    source = SOURCES["ons-hle-workbook"]
    newer = workbook("ons_hle_workbook", lambda text: text.replace("2022 to 2024", "2023 to 2025"))
    world.server.serve(source.releases[0].url, newer)
    assert world.fetch(source) == CHANGED
    assert "The address now holds a newer release: it goes to 2023 to 2025" in capsys.readouterr().err
