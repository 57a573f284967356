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
from charts.gap.gap_by_release import gap_by_release
from charts.gap.gap_path import gap_path
from charts.gap.levelling import levelling
from charts.gap.pace_gauge import pace_gauge
from charts.gap.points_by_age import points_by_age
from charts.gap.poor_end_paces import poor_end_paces
from charts.gap.sentences import about, finding, first_to_tell_sentence, latest_step, two_paces
from charts.kit import words
from charts.kit.chart import Chart
from charts.kit.palette import Palette
from pipeline.answers.deprivation import rows_of
from pipeline.answers.gap.answer import Answer as GapAnswer
from pipeline.answers.gap.answer import answer, answers_by_definition
from pipeline.answers.gap.outlook import Standing, first_publication_that_could_tell, standing, variances_of
from pipeline.answers.gap.releases import revisions
from pipeline.answers.gap.what_it_takes import floor, points_needed, rises_seen
from pipeline.errors import MeasureRefused, UsageError
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
    who: str
    """ "Women" or "Men"."""
    gap: str
    """ "6.0 years"."""
    course: str
    direction: str
    since: str
    """ "Up from 3.6 in 2011 to 2013"."""
    chance: str
    """ "Chance of halving by 2034: below 1%"."""
    newest: str
    """What the newest period did."""


def _verdict(tables: Tables, view: View) -> Verdict:
    one = standing_of(tables, view)
    return Verdict(
        word=one.outlook.verdict,
        finding=finding(one.answer),
        more=about(one),
        two_paces=two_paces(one.answer),
        who=words.people(view.sex).capitalize(),
        gap=words.years(one.answer.latest["gap_years"]),
        course=_COURSES[one.outlook.verdict],
        direction=_DIRECTIONS[one.outlook.moving],
        since=_since(one.answer),
        chance=_chance(one),
        newest=_newest(one.answer),
    )


_COURSES = {
    "Halved": "Halved",
    "On track": "On course",
    "Cannot tell": "Cannot tell",
    "Off track": "Not on course",
    "Widening": "Not on course",
}
_DIRECTIONS = {"widening": "Wider", "narrowing": "Narrower", "unclear": "No clear change"}


def _since(one: GapAnswer) -> str:
    first, change = one.baseline, float(one.latest["gap_years"] - one.baseline["gap_years"])
    way = "The same as" if round(abs(change), 1) == 0 else "Up from" if change > 0 else "Down from"
    return f"{way} {words.number(first['gap_years'])} in {first['period']}"


def _chance(one: Standing) -> str:
    share = one.answer.question.share_to_close
    reached = "halving" if share == 0.5 else f"closing {share:.0%} of it"
    percent = words.percent(one.outlook.probability).replace("under", "below").replace("over", "above")
    return f"Chance of {reached} by {one.answer.question.target_year}: {percent}"


def _newest(one: GapAnswer) -> str:
    latest, before = one.latest, one.series.iloc[-2]
    change = round(float(latest["gap_years"]), 1) - round(float(before["gap_years"]), 1)
    way = "the same as" if round(change, 1) == 0 else "up from" if change > 0 else "down from"
    return f"{words.years(latest['gap_years'])}, {way} {words.number(before['gap_years'])} in {before['period']}"


def _headline(tables: Tables, view: View) -> str:
    """The answer for both sexes in one line."""
    both = [_verdict(tables, view.with_settings(sex=sex)) for sex in words.PEOPLE]
    halved = [one.who.lower() for one in both if one.course == "Halved"]
    wider = [one.who.lower() for one in both if one.direction == "Wider"]
    if len(halved) == len(both):
        return "The gap has been halved."
    answer_ = "The gap is not being halved." if not any(one.course in {"On course", "Halved"} for one in both) else ""
    answer_ = answer_ or "The gap may be halved, but not for everyone."
    return f"{answer_} It has widened for {words.listed(wider)}." if wider else answer_


def _asked(tables: Tables, view: View) -> str:
    """The question of a view in one line."""
    one = standing_of(tables, view).answer
    label = one.question.definition.label
    return (
        f"{label}, to be halved by {one.question.target_year} from {one.question.baseline}. "
        f"Figures of {words.day(tables.release)}."
    )


def _england_fall(tables: Tables, _: View) -> str:
    england = tables.england()
    first, last = england["period"].min(), england["period"].max()
    falls = []
    for sex in words.PEOPLE:
        own = england[england["sex"] == sex].set_index("period")["hle_years"]
        falls.append(f"{words.number(own[first] - own[last])} for {words.people(sex)}")
    return f"England\u2019s own healthy life expectancy fell by {falls[0].replace(' for', ' years for')} and {falls[1]} since {first}"


def _definitions_agree(tables: Tables, view: View) -> tuple[str, str]:
    found = [one for sex in words.PEOPLE for one in _by_definition(tables, view.with_settings(sex=sex))]
    on = sum(_COURSES[one.outlook.verdict] in {"On course", "Halved"} for one in found)
    wider = sum(one.outlook.moving == "widening" for one in found)
    unclear = sum(one.outlook.moving == "unclear" for one in found)
    each = len(found) // len(words.PEOPLE)
    head = f"Not on course on any of {each} definitions" if not on else f"On course in {on} of {len(found)} cases"
    return head, f"Wider on {wider} of {len(found)}, no clear change on {unclear}"


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
BOTH_SEXES = ("definition", "baseline", "target", "share", "rule")
HEADLINE = Answer(id="headline", needs=BOTH_SEXES, ask=_headline)
ASKED = Answer(id="asked", needs=BOTH_SEXES, ask=_asked)
"""Definition, target, baseline and date of the figures in one line."""
ENGLAND_FALL = Answer(id="england-fall", needs=(), ask=_england_fall)
DEFINITIONS_AGREE = Answer(id="definitions-agree", needs=("baseline", "target", "share"), ask=_definitions_agree)
"""Heading and line on how many definitions agree."""
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
        id="gap-by-release",
        label="The gap as each release told it",
        needs=("sex", "definition"),
        draw=_gap_by_release,
        screen="data?part=releases",
    ),
)
