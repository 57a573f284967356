"""The three tables of the promise, from where every gap is and where it is heading."""

from collections.abc import Mapping, Sequence

import pandas as pd

from pipeline.answers.gap.evidence import Evidence
from pipeline.answers.gap.outlook import Standing
from pipeline.assemble.promise.milestones import milestones
from pipeline.assemble.promise.readings import readings
from pipeline.assemble.promise.verdict_history import verdict_history
from pipeline.measures.trend.candidates import Fits


def promise_tables(
    standings: Sequence[Standing], evidence: Evidence, fits: Mapping[int, Fits]
) -> dict[str, pd.DataFrame]:
    """Tables `readings`, `milestones` and `verdict_history`.

    Args:
        standings: of every definition and sex at the default settings.
        evidence: what the forecasts rest on.
        fits: variances by the last year that they were fitted to (`Regions.fits_by_year`).
    """
    answers = [one.answer for one in standings]
    return {
        "readings": readings(standings, evidence),
        "milestones": milestones(answers, evidence),
        "verdict_history": verdict_history(answers, evidence, fits),
    }
