"""The first screen's sentence: gap now, target, which end moved, and the pace that is needed."""

from charts import words
from pipeline.answer import Answer


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
    return f"{part} the gap of {baseline_gap(answer)} to {target} would mean closing it by {words.pace(answer.required_pace)}"


def baseline_gap(answer: Answer) -> str:
    """Return the baseline gap with its period: "4.8 years in 2011 to 2013"."""
    return f"{words.years(answer.baseline['gap_years'])} in {answer.baseline['period']}"
