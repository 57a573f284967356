"""Entries about the gap: where it is, where it is heading, and what closing it takes."""

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
from charts.gap.sentences import (
    chance_of_target,
    definitions_agree,
    direction_since,
    england_fall,
    finding,
    first_to_tell_sentence,
    headline,
    latest_step,
    moved,
    need,
    newest_step,
    pair_changed,
    since,
    two_paces,
    which_end_moved,
)
from charts.kit import words
from charts.kit.chart import Chart
from charts.kit.palette import Palette
from pipeline.answers.ages import ages_lost, points_lost
from pipeline.answers.deprivation import rows_of
from pipeline.answers.gap import standing
from pipeline.answers.gap.answer import questions_by_definition
from pipeline.answers.gap.ends_moved import EndsMoved, ends_moved
from pipeline.answers.gap.evidence import evidence_of
from pipeline.answers.gap.forecasts import record_summaries
from pipeline.answers.gap.lives import gap_in_lives
from pipeline.answers.gap.outlook import (
    Standing,
    change_that_stands_out,
    first_publication_that_could_tell,
)
from pipeline.answers.gap.releases import revisions
from pipeline.answers.gap.what_it_takes import floor, points_needed, rises_seen
from pipeline.errors import MeasureRefused, UsageError
from pipeline.measures.gap.definitions import DEFAULT_DEFINITION
from pipeline.measures.gap.verdict import Course, Direction
from pipeline.processed import Tables


def standing_of(tables: Tables, view: View) -> Standing:
    """Return the answer and outlook that a view asks for."""
    return standing.standing_of(tables, question_of(tables, view), sex=view.sex, model=view.model)


def _gap_path(tables: Tables, view: View, palette: Palette) -> Chart:
    found = standing_of(tables, view)
    changed = _pair_changed(tables, view)
    return gap_path(found.answer, found.outlook, pair_changed=changed, build=tables.build, palette=palette)


def _pace_gauge(tables: Tables, view: View, palette: Palette) -> Chart:
    found = standing_of(tables, view)
    return pace_gauge(found.answer, found.outlook, build=tables.build, palette=palette)


def _both_ends(tables: Tables, view: View, palette: Palette) -> Chart:
    return both_ends(standing_of(tables, view).answer, build=tables.build, palette=palette)


def _levelling(tables: Tables, view: View, palette: Palette) -> Chart:
    found = standing_of(tables, view)
    ends = _ends_moved(tables, found)
    return levelling(found.answer, found.outlook, ends, tables.england(), build=tables.build, palette=palette)


def _ends_moved(tables: Tables, one: Standing) -> EndsMoved | None:
    """Which end moved away from the rest; None where the ends are not two fixed regions."""
    try:
        return ends_moved(one.answer, hle=tables.newest("hle"), evidence=evidence_of(tables))
    except UsageError:
        return None


def _by_definition(tables: Tables, view: View) -> list[Standing]:
    asked = questions_by_definition(tables.table("gaps"), question_of(tables, view), view.sex)
    return [standing.standing_of(tables, one, sex=view.sex, model=view.model) for one in asked]


def _definitions(tables: Tables, view: View, palette: Palette) -> Chart:
    return definitions_compared(_by_definition(tables, view), build=tables.build, palette=palette)


def _poor_end_paces(tables: Tables, view: View, palette: Palette) -> Chart:
    one = standing_of(tables, view).answer
    return poor_end_paces(one, rises_seen(tables, one), build=tables.build, palette=palette)


def _floor(tables: Tables, view: View, palette: Palette) -> Chart:
    one = standing_of(tables, view).answer
    below = floor(tables, one)
    return floor_strip(
        one,
        below.areas,
        floor_years=below.floor_years,
        people=below.people,
        release=tables.release,
        build=tables.build,
        palette=palette,
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
    leverage, contributions = tables.table("leverage"), tables.table("age_contributions")
    period = contributions["period"].max()  # published on a day of its own
    lost = ages_lost(contributions, sex=view.sex, since=str(one.baseline["period"]), period=period)
    points = points_needed(leverage, sex=view.sex, rise_years=rise)
    points["lost"] = points["ages"].map(points_lost(lost, leverage, sex=view.sex))
    return points_by_age(
        one,
        points,
        lost_until=period,
        life_table=str(leverage["period"].iloc[0]),
        build=tables.build,
        palette=palette,
    )


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
        default=evidence_of(tables).default,
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
    """What the figures say of one gap, in plain words."""

    who: str
    """ "Women" or "Men"."""
    gap: str
    """ "6.0 years"."""
    interval: str
    """95% interval of the gap, "4.6 to 7.4"; empty where none is published."""
    course: Course
    direction: Direction
    direction_since: str
    """ "Wider", or "Wider since 2011 to 2013" where the gap is compared with a later period."""
    since: str
    """ "Up from 3.6 in 2011 to 2013"."""
    chance: str
    """ "Chance of halving by 2034: below 1%"."""
    newest: str
    """What the newest period did: "down from 6.5 in 2021 to 2023; not clearly different."."""
    ends: str
    """Which end moved away from the rest."""
    needed: str
    """The target, and the pace that it needs."""
    moved: str
    """The pace so far, with the interval that decides the direction."""
    two_paces: str
    """Why the paces of the gap and of the poor end differ; empty where none is needed."""
    finding: str
    """The gap now in one sentence, in Markdown."""


def _verdict(tables: Tables, view: View) -> Verdict:
    return verdict_of(tables, standing_of(tables, view))


def verdict_of(tables: Tables, found: Standing) -> Verdict:
    """What the figures say of one gap, in words."""
    one, outlook = found.answer, found.outlook
    return Verdict(
        who=words.people(one.sex).capitalize(),
        gap=words.years(one.latest["gap_years"]),
        interval=words.interval(one.latest["gap_lci_95"], one.latest["gap_uci_95"]),
        course=outlook.course,
        direction=outlook.direction,
        direction_since=direction_since(one, outlook),
        since=since(one),
        chance=chance_of_target(one, outlook),
        newest=newest_step(one, outlook),
        ends=f"{words.sentence_start(which_end_moved(one, _ends_moved(tables, found)))}.",
        needed=words.sentence_start(need(one)),
        moved=words.sentence_start(moved(one, outlook)),
        two_paces=words.sentence_start(two_paces(one)),
        finding=finding(one),
    )


def _of_both_sexes(tables: Tables, view: View) -> dict[str, Standing]:
    return {sex: standing_of(tables, view.with_settings(sex=sex)) for sex in words.PEOPLE}


def _headline(tables: Tables, view: View) -> str:
    return headline(_of_both_sexes(tables, view))


def _asked(tables: Tables, view: View) -> str:
    """The question of a view in one line."""
    question = question_of(tables, view)
    aim = "halved" if question.share_to_close == 0.5 else f"{question.share_to_close:.0%} closed"
    return f"{question.definition.label}, to be {aim} by {question.target_year} from {question.baseline}."


def _england_fall(tables: Tables, view: View) -> str:
    england, question = tables.england(), question_of(tables, view)
    changes = {}
    for sex in words.PEOPLE:
        years = england[england["sex"] == sex].sort_values("period_start").set_index("period")["hle_years"]
        changes[sex] = float(years.iloc[-1] - years[question.baseline])
    return f"{england_fall(changes, question.baseline)}."


def _definitions_agree(tables: Tables, view: View) -> tuple[str, str]:
    return definitions_agree({sex: _by_definition(tables, view.with_settings(sex=sex)) for sex in words.PEOPLE})


def _verdicts(tables: Tables, view: View) -> pd.DataFrame:
    return verdict_table({sex: _by_definition(tables, view.with_settings(sex=sex)) for sex in words.PEOPLE})


def _first_to_tell(tables: Tables, view: View) -> str:
    one = standing_of(tables, view).answer
    try:
        first = first_publication_that_could_tell(one, evidence_of(tables))
    except MeasureRefused:
        first = None
    return first_to_tell_sentence(one, first, detectable_years=change_that_stands_out(one))


def _latest_step(tables: Tables, view: View) -> str:
    return latest_step(standing_of(tables, view).answer, tables.table("vintages"))


def _pair_changed(tables: Tables, view: View) -> str:
    return pair_changed(tables.table("income_pairs")) if view.definition == "income-regions" else ""


DEFAULT_MODEL = Answer(id="default-model", needs=(), ask=lambda tables, _: evidence_of(tables).default)
"""Id of the forecast with the best record, which gives the verdicts."""
VERDICT = Answer(id="verdict", needs=("sex", *QUESTION, "rule", "model"), ask=_verdict)
HEADLINE = Answer(id="headline", needs=(*QUESTION, "model"), ask=_headline)
"""What the figures say of the promise, women and men together: "The gap is not being halved. ..."."""
ASKED = Answer(id="asked", needs=("definition", "baseline", "target", "share"), ask=_asked)
"""Definition, target and baseline in one line."""
ENGLAND_FALL = Answer(id="england-fall", needs=("baseline",), ask=_england_fall)
"""Sentence on what England's own healthy life expectancy did since the baseline."""
DEFINITIONS_AGREE = Answer(
    id="definitions-agree", needs=("baseline", "target", "share", "model"), ask=_definitions_agree
)
"""How many definitions are on course, and how many say wider or narrower: two phrases."""
VERDICTS = Answer(id="verdicts", needs=("baseline", "target", "share", "model"), ask=_verdicts)
"""Table of the gap now, course and direction, for women and men under every definition."""
FIRST_TO_TELL = Answer(id="first-to-tell", needs=("sex", *QUESTION), ask=_first_to_tell)
"""Sentence on the first publication that could tell the required pace from no change."""
LATEST_STEP = Answer(id="latest-step", needs=("sex", "definition"), ask=_latest_step)
"""Sentence on what the newest release added and revised."""

PAIR_CHANGED = Answer(id="pair-changed", needs=("definition",), ask=_pair_changed)
"""That new incomes changed the two regions, and how the former two stand; "" where they did not."""

ANSWERS = (
    DEFAULT_MODEL,
    VERDICT,
    HEADLINE,
    ASKED,
    ENGLAND_FALL,
    DEFINITIONS_AGREE,
    VERDICTS,
    FIRST_TO_TELL,
    LATEST_STEP,
    PAIR_CHANGED,
)

ENTRIES = (
    Entry(
        id="gap-path",
        label="The gap, its path to the target and its forecast",
        needs=("sex", *QUESTION, "path", "model"),
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
        needs=("sex", "baseline", "target", "share", "model"),
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
        label="Authorities below the years needed",
        needs=("sex", *QUESTION, "rule"),
        draw=_floor,
        screen="progress?tab=needed",
    ),
    Entry(
        id="decomposition",
        label="Shorter lives or poorer health",
        needs=("sex", *QUESTION),
        draw=_decomposition,
        screen="progress?tab=causes",
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
        label="The gap in each release",
        needs=("sex", "definition"),
        draw=_gap_by_release,
        screen="data?part=releases",
    ),
)
