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
    no_figure: str
    sequence: tuple[str, ...]
    """Low to high in lightness only one way, so that it also reads in grey."""
    diverging: tuple[str, ...]
    """Below to above, neutral in the middle."""


LIGHT = Palette(
    paper="#ffffff",
    ink="#1b1b1b",
    quiet="#595959",
    grid="#e3e3e3",
    better_off="#0072b2",
    worse_off="#c14a00",
    gap="#3b3b6d",
    target="#00735c",
    needed="#a3478f",
    england="#595959",
    no_figure="#d0d0d0",
    sequence=("#fde8c9", "#f5b98a", "#de7f6f", "#a94c79", "#5f2a73", "#2a0f4f"),
    diverging=("#8c3a00", "#d9824a", "#f3cfae", "#f2f2f2", "#b5d3ea", "#5a9bcb", "#0a5a94"),
)

DARK = Palette(
    paper="#0e1117",
    ink="#f2f2f2",
    quiet="#b8b8b8",
    grid="#33373f",
    better_off="#56b4e9",
    worse_off="#ff9447",
    gap="#b9b7f2",
    target="#3fc79f",
    needed="#e59ad0",
    england="#b8b8b8",
    no_figure="#565b66",
    sequence=("#4a2a6b", "#7f3b7f", "#b45679", "#de7f6f", "#f5b98a", "#fde8c9"),
    diverging=("#ff9447", "#c97a45", "#7f5a42", "#4a4d55", "#3f6684", "#4a93c4", "#7cc8f7"),
)
