"""The Atom feed of releases and changes of the verdict, at an address that stays: /feed.xml."""

from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement, tostring  # written here, never read

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from charts.kit import words
from dashboard.server.page import TITLE
from pipeline.answers.gap.news import News, news
from pipeline.errors import NotBuilt
from pipeline.processed import Tables
from pipeline.sources import SOURCES

ADDRESS = "/feed.xml"
ATOM = "http://www.w3.org/2005/Atom"
TYPE = "application/atom+xml"


def feed(base: str) -> Route:
    """The route of the feed below `base`."""

    async def answer(request: Request) -> Response:
        site = f"{str(request.base_url).rstrip('/')}{base}"
        try:
            text = await run_in_threadpool(lambda: feed_text(news(Tables.open()), site=site))
        except NotBuilt as error:
            return Response(error.what, status_code=503, media_type="text/plain")
        return Response(text, media_type=TYPE)

    return Route(f"{base}{ADDRESS}", answer)


def feed_text(told: Sequence[News], *, site: str) -> bytes:
    """An Atom document (RFC 4287) of what there is to tell, the newest first; `site` is the dashboard's own address."""
    root = Element("feed", xmlns=ATOM)
    _add(root, "id", f"{site}{ADDRESS}")
    _add(root, "title", f"{TITLE}: releases and changes of the verdict")
    _add(root, "subtitle", _expected())
    _add(root, "updated", _moment(told[0].day))
    SubElement(root, "link", rel="self", type=TYPE, href=f"{site}{ADDRESS}")
    SubElement(root, "link", rel="alternate", type="text/html", href=f"{site}/?tab=history")
    _add(SubElement(root, "author"), "name", TITLE)
    for one in told:
        entry = SubElement(root, "entry")
        _add(entry, "id", f"{site}{ADDRESS}#{one.id}")
        _add(entry, "title", one.title)
        _add(entry, "updated", _moment(one.day))
        SubElement(entry, "link", rel="alternate", type="text/html", href=f"{site}/?tab=history")
        _add(entry, "summary", one.text)
    return bytes(tostring(root, encoding="utf-8", xml_declaration=True))


def _expected() -> str:
    expected = SOURCES["ons-hle"].next_release
    return (
        f"Next figures of healthy life expectancy: {f'expected in {words.day(expected)}' if expected else 'not known'}"
    )


def _moment(day: str) -> str:
    """A moment as Atom wants it: ONS publishes at half past nine in the morning."""
    return f"{day}T09:30:00Z"


def _add(parent: Element, name: str, text: str) -> None:
    SubElement(parent, name).text = text
