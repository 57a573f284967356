"""Colours by role, told apart by colour-blind people, for light and dark screens (after Okabe and Ito, 2008)."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Palette:
    """One colour per role; a role has the same colour on every chart."""

    paper: str
    ink: str
    quiet: str
    grid: str
    better_off: str
    worse_off: str
    gap: str
    target: str
    needed: str
    england: str
    boundary: str = "#ffffff"
    """Lines between the areas of a map."""
    no_figure: str = "#bcbcbc"
    sequence: tuple[str, ...] = ("#fde8c9", "#f5b98a", "#de7f6f", "#a94c79", "#5f2a73", "#2a0f4f")
    """Best to worst. Dark is worst on light and dark screens alike, so that a map means the same on both."""
    diverging: tuple[str, ...] = ("#8c3a00", "#d9824a", "#f3cfae", "#e8e8e8", "#b5d3ea", "#5a9bcb", "#0a5a94")
    """Below to above, neutral in the middle."""
    two_way: tuple[tuple[str, str, str], ...] = (
        ("#f4f3ea", "#a9d0ec", "#5b8bd8"),
        ("#f3cb74", "#928d8c", "#4b4f9e"),
        ("#d9662f", "#84504f", "#2b1a2b"),
    )
    """Rows: highest, middle and lowest third by HLE; columns: lowest, middle and highest third by deprivation. Few healthy
    years run to orange, deprivation runs to blue, both together to dark."""

    def on(self, fill: str) -> str:
        """Return the text colour that reads better on a fill: paper or ink."""
        return max((self.paper, self.ink), key=lambda text: contrast(text, fill))


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, from 1 to 21 (WCAG 2.2, success criterion 1.4.3)."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


# Chosen so that roles are 12 and classes that lie side by side 9.5 apart (CIEDE2000) in full colour vision,
# protanopia, deuteranopia and tritanopia; tests/charts/test_colours.py measures it.
LIGHT = Palette(
    paper="#ffffff",
    ink="#1b1b1b",
    quiet="#565656",
    grid="#e3e3e3",
    better_off="#0058b8",
    worse_off="#c03a00",
    gap="#272b52",
    target="#1b8557",
    needed="#ad5a84",
    england="#565656",
)

DARK = Palette(
    paper="#0e1117",
    ink="#f5f5f5",
    quiet="#b0b0b0",
    grid="#33373f",
    better_off="#1f9bfa",
    worse_off="#ee8a2e",
    gap="#bdcbff",
    target="#66f59c",
    needed="#aa78aa",
    england="#b0b0b0",
)
