"""How wide text will be, without a font at hand: enough to break lines so that nothing runs off an image."""

_NARROW = frozenset("iIjl.,:;'|!()[]ft r-")
_WIDE = frozenset("mwMW@%—")
_WIDTHS = {"narrow": 0.36, "wide": 0.92, "capital": 0.71, "other": 0.605}
"""Parts of the type size, after DejaVu Sans, the widest of the faces that a machine may fall back on."""

BOLD = 1.12


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """The width of one line in the unit of `size`, rather too wide than too narrow."""
    parts = sum(_WIDTHS[_kind(letter)] for letter in text)
    return parts * size * (BOLD if bold else 1)


def wrapped(text: str, width: float, size: float, *, bold: bool = False) -> list[str]:
    """The text in lines that fit a width; a single word that is too wide stays whole. `width` is in the unit of `size`."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(longer, size, bold=bold) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def balanced(text: str, width: float, size: float, *, bold: bool = False) -> list[str]:
    """The text in as few lines as `wrapped` needs, about equally long: no lonely last word under a headline."""
    lines = wrapped(text, width, size, bold=bold)
    for part in (0.55, 0.65, 0.75, 0.85, 0.95):
        narrower = wrapped(text, width * part, size, bold=bold)
        if len(narrower) == len(lines) and text_width(max(narrower, key=len), size, bold=bold) <= width:
            return narrower
    return lines


def _kind(letter: str) -> str:
    if letter in _NARROW:
        return "narrow"
    if letter in _WIDE:
        return "wide"
    return "capital" if letter.isupper() else "other"
