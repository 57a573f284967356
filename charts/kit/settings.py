"""The line that prints on every chart which settings it depends on."""

from pipeline.answers.gap.answer import Answer, Question
from pipeline.measures.gap.path import RichEndRule

RULES: dict[RichEndRule, str] = {
    "held": "richest end held at its baseline value",
    "own-trend": "richest end follows its own trend, never below its baseline",
    "england": "richest end rises with England, never below its baseline",
}


def settings_line(answer: Answer) -> str:
    """Return definition with the names of its ends, baseline, target and release in one line."""
    latest = answer.latest
    ends = f"{latest['better_off']} minus {latest['worse_off']}"
    return f"{answer.question.definition.label} ({ends}). {question_line(answer.question)}"


def question_line(question: Question) -> str:
    """Return baseline and target of a question: "Baseline 2011 to 2013; target: close 50% by 2034."."""
    share = "half" if question.share_to_close == 0.5 else f"{question.share_to_close:.0%} of it"
    return (
        f"Baseline {question.baseline}. Target: {share} closed by {question.target_year} "
        f"(period {question.target_period.label})."
    )


def rule_line(question: Question) -> str:
    """Return the rule for the rich end as a sentence."""
    return f"Rule: {RULES[question.rule]}."


def file_name(*parts: str) -> str:
    """Return parts as one lower-case file name without blanks."""
    return "-".join(words for part in parts for words in part.lower().replace(",", "").split())
