"""The line on every chart that names the settings it depends on."""

from charts.kit import words
from pipeline.answers.gap.answer import Answer
from pipeline.answers.gap.question import Question
from pipeline.measures.gap.path import RichEndRule

RULES: dict[RichEndRule, str] = {
    "held": "richest end held at its baseline value",
    "own-trend": "richest end follows its own trend, never below its baseline",
    "england": "richest end rises with England, never below its baseline",
}


def settings_line(answer: Answer) -> str:
    """Definition with the names of its ends, baseline and target."""
    latest = answer.latest
    ends = f"{words.place(latest['better_off'])} minus {words.place(latest['worse_off'])}"
    return f"{answer.question.definition.label} ({ends}). {question_line(answer.question)}"


def question_line(question: Question) -> str:
    """Baseline and target: "Baseline 2011 to 2013. Target: half closed by 2034 (period 2032 to 2034)."."""
    share = "half" if question.share_to_close == 0.5 else f"{question.share_to_close:.0%} of it"
    return (
        f"Baseline {question.baseline}. Target: {share} closed by {question.target_year} "
        f"(period {question.target_period.label})."
    )


def rule_line(question: Question) -> str:
    """What the richest end is assumed to do."""
    return f"Rule: {RULES[question.rule]}."
