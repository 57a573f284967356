"""Claims that the worked numbers in docs/methods.md, sections 1, 2, 4, 5, 6, 7 and 10, are what the code gives.

A worked number is followed by an HTML comment of the form `check: NAME = VALUE`. VALUE must stand in the prose
before the comment, and the code's answer, rounded as VALUE is, must be VALUE. A word must be the code's own.
"""

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from scipy.optimize import minimize

from pipeline.measures.difference import ends_change, interval_from_standard_error, levelling_up_gap
from pipeline.measures.gap.floor import areas_below_floor, fastest_sustained_rise
from pipeline.measures.gap.path import PoorEndTask, poor_end_task, required_pace, target_gap
from pipeline.measures.gap.verdict import course, direction
from pipeline.measures.places.places import deprivation_residual, noise_adjusted_spread, rank_uncertainty
from pipeline.measures.trend.detection import first_to_tell, smallest_detectable_change
from pipeline.measures.trend.forecast import Forecast, YearsToReach, forecast, probability_at_most, years_to_reach
from pipeline.measures.trend.trend import (
    Pace,
    gap_covariance,
    non_overlapping_pace,
    observed_pace,
    process_covariance,
    sampling_covariance,
    wandering_covariance,
)
from pipeline.measures.trend.variances import WanderingVariances, pooled_variances
from tests.measures.exact_contrasts import exact_log_likelihood
from tests.measures.regional_figures import MID_POINTS, PRE_PANDEMIC, Z_95, authorities, ends, nine_regions
from tests.measures.simulated_series import false_alarm_rate, ordinary_false_alarm_rate, series_without_a_slope

DOCUMENT = (Path(__file__).parents[2] / "docs" / "methods.md").read_text(encoding="utf-8")
SECTIONS = {1, 2, 4, 5, 6, 7, 10}
COMMENT = re.compile(r"<!-- check: (?P<name>\S+) = (?P<value>[^>]+?) -->")
LATEST, TARGET = 2023.5, 2033.5
EVERY_PERIOD = slice(None)


def sections() -> str:
    parts = re.split(r"(?m)^## (?=\d+\. )", DOCUMENT)
    return "\n".join(part for part in parts[1:] if int(part.split(".")[0]) in SECTIONS)


@cache
def variances(*, drift: bool = True) -> WanderingVariances:
    return pooled_variances(*nine_regions(), MID_POINTS, drift=drift)


@cache
def covariance(sex: str, better: str) -> np.ndarray:
    pair = ends(sex, better)
    return gap_covariance(pair.better_se, pair.worse_se, MID_POINTS)


def with_sigma(sigma: float) -> WanderingVariances:
    return WanderingVariances(sigma=sigma, tau=variances().tau, drift=True)


def gap_interval(sex: str, better: str) -> tuple[float, float]:
    pair = ends(sex, better)
    lower, upper = interval_from_standard_error(pair.gap, pair.gap_se)
    return float(lower[-1]), float(upper[-1])


def change():
    pair = ends("male")
    return ends_change(
        better_off_start=pair.better[0],
        better_off_end=pair.better[-1],
        worse_off_start=pair.worse[0],
        worse_off_end=pair.worse[-1],
    )


def pace(sex: str, better: str = "South East", *, wandering: bool = False) -> Pace:
    pair = ends(sex, better)
    S = covariance(sex, better)
    if wandering:
        S = S + 2 * variances().sigma ** 2 * process_covariance(MID_POINTS, MID_POINTS, MID_POINTS[0] - 1)
    return observed_pace(pair.gap, pair.gap_se, MID_POINTS, S, nugget_variance=2 * variances().tau ** 2)


def four_periods(sex: str) -> Pace:
    pair = ends(sex)
    return non_overlapping_pace(pair.gap, pair.gap_se, MID_POINTS)


def generalised_slope_men() -> float:
    """Generalised least squares with overlap alone, the slope that the document argues against."""
    pair = ends("male")
    X = np.column_stack([np.ones(12), MID_POINTS - MID_POINTS.mean()])
    weighted = np.linalg.solve(sampling_covariance(pair.gap_se, MID_POINTS), X)
    return float(np.linalg.solve(X.T @ weighted, weighted.T @ pair.gap)[1])


def ahead(
    sex: str, model: WanderingVariances | None = None, *, better: str = "South East", periods: slice = EVERY_PERIOD
) -> Forecast:
    return forecast(
        ends(sex, better).gap[periods],
        covariance(sex, better)[periods, periods],
        MID_POINTS[periods],
        [TARGET],
        variances=model or variances(),
    )


def half_width(found: Forecast) -> float:
    return float(Z_95 * found.gap_se[0])


def p_half(found: Forecast, sex: str, *, better: str = "South East", baseline: int = -1) -> float:
    return float(probability_at_most(ends(sex, better).gap[baseline] / 2, found.gap_years, found.gap_se)[0])


def years(sex: str) -> YearsToReach:
    gap = ends(sex).gap[-1]
    return years_to_reach(gap, gap / 2, pace(sex).pace_years_per_year, pace(sex).pace_se)


@cache
def exact_sigma() -> float:
    found = minimize(
        lambda v: -exact_log_likelihood(*np.sqrt(v), drift=True),
        x0=[0.01, 0.02],
        method="Nelder-Mead",
        bounds=[(0, 1)] * 2,
        options={"xatol": 1e-6, "fatol": 1e-8},
    )
    return float(np.sqrt(found.x[0]))


def pre_pandemic_sigma() -> float:
    values, standard_errors = (a[..., PRE_PANDEMIC] for a in nine_regions())
    return pooled_variances(values, standard_errors, MID_POINTS[PRE_PANDEMIC], drift=True).sigma


def london_task() -> PoorEndTask:
    pair = ends("male", "London")
    return poor_end_task(
        rich_end_at_target=pair.better[0],
        baseline_gap=pair.gap[0],
        poor_end=pair.worse[-1],
        from_mid_point=LATEST,
        target_mid_point=TARGET,
    )


def authorities_below_floor() -> int:
    hle, _, _ = authorities("male")
    return areas_below_floor(hle, np.ones_like(hle), float(london_task().target_years)).area_count


def fastest_region(position: int) -> float:
    values, standard_errors = nine_regions()
    return fastest_sustained_rise(values[position], standard_errors[position], MID_POINTS).pace_years_per_year


def first_told():
    pair = ends("male")
    goal = target_gap(pair.gap[-1])
    needed = required_pace(pair.gap[-1], goal, from_mid_point=LATEST, target_mid_point=TARGET)
    return first_to_tell(
        float(needed), gap_se=pair.gap_se[-1], from_mid_point=LATEST, nugget_variance=2 * variances().tau ** 2
    )


def wandering_aware(sex: str, better: str) -> Pace:
    pair, spread = ends(sex, better), variances(drift=False)
    wandering = wandering_covariance(MID_POINTS, sigma=spread.sigma, tau=spread.tau, squared_weights=2.0)
    return observed_pace(pair.gap, pair.gap_se, MID_POINTS, covariance(sex, better) + wandering)


def z(found: Pace) -> float:
    return float(found.pace_years_per_year / found.pace_se)


def direction_word(sex: str, better: str) -> str:
    found = wandering_aware(sex, better)
    return direction(pace_lci_95=float(found.pace_lci_95), pace_uci_95=float(found.pace_uci_95))


def course_word(better: str) -> str:
    pair = ends("male", better)
    return course(
        p_reached_now=float(probability_at_most(pair.gap[-1] / 2, pair.gap[-1], pair.gap_se[-1])),
        p_reached_by_target=p_half(ahead("male", better=better), "male", better=better),
    )


def extreme_tenths_men() -> float:
    hle = np.sort(authorities("male")[0])
    return float(hle[-15:].mean() - hle[:15].mean())


def spread(sex: str):
    return noise_adjusted_spread(*authorities(sex)[:2])


def median_width(sex: str) -> float:
    return float(2 * Z_95 * np.median(authorities(sex)[1]))


def residual_men():
    return deprivation_residual(*authorities("male"))


def median_rank_width() -> float:
    found = rank_uncertainty(*authorities("male")[:2], generator=np.random.default_rng(20260219))
    return float(np.median(found.rank_uci_95 - found.rank_lci_95))


def false_alarm_percent() -> float:
    values, se = series_without_a_slope(20_000)
    found = observed_pace(values, se, MID_POINTS, sampling_covariance(se, MID_POINTS))
    return 100 * false_alarm_rate(found.pace_years_per_year, found.pace_se)


WORKED: dict[str, Callable[[], float | str]] = {
    "se-north-east-men": lambda: ends("male").worse_se[-1],
    "gap-london-north-east-men": lambda: ends("male", "London").gap[-1],
    "gap-se-london-north-east-men": lambda: ends("male", "London").gap_se[-1],
    "gap-lower-london-north-east-men": lambda: gap_interval("male", "London")[0],
    "gap-upper-london-north-east-men": lambda: gap_interval("male", "London")[1],
    "gap-london-north-east-women": lambda: ends("female", "London").gap[-1],
    "gap-first-south-east-north-east-men": lambda: ends("male").gap[0],
    "gap-south-east-north-east-men": lambda: ends("male").gap[-1],
    "gap-first-south-east-north-east-women": lambda: ends("female").gap[0],
    "gap-south-east-north-east-women": lambda: ends("female").gap[-1],
    "gap-first-london-north-east-men": lambda: ends("male", "London").gap[0],
    "gap-first-london-north-east-women": lambda: ends("female", "London").gap[0],
    "extreme-tenths-men": extreme_tenths_men,
    "gap-change-men": lambda: change().gap_change,
    "south-east-change-men": lambda: change().better_off_change,
    "north-east-change-men": lambda: change().worse_off_change,
    "levelling-up-gap-men": lambda: levelling_up_gap(ends("male").better, ends("male").worse)[-1],
    "levelling-up-gap-women": lambda: levelling_up_gap(ends("female").better, ends("female").worse)[-1],
    "ols-false-alarm-percent": lambda: 100 * ordinary_false_alarm_rate(series_without_a_slope(20_000)[0]),
    "corrected-false-alarm-percent": false_alarm_percent,
    "gls-pace-men": generalised_slope_men,
    "pace-se-with-wandering-men": lambda: pace("male", wandering=True).pace_se,
    "pace-men": lambda: pace("male").pace_years_per_year,
    "pace-se-men": lambda: pace("male").pace_se,
    "naive-se-men": lambda: pace("male").naive_se,
    "pace-lower-men": lambda: pace("male").pace_lci_95,
    "pace-upper-men": lambda: pace("male").pace_uci_95,
    "pace-women": lambda: pace("female").pace_years_per_year,
    "pace-se-women": lambda: pace("female").pace_se,
    "naive-se-women": lambda: pace("female").naive_se,
    "four-periods-pace-men": lambda: four_periods("male").pace_years_per_year,
    "four-periods-pace-women": lambda: four_periods("female").pace_years_per_year,
    "pace-london-men": lambda: pace("male", "London").pace_years_per_year,
    "pace-lower-london-men": lambda: pace("male", "London").pace_lci_95,
    "pace-london-women": lambda: pace("female", "London").pace_years_per_year,
    "pace-lower-london-women": lambda: pace("female", "London").pace_lci_95,
    "sigma-with-drift": lambda: variances().sigma,
    "tau-with-drift": lambda: variances().tau,
    "sigma-without-drift": lambda: variances(drift=False).sigma,
    "tau-without-drift": lambda: variances(drift=False).tau,
    "sigma-exact-contrasts": exact_sigma,
    "sigma-pre-pandemic": pre_pandemic_sigma,
    "forecast-men": lambda: ahead("male").gap_years[0],
    "forecast-half-width-men": lambda: half_width(ahead("male")),
    "forecast-women": lambda: ahead("female").gap_years[0],
    "forecast-half-width-women": lambda: half_width(ahead("female")),
    "p-half-latest-men": lambda: p_half(ahead("male"), "male"),
    "p-half-latest-women": lambda: p_half(ahead("female"), "female"),
    "p-half-first-men": lambda: p_half(ahead("male"), "male", baseline=0),
    "forecast-no-drift-men": lambda: ahead("male", variances(drift=False)).gap_years[0],
    "forecast-half-width-no-drift-men": lambda: half_width(ahead("male", variances(drift=False))),
    "half-width-small-sigma-men": lambda: half_width(ahead("male", with_sigma(0.05))),
    "p-small-sigma-men": lambda: p_half(ahead("male", with_sigma(0.05)), "male"),
    "half-width-large-sigma-men": lambda: half_width(ahead("male", with_sigma(0.154))),
    "p-large-sigma-men": lambda: p_half(ahead("male", with_sigma(0.154)), "male"),
    "half-width-pre-pandemic-men": lambda: half_width(ahead("male", periods=PRE_PANDEMIC)),
    "years-to-halve-men": lambda: years("male").years,
    "p-never-men": lambda: years("male").p_never,
    "years-to-halve-tenth-men": lambda: years("male").quantiles[0],
    "p-never-women": lambda: years("female").p_never,
    "discount-for-levelling-down-men": lambda: -change().better_off_change,
    "target-london-men": lambda: target_gap(ends("male", "London").gap[0]),
    "required-pace-london-men": lambda: required_pace(
        ends("male", "London").gap[-1],
        target_gap(ends("male", "London").gap[0]),
        from_mid_point=LATEST,
        target_mid_point=TARGET,
    ),
    "poor-end-target-men": lambda: london_task().target_years,
    "poor-end-rise-men": lambda: london_task().rise_years,
    "poor-end-pace-men": lambda: london_task().pace_years_per_year,
    "authorities-below-floor-men": authorities_below_floor,
    "fastest-region-men": lambda: fastest_region(1),
    "fastest-region-women": lambda: fastest_region(0),
    "detectable-change-men": lambda: smallest_detectable_change(ends("male").gap_se[-1]),
    "detectable-change-with-power-men": lambda: smallest_detectable_change(ends("male").gap_se[-1], 0.8),
    "first-to-tell-men": lambda: first_told().published.year,
    "first-to-tell-count-men": lambda: first_told().period_count,
    "p-half-london-men": lambda: p_half(ahead("male", better="London"), "male", better="London"),
    "course-london-men": lambda: course_word("London"),
    "direction-london-women": lambda: direction_word("female", "London"),
    "direction-london-men": lambda: direction_word("male", "London"),
    "z-sampling-women": lambda: z(pace("female", "London")),
    "z-sampling-men": lambda: z(pace("male", "London")),
    "z-wandering-women": lambda: z(wandering_aware("female", "London")),
    "z-wandering-men": lambda: z(wandering_aware("male", "London")),
    "median-width-men": lambda: median_width("male"),
    "median-width-women": lambda: median_width("female"),
    "raw-range-men": lambda: spread("male").raw_range_years,
    "raw-range-women": lambda: spread("female").raw_range_years,
    "adjusted-range-men": lambda: spread("male").adjusted_range_years,
    "adjusted-range-women": lambda: spread("female").adjusted_range_years,
    "median-rank-width-men": median_rank_width,
    "deprivation-slope-men": lambda: -residual_men().slope_years_per_point,
    "beyond-196-men": lambda: np.sum(np.abs(residual_men().residual_z) > Z_95),
    "standing-out-men": lambda: int(residual_men().stands_out.sum()),
}
CHECKS = [(m["name"], m["value"]) for m in COMMENT.finditer(sections())]


@pytest.mark.parametrize(("name", "value"), CHECKS, ids=[name for name, _ in CHECKS])
def test_a_worked_number_in_the_document_is_what_the_code_gives(name, value):
    answer = WORKED[name]()
    if isinstance(answer, str):
        assert answer == value
        return
    decimals = len(value.partition(".")[2])
    assert float(answer) == pytest.approx(float(value), abs=0.5 * 10**-decimals + 1e-9)


def test_every_answer_is_used_in_the_document_once():
    assert sorted(name for name, _ in CHECKS) == sorted(WORKED)


def test_every_checked_value_stands_in_the_paragraph_before_its_comment():
    for paragraph in re.split(r"\n\s*\n", sections()):
        for comment in COMMENT.finditer(paragraph):
            prose = COMMENT.sub("", paragraph[: comment.start()])
            assert comment["value"] in re.sub(r"[\s*]+", " ", prose), comment["name"]
