"""What to look for in each publication until the target, at the default settings."""

import pandas as pd

from pipeline.answers.gap.answer import Answer
from pipeline.answers.gap.evidence import Evidence
from pipeline.answers.gap.milestones import milestones_of


def milestones(answers: list[Answer], evidence: Evidence) -> pd.DataFrame:
    """Table `milestones`, from the answers at the default settings; a gap that is at its target has no rows."""
    return pd.concat(
        [
            milestones_of(one, evidence).assign(definition=one.question.definition_id, sex=one.sex)
            for one in answers
            if one.required_pace < 0
        ],
        ignore_index=True,
    )
