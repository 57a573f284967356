"""Marks that several charts draw alike: a line, a band of uncertainty, error bars, a label at a point."""

from collections.abc import Iterable, Sequence
from typing import Any, Literal

from charts.kit.palette import Palette

Position = Literal["top right", "top left", "bottom right", "bottom left"]


def band(
    x: Sequence[float],
    lower: Sequence[float],
    upper: Sequence[float],
    *,
    colour: str,
    name: str = "95% interval",
    showlegend: bool = True,
) -> list[dict[str, Any]]:
    """Return a shaded band between two limits; none where the limits are not published."""
    known = [(at, low, high) for at, low, high in zip(x, lower, upper, strict=True) if low == low and high == high]  # noqa: PLR0124 - NaN
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
    decimals: int = 1,
) -> dict[str, Any]:
    """Return a line; `hover` names each point (its period)."""
    return {
        "type": "scatter",
        "x": list(x),
        "y": _short(y),
        "name": name,
        "mode": "lines+markers" if markers else "lines",
        "line": {"color": colour, "width": 4 if markers else 3, "dash": dash},
        "marker": {"size": 9},
        "customdata": list(hover),
        "hovertemplate": f"{name}<br>%{{customdata}}: <b>%{{y:.{decimals}f}} years</b><extra></extra>",
    }


def label(*, x: float, y: float, text: str, colour: str, paper: str, position: Position) -> dict[str, Any]:
    """Return a label beside a point, without an arrow."""
    vertical, horizontal = position.split()
    return {
        "x": x,
        "y": y,
        "text": text,
        "showarrow": False,
        "font": {"size": 18, "color": colour},
        "bgcolor": tinted(paper, 0.75),
        "xanchor": "left" if horizontal == "right" else "right",
        "yanchor": "bottom" if vertical == "top" else "top",
        "xshift": 6 if horizontal == "right" else -6,
        "yshift": 6 if vertical == "top" else -6,
    }


def _short(values: Iterable[float]) -> list[float]:
    """Return values to three decimals: finer than a pixel, and half the bytes for the browser."""
    return [round(float(value), 3) for value in values]


def tinted(colour: str, opacity: float) -> str:
    """Return a hex colour as rgba() with the given opacity."""
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return f"rgba({red},{green},{blue},{opacity})"


def error_bars(
    values: Sequence[float], lower: Sequence[float], upper: Sequence[float], colour: str
) -> dict[str, object]:
    """Return horizontal error bars between limits; none where a limit is missing."""
    return {
        "type": "data",
        "symmetric": False,
        "array": [high - value for value, high in zip(values, upper, strict=True)],
        "arrayminus": [value - low for value, low in zip(values, lower, strict=True)],
        "thickness": 2,
        "width": 0,
        "color": colour,
    }


def way(text: str, *, towards: Literal["left", "right"], palette: Palette) -> dict[str, Any]:
    """Return a quiet label above the plot that says what lies left or right of zero; it begins at zero."""
    return {
        "x": 0,
        "y": 1,
        "yref": "paper",
        "yanchor": "bottom",
        "text": text,
        "showarrow": False,
        "xanchor": "left" if towards == "right" else "right",
        "xshift": 8 if towards == "right" else -8,
        "font": {"size": 15, "color": palette.quiet},
    }
