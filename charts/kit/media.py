"""The shapes in which charts leave the dashboard: slide, square, printed page."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Medium:
    """One shape of picture. Lengths are in the chart's own pixels; `scale` turns them into pixels of the file."""

    id: str
    label: str
    width: int
    height: int
    scale: float
    title_size: int
    subtitle_size: int
    foot_size: int
    margin: int
    map_beside_text: bool = False
    """Whether a map or a long list stands beside the words (a wide shape) rather than below them."""

    @property
    def pixels(self) -> tuple[int, int]:
        """Width and height of the file as PNG."""
        return round(self.width * self.scale), round(self.height * self.scale)


WIDE = Medium(
    id="16x9",
    label="Slide, 16:9",
    width=864,
    height=486,
    scale=20 / 9,
    title_size=23,
    subtitle_size=16,
    foot_size=11,
    margin=22,
    map_beside_text=True,
)
SQUARE = Medium(
    id="square",
    label="Square",
    width=640,
    height=640,
    scale=2.25,
    title_size=23,
    subtitle_size=16,
    foot_size=11,
    margin=22,
)
PRINT = Medium(
    id="print",
    label="Print, 16 cm wide",
    width=760,
    height=570,
    scale=2.5,
    title_size=20,
    subtitle_size=15,
    foot_size=12,
    margin=10,
)
MEDIA = {medium.id: medium for medium in (WIDE, SQUARE, PRINT)}
"""A slide of 1920 by 1080 pixels whose axis text is 17 points on a screen of 13.3 by 7.5 inches; a square of 1440; 16 cm
in print at 300 dots per inch, where axis text is 9 points."""
