"""The first screen's sentence: gap now, target, which end moved, and the pace that is needed."""

import pandas as pd

from charts import words
from pipeline.answer import Answer
from pipeline.measures.detection import FirstToTell
from pipeline.outlook import Outlook


def finding(answer: Answer) -> str:
    """Return one sentence about one sex, in Markdown."""
    latest, baseline = answer.latest, answer.baseline
    who = words.people(answer.sex)
    better, worse = words.place(latest["better_off"]), words.place(latest["worse_off"])
    gap = words.with_interval(latest["gap_years"], latest["gap_lci_95"], latest["gap_uci_95"])
    return (
        f"**{who.capitalize()}** in {better} can expect **{gap} more years** in good health than {who} in {worse}; "
        f"since {baseline['period']} {better} "
        f"{words.moved(float(answer.change.better_off_change))} and {worse} "
        f"{words.moved(float(answer.change.worse_off_change))}, and {_need(answer)}."
    )


def _need(answer: Answer) -> str:
    question = answer.question
    target = f"{words.years(answer.target_gap_years)} by {question.target_year}"
    if answer.required_pace >= 0:
        return f"the gap is already within the target of {target}"
    part = "halving" if question.share_to_close == 0.5 else f"closing {question.share_to_close:.0%} of"
    return f"{part} the gap of {baseline_gap(answer)} to {target} would mean narrowing it by {words.pace(answer.required_pace)}"


def baseline_gap(answer: Answer) -> str:
    """Return the baseline gap with its period: "4.8 years in 2011 to 2013"."""
    return f"{words.years(answer.baseline['gap_years'])} in {answer.baseline['period']}"


def prospect(answer: Answer, outlook: Outlook) -> str:
    """Return what the model gives for reaching the target, as one sentence."""
    how = "widening" if outlook.pace > 0 else "narrowing"
    certain = outlook.pace_lci_95 > 0 or outlook.pace_uci_95 < 0
    moved = (
        f"has been {how} by {words.number(abs(outlook.pace), 2)} years a year"
        if certain
        else "has shown no clear trend"
    )
    return (
        f"The gap {moved} since {outlook.first_period}; a model of its ups and downs gives {words.chance(outlook.probability)} "
        f"of reaching {words.years(answer.target_gap_years)} by {answer.question.target_year}."
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
    same = vintages[
        (vintages["definition"] == answer.question.definition_id)
        & (vintages["sex"] == answer.sex)
        & (vintages["period"] == before["period"])
    ].sort_values("release")
    if len(same) > 1:
        old, new = same.iloc[-2], same.iloc[-1]
        revision = new["gap_years"] - old["gap_years"]
        # each end is published to one decimal at best, so less than 0.1 may be rounding
        sentence += (
            f" For {before['period']} the gap is unchanged, but for rounding, since the release of "
            f"{words.day(str(old['release']))}."
            if abs(revision) <= 0.1
            else f" For {before['period']} the gap was revised by {words.signed(revision)} years since the "
            f"release of {words.day(str(old['release']))}."
        )
    return sentence
