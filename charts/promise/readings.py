"""Chart `readings`: every reading of the promise by definition, baseline and target year, coloured by its chance."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from charts.kit import words
from charts.kit.chart import Chart, file_name, source_line
from charts.kit.drawing import Drawing
from charts.kit.marks import Mark, axis, note
from charts.kit.palette import LIGHT, Palette
from charts.kit.table import figures
from charts.kit.theme import drawn
from pipeline.answers.gap.evidence import MODELS
from pipeline.answers.gap.question import Question
from pipeline.answers.gap.readings import Count, counted
from pipeline.measures.gap.definitions import DEFINITIONS
from pipeline.tables.promise import MOST_HOPEFUL

CLASSES = (
    (0.75, "75% or more", 0),
    (0.25, "25% to 75%", 1),
    (0.05, "5% to 25%", 3),
    (0.01, "1% to 5%", 4),
    (0.0, "below 1%", 5),
)
"""Lowest chance of a class, its words, and its colour in the sequence: the worst is the darkest."""

FORECASTS = {**MODELS, MOST_HOPEFUL: "The trend before the pandemic goes on (the most hopeful)"}
"""Forecast -> what it assumes, in words."""

BETWEEN_YEARS = 1
"""Columns left free between target years."""
ROW_HEIGHT, LOWEST = 44, 300


@dataclass(frozen=True)
class Own:
    """The reader's own setting."""

    definition: str
    baseline: str
    target: int


def readings_chart(
    readings: pd.DataFrame,
    *,
    sex: str,
    own: Own,
    among: str,
    model: str,
    hopeful: Count,
    release: str,
    build: str,
    palette: Palette = LIGHT,
) -> Chart:
    """One strip for each definition and target year, one cell in it for each baseline, the earliest first.

    Args:
        readings: those of one sex by one forecast (`readings_by`).
        sex: whose they are.
        own: the setting to be marked.
        among: "definition", "baseline" or "target" for the readings that share it with the reader's own, or "all".
        model: the forecast, in words.
        hopeful: what the most hopeful forecast says of women and men together.
        release: of the figures.
        build: of the tables.
        palette: colours.
    """
    who, kept = words.people(sex), _among(readings, own, among)
    return Chart(
        id="readings",
        drawing=_drawing(kept, own, palette),
        title=f"{who.capitalize()}: {none_on_course(counted(kept))}",
        subtitle="Chance of halving, by definition and target year; one cell for each baseline, earliest first",
        settings=f"Half of the gap is to be closed. Forecast: {model.lower()}. {_marked(kept, own)}",
        source=source_line(release=release, build=build),
        alt=_alt(kept, who),
        table=_table(kept),
        caveats=(
            "On course: a chance of 75% or more. Cannot tell: 25% to 75%. Not on course: less.",
            "A count and not a vote: readings overlap, and all share one forecast.",
            f"Most hopeful forecast, in which the trend before the pandemic goes on: {_told(hopeful)}.",
            "Probabilities are the model's. The baseline's own error is in them.",
            "Tenths of small areas and their slope have no figures before 2013 to 2015.",
        ),
        file_stem=file_name("readings", who, build),
    )


def none_on_course(count: Count) -> str:
    """ "of 672 readings, none is on course"."""
    on = "none is" if not count.on_course else "1 is" if count.on_course == 1 else f"{count.on_course:,} are"
    return f"of {words.number_of(count.readings, 'reading')}, {on} on course"


def _told(count: Count) -> str:
    return f"{none_on_course(count)}, and for {count.cannot_tell:,} it cannot tell"


def sensitivity_table(readings: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """What each forecast says of all readings, and of the default setting; `readings` by the forecast's id."""
    counts = [counted(rows) for rows in readings.values()]
    return pd.DataFrame(
        {
            "Forecast": [FORECASTS[model] for model in readings],
            "Readings": [f"{one.readings:,}" for one in counts],
            "On course": [one.on_course for one in counts],
            "Cannot tell": [one.cannot_tell for one in counts],
            "Highest chance": [words.percent(rows["probability"].max()) for rows in readings.values()],
            **{
                f"{who.capitalize()}, default setting": [
                    words.percent(_at_defaults(rows, sex)) for rows in readings.values()
                ]
                for sex, who in words.PEOPLE.items()
            },
        }
    )


def _at_defaults(readings: pd.DataFrame, sex: str) -> float:
    usual = Question()
    (found,) = readings[
        (readings["definition"] == usual.definition_id)
        & (readings["baseline_period"] == usual.baseline)
        & (readings["target_year"] == usual.target_year)
        & (readings["sex"] == sex)
    ]["probability"]
    return float(found)


def _among(readings: pd.DataFrame, own: Own, among: str) -> pd.DataFrame:
    column, value = {
        "definition": ("definition", own.definition),
        "baseline": ("baseline_period", own.baseline),
        "target": ("target_year", own.target),
    }.get(among, ("definition", None))
    kept = readings if value is None else readings[readings[column] == value]
    return kept if len(kept) else readings


def _class_of(probability: float) -> int:
    return next(position for position, (lowest, _, _) in enumerate(CLASSES) if probability >= lowest)


def _drawing(kept: pd.DataFrame, own: Own, palette: Palette) -> Drawing:
    definitions = [name for name in DEFINITIONS if name in set(kept["definition"])]
    baselines, years = (sorted(kept[name].unique()) for name in ("baseline_period", "target_year"))
    stride = len(baselines) + BETWEEN_YEARS
    place = {(year, base): stride * i + j for i, year in enumerate(years) for j, base in enumerate(baselines)}
    cells = pd.DataFrame(
        {
            "row": kept["definition"].map(definitions.index),
            "column": list(map(place.get, zip(kept["target_year"], kept["baseline_period"], strict=True))),
            "percent": (100 * kept["probability"]).round(3),
            "said": [
                f"From {base} by {year}: <b>{words.percent(chance)}</b>"
                for base, year, chance in zip(
                    kept["baseline_period"], kept["target_year"], kept["probability"], strict=True
                )
            ],
        }
    )
    middles = [stride * i + (len(baselines) - 1) / 2 for i in range(len(years))]
    labels = [DEFINITIONS[name].short_label.replace(", ", ",<br>") for name in definitions]
    mine = place.get((own.target, own.baseline))
    marked = mine is not None and own.definition in definitions
    shapes, notes = _mark(mine, definitions.index(own.definition), palette) if marked and mine is not None else ([], [])
    layout = {
        "margin": {"r": 12},
        "shapes": shapes,
        "annotations": notes,
        "xaxis": axis(
            "Target year",
            tickvals=middles,
            ticktext=[str(year) if (years[-1] - year) % 2 == 0 else "" for year in years],
            tickangle=0,
            tickfont={"size": 13},
            range=[-1, stride * len(years) - 0.5],
            zeroline=False,
        ),
        "yaxis": {
            "tickvals": list(range(len(definitions))),
            "ticktext": [
                f"<b>{text}</b>" if name == own.definition else text
                for name, text in zip(definitions, labels, strict=True)
            ],
            "tickfont": {"size": 13},
            "range": [len(definitions) - 0.45, -0.75],
            "showgrid": False,
        },
    }
    height = max(LOWEST, 150 + ROW_HEIGHT * len(definitions))
    return drawn(
        [_cells(cells, palette), *_key(kept["probability"].map(_class_of), palette)],
        palette,
        height=height,
        layout=layout,
    )


def _cells(cells: pd.DataFrame, palette: Palette) -> Mark:
    """One heatmap; a cell without a reading is empty."""
    width, height = int(cells["column"].max()) + 1, int(cells["row"].max()) + 1
    percents: list[list[float | None]] = [[None] * width for _ in range(height)]
    said = [[""] * width for _ in range(height)]
    for row, column, percent, text in cells.itertuples(index=False):
        percents[row][column], said[row][column] = percent, text
    # a step for each class, and nothing between
    edges = [*(lowest for lowest, _, _ in CLASSES[::-1]), 1.0]
    steps = zip(edges, edges[1:], CLASSES[::-1], strict=False)
    scale = [[edge, palette.sequence[shade]] for low, high, (_, _, shade) in steps for edge in (low, high)]
    return {
        "type": "heatmap",
        "z": percents,
        "text": said,
        "colorscale": scale,
        "zmin": 0,
        "zmax": 100,
        "showscale": False,
        "ygap": 6,
        "xgap": 0.6,
        "hoverongaps": False,
        "hovertemplate": "%{text}<extra></extra>",
    }


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


def _mark(column: int, row: int, palette: Palette) -> tuple[list[Mark], list[Mark]]:
    """A frame round the reader's own cell, and its name above."""
    frame = {
        "type": "rect",
        **{"x0": column - 0.8, "x1": column + 0.8, "y0": row - 0.5, "y1": row + 0.5},
        "line": {"color": palette.target, "width": 3},
    }
    name = note(column, row - 0.5, "<b>yours</b>", size=13, colour=palette.target, yanchor="bottom", xanchor="left")
    return [frame], [name | {"xshift": -4}]


def _marked(kept: pd.DataFrame, own: Own) -> str:
    found = kept[
        (kept["definition"] == own.definition)
        & (kept["baseline_period"] == own.baseline)
        & (kept["target_year"] == own.target)
    ]
    if found.empty:
        return "Your own setting is not among the readings shown."
    chance = words.percent(found["probability"].iloc[0])
    return f"Yours: {DEFINITIONS[own.definition].label}, from {own.baseline}, by {own.target}: {chance}."


def _alt(kept: pd.DataFrame, who: str) -> str:
    classes = kept["probability"].map(_class_of)
    counts = "; ".join(f"{said}: {int((classes == position).sum()):,}" for position, (_, said, _) in enumerate(CLASSES))
    best = kept.sort_values("probability").iloc[-1]
    return (
        f"Strips of {len(kept):,} readings of the promise for {who}, one cell for each definition, baseline and target year, "
        f"coloured by the chance of halving the gap: {counts}. The highest chance is {words.percent(best['probability'])}: "
        f"{DEFINITIONS[best['definition']].label}, from {best['baseline_period']}, by {best['target_year']}."
    )


def _table(kept: pd.DataFrame) -> pd.DataFrame:
    return figures(
        kept,
        {
            "Definition": _labels(kept["definition"]),
            "Baseline": "baseline_period",
            "Target year": "target_year",
            "Chance of halving (%)": 100 * kept["probability"],
            "On course?": "course",
            "Direction since the first period": "direction",
        },
    )


def _labels(definitions: Iterable[str]) -> list[str]:
    return [DEFINITIONS[name].label for name in definitions]
