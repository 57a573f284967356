"""Lines of areas over time, each named at its end: a place beside its region and England, or a few places compared."""

import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from statistics import mean
from typing import Any, NamedTuple

import pandas as pd

from charts.kit import words
from charts.kit.drawing import Drawing
from charts.kit.marks import Mark, axis, band, line, note, period_axis, tinted
from charts.kit.palette import Palette
from charts.kit.table import Record, each, figures, limits
from charts.kit.textwidth import text_width
from charts.kit.theme import drawn
from pipeline.answers.place.profile import Place
from pipeline.areas import ENGLAND

ByArea = Mapping[str, Sequence[Record]]
"""Code of an area -> its rows, the earliest first."""

HEIGHT, _LEAST_PLOT_HEIGHT = 300, 160
"""Pixels of the drawing, and the fewest that the figures drawn take of them: a chart on one scale with another is flatter."""
_LABEL_SIZE, _LABEL_LINE = 14, 19
"""Type size and line height of the names at the ends of the lines, pixels."""
_LETTERS = 16
"""Letters in a line of such a name: the plot keeps its room on a phone."""
PANDEMIC = (2020, 2021)
"""Years whose deaths and answers the pandemic shaped."""


def by_area(rows: pd.DataFrame) -> ByArea:
    """Code of an area -> its rows, in their order."""
    found: dict[str, list[Record]] = {}
    for row in rows.to_dict("records"):
        found.setdefault(str(row["area_code"]), []).append(row)
    return found


@dataclass(frozen=True, kw_only=True)
class Line:
    """One area's line, and how it looks."""

    code: str
    name: str
    colour: str
    dash: str = "solid"
    width: int = 2
    banded: bool = False
    """Whether its 95% interval is shaded."""
    bold: bool = False


class Block(NamedTuple):
    """Labels that stand close together, the highest first; the middle of the block is at the mean of their values."""

    values: list[float]
    tall: list[float]
    """Their heights in pixels."""

    def touches(self, below: "Block", *, pixels: float) -> bool:
        """Whether this block and one below it would touch where a unit of the values is so many pixels high."""
        return (mean(self.values) - mean(below.values)) * pixels < (sum(self.tall) + sum(below.tall)) / 2

    def above_middle(self) -> list[float]:
        """How many pixels the middle of each label is above that of the block."""
        tops = [sum(self.tall) / 2 - above for above in accumulate(self.tall, initial=0)]
        return [top - own / 2 for top, own in zip(tops, self.tall, strict=False)]


class Columns(NamedTuple):
    """The columns that a line is drawn from, and the unit of its values."""

    value: str
    lower: str
    upper: str
    unit: str = "years"


HLE = Columns("hle_years", "hle_lci_95", "hle_uci_95")
LE = Columns("le_years", "le_lci_95", "le_uci_95")


def place_lines(
    place: Place, areas: ByArea, palette: Palette, *, colours_of_others: Mapping[str, str] | None = None
) -> list[Line]:
    """The areas around a place and then the place itself, in the order in which they are drawn; those without rows left out.

    Areas with a colour of their own (`colours_of_others`) have a band too.
    """
    looks: dict[str, dict[str, Any]] = {ENGLAND: {"colour": palette.england, "dash": "dash"}}
    looks |= {code: {"colour": colour, "banded": True} for code, colour in (colours_of_others or {}).items()}
    looks[place.code] = {"colour": palette.gap, "width": 4, "banded": True, "bold": True}
    return [
        Line(code=code, name=name, **looks.get(code, {"colour": palette.better_off}))
        for code, name in [*reversed(place.within), (place.code, place.name)]
        if code in areas
    ]


def lines_of(areas: ByArea, lines: Sequence[Line], columns: Columns, *, palette: Palette) -> Drawing:
    """Lines, each named at its end, and the 95% bands asked for.

    Each release is a line of its own. Periods that hold a year of the pandemic are shaded.
    """
    traces: list[Mark] = []
    for one in lines:
        for part in _by_release(areas[one.code]):
            if one.banded:
                traces += _band(part, one, columns)
            traces.append(_line(part, one, columns))
    return _framed(traces, areas, lines, columns, palette=palette)


def _by_release(own: Sequence[Record]) -> list[list[Record]]:
    return [[row for row in own if row["release"] == one] for one in sorted({row["release"] for row in own})]


def _band(part: Sequence[Record], one: Line, columns: Columns) -> list[Mark]:
    years, lower, upper = each(part, "mid_point", columns.lower, columns.upper)
    shade = band(years, lower, upper, colour=one.colour, name=f"{one.name}, 95% interval", showlegend=False)
    return [mark | {"fillcolor": tinted(one.colour, 0.14), "line": {"width": 0}} for mark in shade]


def _line(part: Sequence[Record], one: Line, columns: Columns) -> Mark:
    years, values, periods = each(part, "mid_point", columns.value, "period")
    said = [words.number(value) for value in values]
    value = f"<b>%{{text}} {columns.unit}</b>"
    own = line(years, values, name=one.name, colour=one.colour, dash=one.dash, hover=periods, value=value)
    alone = {"mode": "markers", "cliponaxis": False} if len(part) == 1 else {}
    return (
        own
        | {"text": said, "line": {"color": one.colour, "width": one.width, "dash": one.dash}, **alone}
        | {"marker": {"size": 8, "color": one.colour}}
    )


def _framed(
    traces: Sequence[Mark], areas: ByArea, lines: Sequence[Line], columns: Columns, *, palette: Palette
) -> Drawing:
    rows = [row for one in lines for row in areas[one.code]]
    times = sorted({(row["mid_point"], row["period"]) for row in rows})
    reach = _reach(rows, [row for one in lines if one.banded for row in areas[one.code]], columns)
    labels = _labels(areas, lines, columns, reach=reach)
    widest = max(text_width(part, _LABEL_SIZE) for one in labels for part in one["text"].split("<br>"))
    shade, word = _pandemic(rows, palette)
    ticks = [times[0], times[(len(times) - 1) // 2], times[-1]]
    layout = {
        "margin": {"t": 12, "r": round(0.86 * widest) + 18},
        "showlegend": False,
        "shapes": shade,
        "annotations": [*labels, *word],
        "xaxis": period_axis(ticks, before=0.4, after=0.1),
        "yaxis": axis(words.sentence_start(columns.unit), range=reach),
    }
    return drawn(traces, palette, height=HEIGHT, layout=layout)


def _reach(rows: Sequence[Record], banded: Sequence[Record], columns: Columns) -> list[float]:
    """Lowest and highest figure drawn, with a little room: all lines, and the intervals that are shaded."""
    values = [row[columns.value] for row in rows]
    values += [row[limit] for row in banded for limit in (columns.lower, columns.upper)]
    known = [float(value) for value in values if pd.notna(value)]
    return [round(min(known) - 0.5, 2), round(max(known) + 0.5, 2)]


def _labels(areas: ByArea, lines: Sequence[Line], columns: Columns, *, reach: Sequence[float]) -> list[Mark]:
    """The name and latest figure of each line at its end; those that would touch stand in one block around their mean."""
    by_code = {one.code: one for one in lines}
    ends = sorted(((float(areas[code][-1][columns.value]), code) for code in by_code), reverse=True)
    texts = [textwrap.wrap(f"{by_code[code].name} {words.number(value)}", _LETTERS) for value, code in ends]
    placed = _placed(
        [value for value, _ in ends],
        [len(parts) * _LABEL_LINE for parts in texts],
        pixels=_LEAST_PLOT_HEIGHT / (reach[1] - reach[0]),
    )
    marks = []
    for (_, code), parts, (height, up) in zip(ends, texts, placed, strict=True):
        text = "<br>".join(parts)
        marks.append(
            note(
                areas[code][-1]["mid_point"],
                height,
                f"<b>{text}</b>" if by_code[code].bold else text,
                size=_LABEL_SIZE,
                colour=by_code[code].colour,
                xanchor="left",
                align="left",
                xshift=8,
                yshift=up,
            )
        )
    return marks


def _placed(values: Sequence[float], tall: Sequence[float], *, pixels: float) -> list[tuple[float, float]]:
    """Value at which each label is anchored, and how many pixels above it stands: inside a block no scale moves them.

    Args:
        values: where the labels belong, the highest first.
        tall: their heights in pixels.
        pixels: pixels of one unit of the values, at the fewest.
    """
    blocks: list[Block] = []
    for value, own in zip(values, tall, strict=True):
        blocks.append(Block([value], [own]))
        while len(blocks) > 1 and blocks[-2].touches(blocks[-1], pixels=pixels):
            blocks[-2:] = [Block(blocks[-2].values + blocks[-1].values, blocks[-2].tall + blocks[-1].tall)]
    return [(mean(block.values), up) for block in blocks for up in block.above_middle()]


def _pandemic(rows: Sequence[Record], palette: Palette) -> tuple[list[Mark], list[Mark]]:
    """Shade and word for the periods that hold a year of the pandemic; none where there is no such period."""
    touched = [
        row["mid_point"] for row in rows if row["period_start"] <= PANDEMIC[1] and row["period_end"] >= PANDEMIC[0]
    ]
    if not touched:
        return [], []
    first, last = min(touched), max(touched)
    shade = {"type": "rect", "x0": first, "x1": last, "xref": "x", "y0": 0, "y1": 1, "yref": "y domain"}
    look = {"fillcolor": tinted(palette.quiet, 0.1), "line": {"width": 0}, "layer": "below"}
    word = note((first + last) / 2, 0, "pandemic", yref="y domain", yanchor="bottom", size=13, colour=palette.quiet)
    return [shade | look], [word]


def subtitle(measure: str, rows: pd.DataFrame) -> str:
    """Measure, unit and periods; the title says whom it is about."""
    first, last = rows["period"].min(), rows["period"].max()
    return f"{measure} at birth, years, {first} up to {last}"


def description(title: str, measure: str, areas: ByArea, place: Place, who: str) -> str:
    """What the lines show, for people who cannot see them: both ends of each line, and the range of the place."""
    column = f"{measure}_years"
    parts = [
        f"{name} from {words.number(areas[code][0][column])} in {areas[code][0]['period']} to "
        f"{words.number(areas[code][-1][column])} in {areas[code][-1]['period']}"
        for code, name in [(place.code, place.name), *place.within]
        if code in areas
    ]
    own = [row[column] for row in areas[place.code] if pd.notna(row[column])]
    return (
        f"Line chart of {title} at birth for {who}, years: {'; '.join(parts)}. "
        f"{place.name} ranges between {words.number(min(own))} and {words.number(max(own))}."
    )


def table(measure: str, rows: pd.DataFrame) -> pd.DataFrame:
    """One row for each area and period: years with 95% limits, and the release they are from."""
    released = [words.day(release) for release in rows["release"]]
    columns = {"Area": "area_name", "Period": "period", "Years": f"{measure}_years"}
    return figures(rows, columns | limits(measure) | {"Released": released})
