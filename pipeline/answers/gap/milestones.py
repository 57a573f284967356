"""What to look for in each publication until the target, for the settings of a question."""

import numpy as np
import pandas as pd

from pipeline.answers.gap.answer import Answer
from pipeline.answers.gap.evidence import Evidence
from pipeline.answers.gap.question import period_at
from pipeline.answers.gap.seen_gap import SeenGap
from pipeline.errors import UsageError
from pipeline.measures.trend.milestones import milestones
from pipeline.measures.trend.rolling import publication_month


def milestones_of(answer: Answer, evidence: Evidence) -> pd.DataFrame:
    """Per publication: year, period, values of the path from now and from the baseline, ranges, limits, chance.

    The errors of the latest figure are taken to stay as they are. The limits are the last figures to one decimal, as HLE
    is published, that still fit the path and that still fit no change.

    Raises:
        UsageError: the gap is at its target already.
    """
    if answer.required_pace >= 0:
        raise UsageError(
            "The gap is at its target already, so there is no path to follow.", do="Choose another target."
        )
    latest = answer.latest
    times = np.arange(latest["mid_point"], answer.question.target_period.midpoint_year + 0.5)
    steady = SeenGap.of(pd.DataFrame([latest] * len(times)).assign(mid_point=times))
    spread = evidence.fits.no_drift
    found = milestones(
        latest["gap_years"],
        answer.required_pace,
        covariance=steady.covariance,
        mid_points=times,
        sigma=spread.sigma,
        tau=spread.tau,
        squared_weights=evidence.ends_of(answer.question.definition_id).total,
    )
    periods = [period_at(time) for time in times[1:]]
    line = answer.path.set_index("mid_point")["path_gap_years"]
    return pd.DataFrame(
        {
            "publication_year": [publication_month(time).year for time in times[1:]],
            "period": [one.label for one in periods],
            "period_start": [one.start for one in periods],
            "period_end": [one.end for one in periods],
            **vars(found),
            "highest_on_path": found.path_uci_95.round(1),
            "lowest_no_change": found.no_change_lci_95.round(1),
            "path_since_baseline_years": line.loc[times[1:]].to_numpy(),
        }
    )
