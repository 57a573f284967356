"""A valid call of every public function of the forecasts; many take records of their own, made here."""

from typing import Any

import numpy as np

from pipeline.measures.trend.candidates import Fits, GapSeries, fit_candidates
from pipeline.measures.trend.conditional import JointNormal
from pipeline.measures.trend.default_forecast import RecordSummary
from pipeline.measures.trend.ends import GapEnds
from pipeline.measures.trend.prediction import NormalMixture
from pipeline.measures.trend.record import Scored
from pipeline.measures.trend.two_sex_process import VarianceSets

PERIODS = np.arange(2012.5, 2020.5)
SEEN, AHEAD = PERIODS[:6], PERIODS[6:]
AREAS = 60 + np.random.default_rng(3).normal(0, 1, (2, 3, 8)) + np.array([0.0, 2.0, 4.0])[:, None]
ERRORS = np.full_like(AREAS, 0.4)
GAPS = AREAS[:, 2] - AREAS[:, 0]
COVARIANCE = np.maximum(0, 1 - np.abs(SEEN[:, None] - SEEN) / 3) * 0.3
ENDS = GapEnds(ordinary=1.0, apart=1.0)
FITS: Fits = fit_candidates(AREAS, ERRORS, PERIODS, apart=2)
SERIES = {"gap": GAPS[:, :6], "covariance": np.stack([COVARIANCE] * 2), "mid_points": SEEN, "asked_mid_points": AHEAD}
MIXTURE = NormalMixture(np.array([0.4, 0.6]), np.array([[1.0, 2.0], [1.5, 2.5]]), np.array([[0.5, 0.6], [0.4, 0.3]]))
SETS = VarianceSets(**{name: np.array([0.1, 0.2]) for name in ("sigma", "omega", "rho", "tau", "scale_apart")})
RECORD = [
    RecordSummary(candidate_id=name, crps=crps, coverage_80=0.8, coverage_95=0.95, crps_default_pair=1.0)
    for name, crps in (("two-sex", 0.5), ("last-value", 0.6))
]
ONE_SCORE = np.full((1, 2, 2), 0.5)
SCORED = [
    Scored(candidate_id="last-value", origin=4, pairs=((0, 1),), periods=(6, 7), forecast=ONE_SCORE, sd=ONE_SCORE,
           outcome=ONE_SCORE, crps=ONE_SCORE, in_80=ONE_SCORE < 1, in_95=ONE_SCORE < 1)
]  # fmt: skip

FORECAST_ARGUMENTS: dict[str, dict[str, Any]] = {
    "trend.candidates.fit_candidates": {"values": AREAS, "standard_errors": ERRORS, "mid_points": PERIODS, "apart": 2},
    "trend.candidates.predict": {"candidate_id": "two-sex", "series": GapSeries(**SERIES, ends=ENDS), "fits": FITS},
    "trend.conditional.conditional": {
        "y": GAPS[0, :6],
        "joint": JointNormal(seen=COVARIANCE + np.eye(6), across=np.full((2, 6), 0.1), asked=np.eye(2),
                             design=np.column_stack([np.ones(6), SEEN]),
                             design_asked=np.column_stack([np.ones(2), AHEAD])),
    },
    "trend.default_forecast.default_forecast": {"record": RECORD},
    "trend.ends.ends_of_pair": {"first": 0, "second": 1, "apart": 1},
    "trend.ends.ends_of_weights": {"weights": np.array([0.5, 0.5, -1.0]), "apart": 0},
    "trend.forecast.forecast": {
        "gap": GAPS[:, :6], "covariance": COVARIANCE, "mid_points": SEEN, "future_mid_points": AHEAD,
        "variances": FITS.drift, "ends": 2.0,
    },
    "trend.forecast.wandering_prediction": SERIES | {"variances": FITS.shrunken_drift, "ends": 2.0},
    "trend.forecast.probability_at_most": {"goal": 2.0, "mean": 3.0, "standard_error": 0.5},
    "trend.forecast.years_to_reach": {"gap": 6.0, "goal": 3.0, "pace": -0.2, "pace_se": 0.1, "probabilities": [0.1, 0.5]},
    "trend.record.forecast_record": {"values": AREAS, "standard_errors": ERRORS, "mid_points": PERIODS, "apart": 2},
    "trend.record.summaries": {"record": SCORED, "default_pair": (0, 1)},
    "trend.rules_of_thumb.mean_of_last": SERIES | {"nugget_variance": 0.02, "count": 3},
    "trend.rules_of_thumb.least_squares_line": SERIES,
    "trend.scoring.score": {"forecast": MIXTURE, "outcome": np.array([1.0, 2.0])},
    "trend.two_sex_forecast.two_sex_forecast": SERIES | {"variances": FITS.two_sex, "ends": ENDS},
    "trend.two_sex_process.process_of_sexes": {
        "first": SEEN, "second": AHEAD, "sets": SETS, "ends": ENDS, "sexes": 2, "origin": 2011.5,
    },
    "trend.two_sex_process.one_block": {"covariance": np.stack([COVARIANCE] * 2)},
    "trend.two_sex_variances.integrated_variances": {
        "values": AREAS, "standard_errors": ERRORS, "mid_points": PERIODS, "apart": 2,
    },
    "trend.variances.movement_covariance": {"first": SEEN, "second": AHEAD, "origin": 2011.5, "variances": FITS.drift},
    "trend.variances.design": {"mid_points": SEEN, "origin": 2011.5, "drift": True},
    "trend.variances.deviations_from_common_movement": {"values": AREAS},
    "trend.variances.pooled_variances": {
        "values": AREAS, "standard_errors": ERRORS, "mid_points": PERIODS, "drift": False, "shrunken": True,
    },
}  # fmt: skip
"""Name of a function -> the arguments of a call that has an answer."""
FORECAST_PARTS = {
    **dict.fromkeys(["gap", "means", "outcome", "goal", "mean", "pace", "origin", "y"], "any shape"),
    **dict.fromkeys(["across", "design", "design_asked", "values", "forecast"], "signed"),
    **dict.fromkeys(["asked_mid_points", "future_mid_points", "mid_points", "first", "second"], "alone"),
    **dict.fromkeys(["standard_error", "pace_se"], "positive, any shape"),
    "probabilities": "alone",
    "on_bound": "said only",
    "candidate_id": "said only",
}
"""Argument, or part of a record -> the part that it plays (see `tests.measures.test_bad_input.RIGHT_ANSWERS`)."""
