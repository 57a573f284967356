"""Parts that charts draw alike, as plotly.js knows them: lines, points, bars, intervals, labels, axes."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal

import pandas as pd

from charts.kit.palette import Palette

Position = Literal["top right", "top left", "bottom right", "bottom left"]
Mark = dict[str, Any]

FIRST_ON_TOP: Mark = {"autorange": "reversed", "showgrid": False}
"""A vertical axis of names, the first at the top."""
ZERO_LINE: Mark = {"zeroline": True, "zerolinewidth": 2, "showgrid": True}
"""An axis on which zero is marked."""
OUTSIDE: Mark = {"textposition": "outside", "cliponaxis": False}
"""Numbers beside bars, even where they run over the edge of the plot."""


def axis(title: str, **more: Any) -> Mark:
    """An axis with a title."""
    return {"title": {"text": title, "font": {"size": 15}}, **more}


def period_axis(ticks: Sequence[tuple[float, str]], *, before: float = 0.8, after: float = 0.8) -> Mark:
    """An axis of time that names a few periods, each at the year given, with years left free before and after."""
    years = [year for year, _ in ticks]
    return {
        "tickvals": years,
        "ticktext": [period.replace(" to ", " to<br>") for _, period in ticks],
        "range": [years[0] - before, years[-1] + after],
    }


def band(
    x: Iterable[float],
    lower: Iterable[float],
    upper: Iterable[float],
    *,
    colour: str,
    name: str = "95% interval",
    showlegend: bool = True,
) -> list[Mark]:
    """A shaded band between two limits; none where the limits are not published."""
    known = [(at, low, high) for at, low, high in zip(x, lower, upper, strict=True) if pd.notna(low) and pd.notna(high)]
    if not known:
        return []
    there = [at for at, _, _ in known]
    return [
        {
            "type": "scatter",
            "x": [*there, *reversed(there)],
            "y": _short([*(high for _, _, high in known), *(low for _, low, _ in reversed(known))]),
            "fill": "toself",
            "fillcolor": tinted(colour, 0.25),
            "line": {"width": 1, "color": tinted(colour, 0.7)},  # without an edge the key cannot be seen in the dark
            "name": name,
            "showlegend": showlegend,
            "hoverinfo": "skip",
            "mode": "lines",
        }
    ]


def line(
    x: Iterable[float],
    y: Iterable[float],
    *,
    name: str,
    colour: str,
    dash: str = "solid",
    markers: bool = False,
    hover: Iterable[str] = (),
    value: str = "<b>%{y:.1f} years</b>",
) -> Mark:
    """A line; `hover` names each point (its period), `value` says how its value is written beside the pointer."""
    return {
        "type": "scatter",
        "x": list(x),
        "y": _short(y),
        "name": name,
        "mode": "lines+markers" if markers else "lines",
        "line": {"color": colour, "width": 4 if markers else 3, "dash": dash},
        "marker": {"size": 9},
        "customdata": list(hover),
        "hovertemplate": f"{name}<br>%{{customdata}}: {value}<extra></extra>",
    }


def points(x: Iterable[Any], y: Iterable[Any], *, hover: str, **more: Any) -> Mark:
    """Points; `hover` is what stands beside the pointer."""
    mark = {"type": "scatter", "x": x, "y": y, "mode": "markers", "hovertemplate": f"{hover}<extra></extra>"}
    return mark | more


def flat_bars(x: Iterable[float], y: Iterable[Any], *, hover: str, **more: Any) -> Mark:
    """Horizontal bars; `hover` is what stands beside the pointer."""
    mark = {"type": "bar", "x": x, "y": y, "orientation": "h", "hovertemplate": f"{hover}<extra></extra>"}
    return mark | more


def error_bars(
    values: Iterable[float],
    lower: Iterable[float],
    upper: Iterable[float],
    colour: str,
    *,
    thickness: float = 2,
    width: float = 0,
) -> Mark:
    """Error bars from the lower to the upper limit; none where a limit is missing."""
    reach = [(high - value, value - low) for value, low, high in zip(values, lower, upper, strict=True)]
    return {
        "type": "data",
        "symmetric": False,
        "array": [above for above, _ in reach],
        "arrayminus": [below for _, below in reach],
        "thickness": thickness,
        "width": width,
        "color": colour,
    }


def note(x: float | str, y: float | str, text: str, *, size: int | None = None, colour: str = "", **more: Any) -> Mark:
    """Words at a point, without an arrow."""
    font = {name: value for name, value in (("size", size), ("color", colour)) if value}
    return {"x": x, "y": y, "text": text, "showarrow": False, **({"font": font} if font else {}), **more}


def above_plot(x: float, text: str, **more: Any) -> Mark:
    """Words above the plot."""
    return note(x, 1, text, yref="paper", yanchor="bottom", **more)


def label(*, x: float, y: float, text: str, colour: str, paper: str, position: Position) -> Mark:
    """A label beside a point."""
    vertical, horizontal = position.split()
    return note(
        x,
        y,
        text,
        size=18,
        colour=colour,
        bgcolor=tinted(paper, 0.75),
        xanchor="left" if horizontal == "right" else "right",
        yanchor="bottom" if vertical == "top" else "top",
        xshift=6 if horizontal == "right" else -6,
        yshift=6 if vertical == "top" else -6,
    )


def way(text: str, *, towards: Literal["left", "right"], palette: Palette) -> Mark:
    """A quiet label above the plot that says what lies left or right of zero; it begins at zero."""
    anchor, shift = ("left", 8) if towards == "right" else ("right", -8)
    return above_plot(0, text, xanchor=anchor, xshift=shift, size=15, colour=palette.quiet)


def upright(x: float, line: Mapping[str, Any]) -> Mark:
    """A line from the foot to the top of the plot."""
    return {"type": "line", "x0": x, "x1": x, "xref": "x", "y0": 0, "y1": 1, "yref": "y domain", "line": dict(line)}


def tinted(colour: str, opacity: float) -> str:
    """A hex colour as rgba() with the given opacity."""
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return f"rgba({red},{green},{blue},{opacity})"


def _short(values: Iterable[float]) -> list[float]:
    """Values to three decimals: finer than a pixel, and half the bytes for the browser."""
    return [round(float(value), 3) for value in values]
