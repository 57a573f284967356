"""The words of a picture, as a reader sees them."""

from xml.etree import ElementTree

SVG = "{http://www.w3.org/2000/svg}"


def words_in(svg: str) -> str:
    """Return all text of a picture in the order drawn, line breaks and blanks evened out."""
    pieces = (" ".join(part.itertext()) for part in ElementTree.fromstring(svg).iter(f"{SVG}text"))
    return " ".join(" ".join(pieces).replace("\N{NO-BREAK SPACE}", " ").split())
