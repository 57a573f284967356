"""The sentences about one gap: how large it is, which end moved, what the target needs, and how likely it is."""

import pandas as pd

from charts.kit import words
from pipeline.answers.gap.answer import Answer
from pipeline.answers.gap.outlook import Outlook, Standing
from pipeline.measures.trend.detection import FirstToTell


def finding(answer: Answer) -> str:
    """The gap now in one sentence, in Markdown."""
    latest, who = answer.latest, words.people(answer.sex)
    better, worse = _ends(answer)
    gap = float(latest["gap_years"])
    limits = words.interval(latest["gap_lci_95"], latest["gap_uci_95"])
    return (
        f"**{who.capitalize()}** in {better} can expect **{words.number(abs(gap))} {'more' if gap >= 0 else 'fewer'} years** in "
        f"good health than {who} in {worse}{f' (95% interval {limits})' if limits else ''}."
    )


def about(one: Standing) -> dict[str, str]:
    """What belongs to the finding: which end moved, what the target needs, and where the gap is heading."""
    return {
        "Which end moved": ends_moved(one.answer),
        "Pace needed": need(one.answer),
        "So far": prospect(one.answer, one.outlook),
    }


def _ends(answer: Answer) -> tuple[str, str]:
    """The better-off and the worse-off end in running text."""
    return words.place(answer.latest["better_off"]), words.place(answer.latest["worse_off"])


def ends_moved(answer: Answer) -> str:
    """How far each end has moved since the baseline."""
    better, worse = _ends(answer)
    rich, poor = float(answer.change.better_off_change), float(answer.change.worse_off_change)
    return f"since {answer.baseline['period']} {better} {words.moved(rich)} and {worse} {words.moved(poor)}."


def _target(answer: Answer) -> str:
    return f"{words.years(answer.target_gap_years)} by {answer.question.target_year}"


def need(answer: Answer) -> str:
    """The target and the pace that it needs from here."""
    if answer.required_pace >= 0:
        return f"the gap is already within the target of {_target(answer)}."
    share = answer.question.share_to_close
    part = "half" if share == 0.5 else f"{1 - share:.0%} of"
    then = f"{words.years(answer.baseline['gap_years'])} of {answer.baseline['period']}"
    return (
        f"to come down to {part} the {then}, which is {_target(answer)}, the gap must narrow by "
        f"{words.pace(answer.required_pace)}."
    )


def prospect(answer: Answer, outlook: Outlook) -> str:
    """How the gap has moved, and what the model gives for reaching the target."""
    certain = outlook.direction != "No clear change"
    moved = (
        f"{outlook.direction.lower()} by {words.number(abs(outlook.pace), 2)} years a year"
        if certain
        else "no clear trend"
    )
    return (
        f"{moved} since {outlook.first_period}. A model of its ups and downs gives {words.chance(outlook.probability)} of "
        f"reaching {_target(answer)}."
    )


def two_paces(answer: Answer) -> str:
    """Why the pace that the gap needs and the pace that the poorer end needs differ; "" where none is needed."""
    if answer.required_pace >= 0:
        return ""
    better, worse = _ends(answer)
    assumed = float(answer.path["rich_end_years"].iloc[-1]) - float(answer.latest["better_off_years"])
    said = (
        f"the gap must narrow by {words.number(-answer.required_pace, 2)} years a year, and {worse} must rise by "
        f"{words.number(float(answer.poor_end.pace_years_per_year), 2)}"
    )
    if round(abs(assumed), 1) == 0:
        return f"{said}. They agree, because {better} is assumed to stay where it is."
    way = "higher" if assumed > 0 else "lower"
    return (
        f"{said}. They differ because {better} is assumed to stand {words.years(abs(assumed))} {way} in "
        f"{answer.question.target_period.label} than now."
    )


def first_to_tell_sentence(answer: Answer, first: FirstToTell | None) -> str:
    """When the figures could first show whether the required pace is kept; `first` is None where not within 60 years."""
    if answer.required_pace >= 0:
        return "The latest gap already meets the target, so no pace is required."
    if first is None:
        return "No publication in the next 60 years could tell the required pace from standing still."
    return (
        f"If the gap now narrowed by the required {words.pace(answer.required_pace)}, the figures published in "
        f"**{first.published:%B %Y}** would be the first that could be expected to show it (with 4 chances in 5)."
    )


def latest_step(answer: Answer, vintages: pd.DataFrame) -> str:
    """What the newest release added, and how far it revised the gap of the period before (from table `vintages`)."""
    latest, before = answer.latest, answer.series.iloc[-2]
    return (
        f"**{words.people(answer.sex).capitalize()}:** {latest['period']} came in with a gap of "
        f"{words.years(latest['gap_years'])}, after {words.number(before['gap_years'])} in {before['period']} (the two share "
        f"two of three years).{_revision(answer, before['period'], vintages)}"
    )


def _revision(answer: Answer, period: str, vintages: pd.DataFrame) -> str:
    """How far the newest release revised the gap of a period; "" for a definition without earlier releases."""
    same_gap = (vintages["definition"] == answer.question.definition_id) & (vintages["sex"] == answer.sex)
    told = vintages[same_gap & (vintages["period"] == period)].sort_values("release")
    if len(told) <= 1:
        return ""
    old, new = told.iloc[-2], told.iloc[-1]
    revision = new["gap_years"] - old["gap_years"]
    since = f"since the release of {words.day(old['release'])}"
    if abs(revision) <= 0.1:  # each end is published to one decimal at best, so less than 0.1 may be rounding
        return f" For {period} the gap is unchanged, but for rounding, {since}."
    return f" For {period} the gap was revised by {words.signed(revision)} years {since}."
