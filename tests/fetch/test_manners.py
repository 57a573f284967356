"""How a fetch behaves towards publishers: few requests, whole files, only hosts it knows."""

import gzip
import json
from dataclasses import replace
from pathlib import Path

import pytest
import requests
from publisher import Exchange, as_bytes, published_hle
from world import HLE, QUICK, TODAY, World

from pipeline.errors import SourceUnavailable, UsageError
from pipeline.intake import lock
from pipeline.intake.cache import CachedFile, place_of
from pipeline.intake.fetch import Fetcher
from pipeline.sources import HOSTS, SOURCES, Latest, Source

FILE = as_bytes(published_hle("2026-02-19"))
URL = HLE.releases[0].url


def with_etag(exchange: Exchange) -> None:
    if exchange.headers.get("If-None-Match") == '"v1"':
        exchange.head(304, ETag='"v1"')
    else:
        exchange.give(200, FILE, ETag='"v1"')


def test_an_unchanged_file_costs_one_request_and_no_body(world: World) -> None:
    world.server.serve(URL, with_etag)
    assert world.fetch() == 0
    after_first = world.held()
    assert world.fetch() == 0
    assert world.held() == after_first
    assert len(world.server.requests) == 2
    assert world.server.requests[1][1]["If-None-Match"] == '"v1"'


def test_a_server_without_etags_is_asked_by_date(world: World) -> None:
    day = "Thu, 19 Feb 2026 09:30:00 GMT"
    world.server.serve(
        URL,
        lambda exchange: (
            exchange.head(304)
            if exchange.headers.get("If-Modified-Since") == day
            else exchange.give(200, FILE, Last_Modified=day)
        ),
    )
    assert [world.fetch(), world.fetch()] == [0, 0]
    assert world.server.requests[1][1]["If-Modified-Since"] == day
    assert [outcome.result for outcome in world.outcomes] == ["unchanged"]


def test_a_damaged_cache_is_not_believed(world: World) -> None:
    world.server.serve(URL, with_etag)
    world.fetch()
    cached = next(path for path in world.cache_folder.rglob("healthy-life-expectancy.csv"))
    cached.write_bytes(b"damaged")
    assert world.fetch() == 0
    assert "If-None-Match" not in world.server.requests[1][1]
    assert [outcome.result for outcome in world.outcomes] == ["unchanged"]


def test_a_broken_download_starts_again_from_nothing(world: World) -> None:
    def answer(exchange: Exchange) -> None:
        if len(world.server.requests) == 1:
            exchange.head(200, Content_Length=str(len(FILE)), ETag='"v1"')
            exchange.wfile.write(b"x" * 1000)
        else:
            exchange.give(200, FILE, ETag='"v1"')

    world.server.serve(URL, answer)
    assert world.fetch() == 0
    assert [outcome.result for outcome in world.outcomes] == ["unchanged"]
    again = world.server.requests[1][1]
    assert not {"Range", "If-Range", "If-None-Match"} & set(again)


def test_a_compressed_body_is_unpacked(world: World) -> None:
    world.server.serve(URL, lambda exchange: exchange.give(200, gzip.compress(FILE), Content_Encoding="gzip"))
    assert world.fetch() == 0
    assert [outcome.result for outcome in world.outcomes] == ["unchanged"]


def test_a_redirect_within_the_host_is_followed(world: World) -> None:
    world.server.serve(URL, lambda exchange: exchange.give(302, Location="/moved/here.csv"))
    world.server.answers["/moved/here.csv"] = lambda exchange: exchange.give(200, FILE)
    assert world.fetch() == 0
    assert [outcome.result for outcome in world.outcomes] == ["unchanged"]


@pytest.mark.parametrize(
    "address",
    [
        "http://raw.githubusercontent.com/file.csv",
        "https://example.org/file.csv",
        "https://raw.githubusercontent.com.example.org/file.csv",
        "https://raw.githubusercontent.com:8443/file.csv",
        "https://127.0.0.1/file.csv",
        "ftp://www.ons.gov.uk/file.csv",
    ],
)
def test_only_https_and_known_hosts_are_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    def no_socket(*_: object, **__: object) -> None:
        raise AssertionError("a request was made")

    monkeypatch.setattr(requests.Session, "get", no_socket)
    fetcher = Fetcher(hosts=HOSTS, cache_folder=tmp_path, limits=QUICK)
    with pytest.raises(SourceUnavailable, match="which is not a host we ask"):
        fetcher.get(address)
    # the control: a publisher we know would have been asked
    with pytest.raises(AssertionError, match="a request was made"):
        fetcher.get("https://raw.githubusercontent.com/file.csv")


@pytest.mark.parametrize(
    ("mirror", "message"),
    [
        ("http://mirror.example.org", "is not reached by HTTPS"),
        ("/no/such/folder", "There is no folder"),
        ("https://[::1", "is no address"),
        ("https://", "is no address"),
    ],
)
def test_a_mirror_must_be_a_folder_or_https_or_on_this_machine(tmp_path: Path, mirror: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        Fetcher(hosts=HOSTS, cache_folder=tmp_path, mirror=mirror)


def test_a_mirror_folder_may_spell_a_query_as_the_address_does_or_with_an_at_sign(tmp_path: Path) -> None:
    url = "https://www.ons.gov.uk/file?uri=/some/where/book.xlsx"
    assert place_of(url) == "www.ons.gov.uk/file@uri=/some/where/book.xlsx"
    for spelling in ("www.ons.gov.uk/file?uri=/some/where/book.xlsx", place_of(url)):
        folder = tmp_path / spelling.replace("/", "_")
        (folder / spelling).parent.mkdir(parents=True)
        (folder / spelling).write_bytes(b"book")
        upstream = Fetcher(hosts=HOSTS, cache_folder=tmp_path, mirror=str(folder)).get(url)
        assert upstream.content == b"book"
        assert upstream.retrieved_from == "mirror:www.ons.gov.uk/file@uri=/some/where/book.xlsx"


def test_an_address_cannot_climb_out_of_the_cache() -> None:
    with pytest.raises(UsageError):
        place_of("https://www.ons.gov.uk/../../etc/passwd")


def test_a_newer_release_appears_by_itself(world: World) -> None:
    newest = Latest(url=SOURCES["ons-hle"].latest.url, about_url=SOURCES["ons-hle"].latest.about_url)  # type: ignore[union-attr]
    source = replace(HLE, latest=newest)
    about = {"ess-beta-metadata": {"shared": {"sourceDate": "18/11/2026"}}}
    published = published_hle("2026-02-19")
    next_period = published[published["period"] == "2022-01-01/P3Y"].assign(period="2023-01-01/P3Y")
    world.server.serve(URL, FILE)
    world.server.serve(newest.about_url, json.dumps(about).encode())
    world.server.serve(newest.url, FILE + as_bytes(next_period).partition(b"\n")[2])
    assert world.fetch(source) == 0
    assert [(outcome.name, outcome.result) for outcome in world.outcomes] == [
        ("hle/2026-02-19.csv", "unchanged"),
        ("hle/2026-11-18.csv", "new"),
    ]
    entry = lock.read(world.raw_folder)["hle/2026-11-18.csv"]
    assert (entry.release, entry.url, entry.retrieved) == ("2026-11-18", newest.url, TODAY.isoformat())
    text = (world.raw_folder / "hle" / "2026-11-18.csv").read_text(encoding="utf-8")
    assert "2023 to 2025" in text


def test_a_release_that_we_hold_is_not_fetched_again_under_its_general_address(world: World) -> None:
    latest = SOURCES["ons-hle"].latest
    assert latest is not None
    world.server.serve(URL, FILE)
    world.server.serve(latest.about_url, b'{"ess-beta-metadata": {"shared": {"sourceDate": "19/02/2026"}}}')
    assert world.fetch(replace(HLE, latest=latest)) == 0
    assert [path for path, _ in world.server.requests if "/main/" in path and path.endswith(".csv")] == []


@pytest.mark.parametrize(
    "about", [b"not json", b"{}", b'{"ess-beta-metadata": {"shared": {"sourceDate": "soon"}}}', b"[]"]
)
def test_notes_without_a_date_are_named(world: World, about: bytes, capsys: pytest.CaptureFixture[str]) -> None:
    latest = SOURCES["ons-hle"].latest
    assert latest is not None
    world.server.serve(URL, FILE)
    world.server.serve(latest.about_url, about)
    world.fetch()
    before = world.held()
    assert world.fetch(replace(HLE, latest=latest)) == 4
    assert "do not give the date of the newest release" in capsys.readouterr().err
    assert world.held() == before


def test_the_lock_says_where_bytes_came_from_and_never_names_this_machine(world: World) -> None:
    # other bytes, the same figures: only then is the entry written anew
    world.server.serve(URL, b"\xef\xbb\xbf" + FILE)
    assert world.fetch() == 0
    entry = lock.read(world.raw_folder)["hle/2026-02-19.csv"]
    assert entry.url == URL
    assert entry.retrieved_from == f"mirror:{place_of(URL)}"
    assert entry.upstream_sha256 == lock.sha256(b"\xef\xbb\xbf" + FILE)
    assert entry.upstream_bytes == len(FILE) + 3
    assert "127.0.0.1" not in (world.raw_folder / lock.NAME).read_text(encoding="utf-8")


def test_unchanged_bytes_leave_the_lock_untouched(world: World) -> None:
    world.server.serve(URL, FILE)
    world.fetch()
    before = (world.raw_folder / lock.NAME).read_bytes()
    held = lock.read(world.raw_folder)
    later = {name: replace(entry, retrieved="2031-01-01") for name, entry in held.items()}
    assert lock.recorded(held, later) == held
    world.fetch()
    assert (world.raw_folder / lock.NAME).read_bytes() == before


def test_bytes_that_cannot_be_read_are_dropped_and_asked_for_anew(world: World) -> None:
    spoilt = FILE.replace(b"Years,yrs", b"Years,months")
    world.server.serve(URL, lambda exchange: exchange.give(200, spoilt, ETag='"v1"'))
    assert world.fetch() == 4
    world.server.serve(URL, with_etag)
    assert world.fetch() == 0
    assert "If-None-Match" not in world.server.requests[-1][1]
    assert [outcome.result for outcome in world.outcomes] == ["unchanged"]


def announcing(world: World, day: str, content: bytes) -> Source:
    """Serve notes of that day beside these bytes, and give the source that looks for them."""
    newest = SOURCES["ons-hle"].latest
    assert newest is not None
    world.server.serve(URL, FILE)
    world.server.serve(newest.about_url, json.dumps({"ess-beta-metadata": {"sourceDate": day}}).encode())
    world.server.serve(newest.url, content)
    return replace(HLE, latest=newest)


def test_the_same_figures_under_a_new_date_are_no_new_release(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    source = announcing(world, "18/11/2026", b"\xef\xbb\xbf" + FILE)
    assert world.fetch(source) == 0
    assert [outcome.result for outcome in world.outcomes] == ["unchanged", "same"]
    assert "hle/2026-11-18.csv: no new release" in capsys.readouterr().out
    assert not (world.raw_folder / "hle" / "2026-11-18.csv").exists()


def test_a_release_that_is_still_to_come_is_refused(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    source = announcing(world, "22/11/2026", FILE)
    world.fetch()
    before = world.held()
    assert world.fetch(source) == 4
    assert "a release of 2026-11-22, which is still to come" in capsys.readouterr().err
    assert world.held() == before


def test_bytes_that_are_refused_are_not_kept_in_the_cache(world: World) -> None:
    world.server.serve(URL, lambda exchange: exchange.give(200, b"<html>closed</html>", ETag='"v1"'))
    world.fetch()
    folder = place_of(world.server.address)
    assert CachedFile(world.cache_folder / folder / place_of(URL)).facts() == {}
