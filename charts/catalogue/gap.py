"""Entries about the gap: where it is, where it is heading, and what closing it takes."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from charts.catalogue.entry import QUESTION, Answer, Entry
from charts.catalogue.view import View, question_of
from charts.gap.both_ends import both_ends
from charts.gap.decomposition import decomposition
from charts.gap.definitions import definitions_compared, verdict_table
from charts.gap.floor import floor_strip
from charts.gap.forecast_record import forecast_record
from charts.gap.gap_by_release import gap_by_release
from charts.gap.gap_path import gap_path
from charts.gap.levelling import levelling
from charts.gap.lives import lives
from charts.gap.pace_gauge import pace_gauge
from charts.gap.points_by_age import points_by_age
from charts.gap.poor_end_paces import poor_end_paces
from charts.gap.sentences import about, finding, first_to_tell_sentence, latest_step, two_paces
from charts.kit import words
from charts.kit.chart import Chart
from charts.kit.palette import Palette
from pipeline.answers.deprivation import rows_of
from pipeline.answers.gap.answer import answer, answers_by_definition
from pipeline.answers.gap.forecasts import default_model, record_summaries
from pipeline.answers.gap.lives import gap_in_lives
from pipeline.answers.gap.outlook import Standing, first_publication_that_could_tell, standing, variances_of
from pipeline.answers.gap.releases import revisions
from pipeline.answers.gap.what_it_takes import floor, points_needed, rises_seen
from pipeline.errors import MeasureRefused, UsageError
from pipeline.measures.gap.definitions import DEFAULT_DEFINITION
from pipeline.processed import Tables


def standing_of(tables: Tables, view: View) -> Standing:
    """Return the answer and outlook that a view asks for."""
    one = answer(tables.table("gaps"), question_of(tables, view), view.sex, england=tables.england())
    return standing(one, variances_of(tables.table("variances")))


def _gap_path(tables: Tables, view: View, palette: Palette) -> Chart:
    found = standing_of(tables, view)
    return gap_path(found.answer, found.outlook, build=tables.build, palette=palette)


def _pace_gauge(tables: Tables, view: View, palette: Palette) -> Chart:
    found = standing_of(tables, view)
    return pace_gauge(found.answer, found.outlook, build=tables.build, palette=palette)


def _both_ends(tables: Tables, view: View, palette: Palette) -> Chart:
    return both_ends(standing_of(tables, view).answer, build=tables.build, palette=palette)


def _levelling(tables: Tables, view: View, palette: Palette) -> Chart:
    return levelling(standing_of(tables, view).answer, build=tables.build, palette=palette)


def _by_definition(tables: Tables, view: View) -> list[Standing]:
    variances = variances_of(tables.table("variances"))
    answers = answers_by_definition(tables.table("gaps"), question_of(tables, view), view.sex, england=tables.england())
    return [standing(one, variances) for one in answers]


def _definitions(tables: Tables, view: View, palette: Palette) -> Chart:
    return definitions_compared(_by_definition(tables, view), build=tables.build, palette=palette)


def _poor_end_paces(tables: Tables, view: View, palette: Palette) -> Chart:
    one = standing_of(tables, view).answer
    return poor_end_paces(one, rises_seen(tables, one), build=tables.build, palette=palette)


def _floor(tables: Tables, view: View, palette: Palette) -> Chart:
    one = standing_of(tables, view).answer
    below = floor(tables, one)
    return floor_strip(
        one, below.areas, floor_years=below.floor_years, people=below.people, build=tables.build, palette=palette
    )


def _decomposition(tables: Tables, view: View, palette: Palette) -> Chart:
    split = tables.table("decomposition")
    if view.definition not in set(split["definition"]):
        raise UsageError(
            "This definition cannot be split into shorter lives and poorer health: its groups have no life expectancy.",
            do="Choose a definition between regions.",
        )
    parts = rows_of(split, definition=view.definition, sex=view.sex)
    return decomposition(standing_of(tables, view).answer, parts, build=tables.build, palette=palette)


def _points_by_age(tables: Tables, view: View, palette: Palette) -> Chart:
    one = standing_of(tables, view).answer
    rise = float(one.poor_end.rise_years)
    if rise <= 0:
        raise UsageError("The poorer end is at the target already, so no rise is needed.", do="Choose another chart.")
    points = points_needed(tables.table("leverage"), sex=view.sex, rise_years=rise)
    return points_by_age(one, points, build=tables.build, palette=palette)


def _gap_by_release(tables: Tables, view: View, palette: Palette) -> Chart:
    found = revisions(tables.table("vintages"), definition_id=view.definition, sex=view.sex)
    return gap_by_release(found, build=tables.build, palette=palette)


def _lives(tables: Tables, view: View, palette: Palette) -> Chart:
    one = standing_of(tables, view).answer
    return lives(one, gap_in_lives(one, tables.newest("life_expectancy")), build=tables.build, palette=palette)


def _forecast_record(tables: Tables, _: View, palette: Palette) -> Chart:
    record, pair = tables.table("forecast_record"), default_pair(tables)
    found = record_summaries(record, default_pair=pair)
    return forecast_record(
        found,
        default=default_model(record, default_pair=pair),
        forecasts=len(record) // len(found),
        release=tables.release,
        build=tables.build,
        palette=palette,
    )


def default_pair(tables: Tables) -> tuple[str, str]:
    """Codes of the two regions of the default definition."""
    gaps, areas = tables.table("gaps"), tables.table("areas")
    ends = gaps[gaps["definition"] == DEFAULT_DEFINITION].iloc[-1]
    codes = areas[areas["area_type"] == "region"].set_index("area_name")["area_code"]
    return str(codes[ends["better_off"]]), str(codes[ends["worse_off"]])


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What the figures say to a question, in words."""

    word: str
    finding: str
    """The gap now, in Markdown."""
    more: Mapping[str, str]
    """What a line is about -> the line: which end moved, the pace needed, the pace so far."""
    two_paces: str
    """Why the paces of the gap and of the poor end differ; empty where none is needed."""


def _verdict(tables: Tables, view: View) -> Verdict:
    one = standing_of(tables, view)
    return Verdict(
        word=one.outlook.verdict, finding=finding(one.answer), more=about(one), two_paces=two_paces(one.answer)
    )


def _verdicts(tables: Tables, view: View) -> pd.DataFrame:
    return verdict_table({sex: _by_definition(tables, view.with_settings(sex=sex)) for sex in words.PEOPLE})


def _first_to_tell(tables: Tables, view: View) -> str:
    one = standing_of(tables, view).answer
    try:
        first = first_publication_that_could_tell(one, variances_of(tables.table("variances")))
    except MeasureRefused:
        first = None
    return first_to_tell_sentence(one, first)


def _latest_step(tables: Tables, view: View) -> str:
    return latest_step(standing_of(tables, view).answer, tables.table("vintages"))


VERDICT = Answer(id="verdict", needs=("sex", *QUESTION, "rule"), ask=_verdict)
VERDICTS = Answer(id="verdicts", needs=("baseline", "target", "share"), ask=_verdicts)
"""Table of the gap now and the verdict, for women and men under every definition."""
FIRST_TO_TELL = Answer(id="first-to-tell", needs=("sex", *QUESTION), ask=_first_to_tell)
"""Sentence on the first publication that could tell the required pace from standing still."""
LATEST_STEP = Answer(id="latest-step", needs=("sex", "definition"), ask=_latest_step)
"""Sentence on what the newest release added and revised."""

ANSWERS = (VERDICT, VERDICTS, FIRST_TO_TELL, LATEST_STEP)

ENTRIES = (
    Entry(
        id="gap-path",
        label="The gap, its path to the target and its forecast",
        needs=("sex", *QUESTION, "path"),
        on_screens=("scale",),
        draw=_gap_path,
        screen="progress",
    ),
    Entry(
        id="pace-gauge",
        label="Pace observed and pace needed",
        needs=("sex", *QUESTION),
        on_screens=("scale",),
        draw=_pace_gauge,
        screen="progress",
    ),
    Entry(
        id="both-ends",
        label="Both ends of the gap",
        needs=("sex", *QUESTION, "rule"),
        draw=_both_ends,
        screen="progress?tab=ends",
    ),
    Entry(
        id="levelling",
        label="Which end moved",
        needs=("sex", *QUESTION),
        on_screens=("scale",),
        draw=_levelling,
        screen="progress?tab=ends",
    ),
    Entry(
        id="definitions",
        label="The gap by every definition",
        needs=("sex", "baseline", "target", "share"),
        on_screens=("scale",),
        draw=_definitions,
        screen="?tab=definitions",
    ),
    Entry(
        id="poor-end-paces",
        label="Rise needed, and rises seen before",
        needs=("sex", *QUESTION, "rule"),
        draw=_poor_end_paces,
        screen="progress?tab=needed",
    ),
    Entry(
        id="floor",
        label="Authorities below the floor",
        needs=("sex", *QUESTION, "rule"),
        draw=_floor,
        screen="progress?tab=needed",
    ),
    Entry(
        id="decomposition",
        label="Shorter lives or poorer health",
        needs=("sex", *QUESTION),
        draw=_decomposition,
        screen="progress?tab=ages",
    ),
    Entry(
        id="points-by-age",
        label="What closing the gap asks at each stage of life",
        needs=("sex", *QUESTION, "rule"),
        draw=_points_by_age,
        screen="progress?tab=ages",
    ),
    Entry(
        id="lives",
        label="Length of life beside healthy life",
        needs=("sex", *QUESTION),
        on_screens=("scale",),
        draw=_lives,
        screen="progress?tab=lives",
    ),
    Entry(
        id="forecast-record",
        label="How good has this forecast been?",
        needs=(),
        draw=_forecast_record,
        screen="progress?tab=forecast",
    ),
    Entry(
        id="gap-by-release",
        label="The gap as each release told it",
        needs=("sex", "definition"),
        draw=_gap_by_release,
        screen="data?part=releases",
    ),
)
