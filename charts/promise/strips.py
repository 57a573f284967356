"""The strips of chart `readings`: one for each definition and target year, one cell in it for each baseline."""

from dataclasses import dataclass
from itertools import pairwise

import pandas as pd

from charts.kit import words
from charts.kit.drawing import Drawing
from charts.kit.marks import Mark, axis, note
from charts.kit.palette import Palette
from charts.kit.theme import drawn
from pipeline.measures.gap.definitions import DEFINITIONS

CLASSES = (
    (0.75, "75% or more", 0),
    (0.25, "25% to 75%", 1),
    (0.05, "5% to 25%", 3),
    (0.01, "1% to 5%", 4),
    (0.0, "below 1%", 5),
)
"""Lowest chance of a class, its words, and its colour in the sequence: the worst is the darkest."""

BETWEEN_YEARS = 1
"""Columns left free between target years."""
ROW_HEIGHT, LOWEST = 44, 300


@dataclass(frozen=True)
class Own:
    """The reader's own setting."""

    definition: str
    baseline: str
    target: int


def class_of(probability: float) -> int:
    """Position among `CLASSES`."""
    return next(position for position, (lowest, _, _) in enumerate(CLASSES) if probability >= lowest)


@dataclass(frozen=True)
class _Grid:
    """Where each reading has its cell: a row for each definition, and for each year a column for each baseline."""

    definitions: list[str]
    years: list[int]
    baselines: list[str]

    @classmethod
    def of(cls, readings: pd.DataFrame) -> "_Grid":
        held = set(readings["definition"])
        years, baselines = (sorted(readings[name].unique()) for name in ("target_year", "baseline_period"))
        return cls([name for name in DEFINITIONS if name in held], years, baselines)

    @property
    def stride(self) -> int:
        return len(self.baselines) + BETWEEN_YEARS

    def column(self, year: int, baseline: str) -> int:
        return self.stride * self.years.index(year) + self.baselines.index(baseline)

    def holds(self, own: Own) -> bool:
        return own.definition in self.definitions and own.target in self.years and own.baseline in self.baselines


def strips(readings: pd.DataFrame, own: Own, palette: Palette) -> Drawing:
    """Draw the readings of one sex, the reader's own in a frame."""
    grid = _Grid.of(readings)
    shapes, notes = _mark(grid, own, palette) if grid.holds(own) else ([], [])
    layout = {"margin": {"r": 12}, "shapes": shapes, "annotations": notes, **_axes(grid, own)}
    traces = [_cells(readings, grid, palette), *_key(readings["probability"].map(class_of), palette)]
    return drawn(traces, palette, height=max(LOWEST, 150 + ROW_HEIGHT * len(grid.definitions)), layout=layout)


def _axes(grid: _Grid, own: Own) -> dict[str, Mark]:
    labels = {name: DEFINITIONS[name].short_label.replace(", ", ",<br>") for name in grid.definitions}
    middle = (len(grid.baselines) - 1) / 2
    return {
        "xaxis": axis(
            "Target year",
            tickvals=[grid.stride * i + middle for i in range(len(grid.years))],
            # every second year: a phone has no room for more
            ticktext=[str(year) if (grid.years[-1] - year) % 2 == 0 else "" for year in grid.years],
            tickangle=0,
            tickfont={"size": 13},
            range=[-1, grid.stride * len(grid.years) - 0.5],
            zeroline=False,
        ),
        "yaxis": {
            "tickvals": list(range(len(labels))),
            "ticktext": [f"<b>{text}</b>" if name == own.definition else text for name, text in labels.items()],
            "tickfont": {"size": 13},
            "range": [len(labels) - 0.45, -1],
            "showgrid": False,
        },
    }


def _cells(readings: pd.DataFrame, grid: _Grid, palette: Palette) -> Mark:
    """One heatmap; a cell without a reading is empty."""
    width, height = grid.stride * len(grid.years), len(grid.definitions)
    percents: list[list[float | None]] = [[None] * width for _ in range(height)]
    said = [[""] * width for _ in range(height)]
    for one in readings.to_dict("records"):
        year, baseline, chance = one["target_year"], one["baseline_period"], one["probability"]
        row, column = grid.definitions.index(one["definition"]), grid.column(year, baseline)
        percents[row][column] = round(100 * chance, 3)
        said[row][column] = f"From {baseline} by {year}: <b>{words.percent(chance)}</b>"
    return {
        "type": "heatmap",
        "z": percents,
        "text": said,
        "colorscale": _steps(palette),
        "zmin": 0,
        "zmax": 100,
        "showscale": False,
        "ygap": 6,
        "xgap": 0.6,
        "hoverongaps": False,
        "hovertemplate": "%{text}<extra></extra>",
    }


def _steps(palette: Palette) -> list[list[float | str]]:
    """A colour for each class, and nothing between."""
    rising = CLASSES[::-1]
    edges = [*(lowest for lowest, _, _ in rising), 1.0]
    return [
        [edge, palette.sequence[shade]]
        for ends, (_, _, shade) in zip(pairwise(edges), rising, strict=True)
        for edge in ends
    ]


def _key(classes: pd.Series, palette: Palette) -> list[Mark]:
    return [
        {
            "type": "scatter",
            "x": [None],
            "y": [None],
            "mode": "markers",
            "name": f"{said[0].upper()}{said[1:]}: {int((classes == position).sum()):,}",
            "marker": {
                "symbol": "square",
                "size": 14,
                "color": palette.sequence[shade],
                "line": {"width": 1, "color": palette.quiet},
            },
        }
        for position, (_, said, shade) in enumerate(CLASSES)
    ]


def _mark(grid: _Grid, own: Own, palette: Palette) -> tuple[list[Mark], list[Mark]]:
    """A frame round the reader's own cell, and its name above."""
    column, row = grid.column(own.target, own.baseline), grid.definitions.index(own.definition)
    frame = {
        "type": "rect",
        **{"x0": column - 0.8, "x1": column + 0.8, "y0": row - 0.5, "y1": row + 0.5},
        "line": {"color": palette.target, "width": 3},
    }
    name = note(column, row - 0.5, "<b>yours</b>", size=13, colour=palette.target, yanchor="bottom", xanchor="left")
    return [frame], [name | {"xshift": -4}]
