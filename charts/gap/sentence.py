"""The sentences about one gap: how large it is, which end moved, what the target needs, and how likely it is."""

import pandas as pd

from charts.kit import words
from charts.kit.columns import columns
from pipeline.answers.gap.answer import Answer
from pipeline.answers.gap.outlook import Outlook, Standing
from pipeline.measures.trend.detection import FirstToTell


def finding(answer: Answer) -> str:
    """Return the gap now in one sentence about one sex, in Markdown."""
    latest = answer.latest
    who = words.people(answer.sex)
    better, worse = words.place(latest["better_off"]), words.place(latest["worse_off"])
    gap = float(latest["gap_years"])
    limits = words.interval(latest["gap_lci_95"], latest["gap_uci_95"])
    return (
        f"**{who.capitalize()}** in {better} can expect **{words.number(abs(gap))} {'more' if gap >= 0 else 'fewer'} years** in "
        f"good health than {who} in {worse}{f' (95% interval {limits})' if limits else ''}."
    )


def about(one: Standing) -> dict[str, str]:
    """Return what belongs to the finding: which end moved, what the target needs, and where the gap is heading."""
    return {
        "Which end moved": ends_moved(one.answer),
        "Pace needed": need(one.answer),
        "So far": prospect(one.answer, one.outlook),
    }


def ends_moved(answer: Answer) -> str:
    """Return how far each end has moved since the baseline."""
    better, worse = words.place(answer.latest["better_off"]), words.place(answer.latest["worse_off"])
    rich, poor = float(answer.change.better_off_change), float(answer.change.worse_off_change)
    return f"since {answer.baseline['period']} {better} {words.moved(rich)} and {worse} {words.moved(poor)}."


def need(answer: Answer) -> str:
    """Return the target and the pace that it needs from here."""
    question = answer.question
    target = f"{words.years(answer.target_gap_years)} by {question.target_year}"
    if answer.required_pace >= 0:
        return f"the gap is already within the target of {target}."
    part = "half" if question.share_to_close == 0.5 else f"{1 - question.share_to_close:.0%} of"
    return (
        f"to come down to {part} the {baseline_gap(answer)}, which is {target}, the gap must narrow by "
        f"{words.pace(answer.required_pace)}."
    )


def baseline_gap(answer: Answer) -> str:
    """Return the baseline gap with its period: "4.8 years of 2011 to 2013"."""
    return f"{words.years(answer.baseline['gap_years'])} of {answer.baseline['period']}"


def prospect(answer: Answer, outlook: Outlook) -> str:
    """Return how the gap has moved, and what the model gives for reaching the target."""
    how = "widening" if outlook.pace > 0 else "narrowing"
    certain = outlook.pace_lci_95 > 0 or outlook.pace_uci_95 < 0
    moved = f"{how} by {words.number(abs(outlook.pace), 2)} years a year" if certain else "no clear trend"
    return (
        f"{moved} since {outlook.first_period}. A model of its ups and downs gives {words.chance(outlook.probability)} of "
        f"reaching {words.years(answer.target_gap_years)} by {answer.question.target_year}."
    )


def two_paces(answer: Answer) -> str:
    """Return why the pace that the gap needs and the pace that the poor end needs differ; "" where none is needed."""
    if answer.required_pace >= 0:
        return ""
    better, worse = words.place(answer.latest["better_off"]), words.place(answer.latest["worse_off"])
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
    """Return when the figures could show whether the required pace is being kept.

    Args:
        answer: numbers for one definition and sex.
        first: the first publication that could tell, or None where none within 60 years could.
    """
    if answer.required_pace >= 0:
        return "The latest gap already meets the target, so no pace is required."
    if first is None:
        return "No publication in the next 60 years could tell the required pace from standing still."
    return (
        f"If the gap now narrowed by the required {words.pace(answer.required_pace)}, the figures published in "
        f"**{first.published:%B %Y}** would be the first that could be expected to show it (with 4 chances in 5)."
    )


def latest_step(answer: Answer, vintages: pd.DataFrame) -> str:
    """Return what the newest release added, and how far it revised the gap of the period before.

    Args:
        answer: numbers for one definition and sex.
        vintages: table `vintages`; a definition that it lacks gets no word on revisions.
    """
    latest, before = answer.latest, answer.series.iloc[-2]
    sentence = (
        f"**{words.people(answer.sex).capitalize()}:** {latest['period']} came in with a gap of "
        f"{words.years(latest['gap_years'])}, after {words.number(before['gap_years'])} in {before['period']} (the two share "
        "two of three years)."
    )
    asked = [answer.question.definition_id, answer.sex, before["period"]]
    rows = columns(vintages, ("definition", "sex", "period", "release", "gap_years"))
    told = {release: gap for *one, release, gap in zip(*rows.values(), strict=True) if one == asked}
    if len(told) > 1:
        *_, old, new = sorted(told)
        revision = told[new] - told[old]
        # each end is published to one decimal at best, so less than 0.1 may be rounding
        sentence += (
            f" For {before['period']} the gap is unchanged, but for rounding, since the release of {words.day(old)}."
            if abs(revision) <= 0.1
            else f" For {before['period']} the gap was revised by {words.signed(revision)} years since the "
            f"release of {words.day(old)}."
        )
    return sentence
