"""The Atom feed of releases and changes of the verdict."""

from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement, tostring  # written here, never read

from charts.kit import words
from pipeline.answers.gap.news import News
from pipeline.sources import SOURCES

ADDRESS = "/feed.xml"
"""Where the feed is, below the site's own address: it stays."""
ATOM = "http://www.w3.org/2005/Atom"
TYPE = "application/atom+xml"


def feed_text(told: Sequence[News], *, title: str, site: str) -> bytes:
    """An Atom document (RFC 4287) of what there is to tell, the newest first; `site` is its own address."""
    root = Element("feed", xmlns=ATOM)
    _add(root, "id", f"{site}{ADDRESS}")
    _add(root, "title", f"{title}: releases and changes of the verdict")
    _add(root, "subtitle", _expected())
    _add(root, "updated", _moment(told[0].day))
    SubElement(root, "link", rel="self", type=TYPE, href=f"{site}{ADDRESS}")
    SubElement(root, "link", rel="alternate", type="text/html", href=f"{site}/?tab=history")
    _add(SubElement(root, "author"), "name", title)
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
