"""What a trace of a figure holds, in plain values: numbers, interval lengths, colours, names."""

import re
from collections.abc import Sequence
from typing import Any


def plain_text(text: object) -> str:
    """A label without the marks of bold type and line breaks that plotly.js reads."""
    return re.sub(r"<[^>]+>", "", str(text).replace("<br>", " "))


def is_text(values: Any) -> bool:
    """Whether a column of a trace holds names rather than numbers."""
    return values is not None and len(values) > 0 and all(isinstance(value, str) for value in values)


def numbers(values: Any) -> tuple[float | None, ...]:
    """A column of a trace as numbers; None is a gap."""
    return tuple(None if value is None or value != value else float(value) for value in values)  # noqa: PLR0124 - NaN


def reach(trace: Any, error: str) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """How far the interval of each point reaches above and below it; twice nothing where none is drawn."""
    bars = getattr(trace, error, None)
    if bars is None or bars.array is None:
        return (), ()
    above = tuple(value or 0.0 for value in numbers(bars.array))
    return above, above if bars.arrayminus is None else tuple(value or 0.0 for value in numbers(bars.arrayminus))


def spread(at: dict[str, float | None], names: Sequence[str], lengths: Sequence[float]) -> tuple[float, ...]:
    """Lengths that were given for some of the names in the order of all names, zero for the others."""
    held = dict(zip(at, lengths, strict=False))
    return tuple(held.get(name, 0.0) for name in names) if held else ()


def marker_colour(trace: Any) -> str:
    """The colour of a trace's points as six hex digits; its line's where points have several."""
    colour = trace.marker.color
    return as_hex(colour) if isinstance(colour, str) else as_hex(trace.line.color)


def symbol(trace: Any) -> str:
    """The sign of a trace's points; a circle where they have several."""
    found = trace.marker.symbol
    return found if isinstance(found, str) else "circle"


def as_hex(colour: str | None) -> str:
    """A colour as six hex digits, whether it came as "#0072b2" or "rgba(0,114,178,0.2)"; "" for none."""
    if not colour:
        return ""
    if colour.startswith("#"):
        return colour[1:].upper()
    parts = re.findall(r"[\d.]+", colour)
    return "".join(f"{round(float(part)):02X}" for part in parts[:3]) if len(parts) >= 3 else ""


def on_paper(colour: str | None) -> str:
    """A colour as it looks on white: a see-through one grows lighter."""
    parts = re.findall(r"[\d.]+", colour or "")
    if not colour or colour.startswith("#") or len(parts) < 4:
        return as_hex(colour)
    share = float(parts[3])
    return "".join(f"{round(share * float(part) + (1 - share) * 255):02X}" for part in parts[:3])
