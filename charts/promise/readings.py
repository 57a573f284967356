"""Chart `readings`: every reading of the promise by definition, baseline and target year, coloured by its chance."""

from collections.abc import Iterable, Mapping

import pandas as pd

from charts.kit import words
from charts.kit.chart import Chart, file_name, source_line
from charts.kit.palette import LIGHT, Palette
from charts.kit.table import figures
from charts.promise.strips import CLASSES, Own, class_of, strips
from pipeline.answers.gap.evidence import MODELS
from pipeline.answers.gap.question import Question
from pipeline.answers.gap.readings import Count, counted
from pipeline.measures.gap.definitions import DEFINITIONS
from pipeline.tables.promise import MOST_HOPEFUL

FORECASTS = {**MODELS, MOST_HOPEFUL: "The trend before the pandemic goes on (the most hopeful)"}
"""Forecast -> what it assumes, in words."""


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
        drawing=strips(kept, own, palette),
        title=f"{who.capitalize()}: {none_on_course(counted(kept))}",
        subtitle="Chance of halving, by definition and target year; one cell for each baseline, earliest first"
        f"{'. Your own setting is not among them' if _own_of(kept, own).empty else ''}",
        settings=f"Half of the gap is to be closed. Forecast: {model.lower()}. {_marked(kept, own)}".rstrip(),
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


def _own_of(kept: pd.DataFrame, own: Own) -> pd.DataFrame:
    return kept[
        (kept["definition"] == own.definition)
        & (kept["baseline_period"] == own.baseline)
        & (kept["target_year"] == own.target)
    ]


def _marked(kept: pd.DataFrame, own: Own) -> str:
    """The reader's own setting and its chance; "" where the subtitle says that it is not among the readings shown."""
    found = _own_of(kept, own)
    if found.empty:
        return ""
    chance = words.percent(found["probability"].iloc[0])
    return f"Yours: {DEFINITIONS[own.definition].label}, from {own.baseline}, by {own.target}: {chance}."


def _alt(kept: pd.DataFrame, who: str) -> str:
    classes = kept["probability"].map(class_of)
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
