"""The promise from every side: readings, milestones and verdict history agree with arithmetic done year by year."""

from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from scipy.stats import norm

from pipeline.assemble.forecast_record import regions_of
from pipeline.measures.trend.variances import pooled_variances
from tests.pipeline.processed import processed

YEARS = np.arange(2011, 2035)
BEFORE_THE_PANDEMIC = 2019


def period_means(starts: np.ndarray) -> np.ndarray:
    """Rows that average the three years of each period."""
    return np.array([np.isin(YEARS, [start, start + 1, start + 2]) / 3 for start in starts])


def of_walk(starts: np.ndarray, others: np.ndarray) -> np.ndarray:
    """Covariance of period means of a random walk with yearly steps of variance 1."""
    walk = np.tril(np.ones((len(YEARS), len(YEARS))))
    return period_means(starts) @ walk @ walk.T @ period_means(others).T


def of_sampling(starts: np.ndarray, se: np.ndarray) -> np.ndarray:
    """Covariance of sampling errors: periods share the errors of the years they share."""
    return 3 * period_means(starts) @ period_means(starts).T * np.outer(se, se)


def gap_sampling(rows: pd.DataFrame) -> np.ndarray:
    starts, ends = rows["period_start"].to_numpy(), rows[["better_off_se", "worse_off_se"]]
    errors = [rows["model_se"]] if ends.isna().any(axis=None) else [ends[name] for name in ends]
    return sum(of_sampling(starts, one.to_numpy()) for one in errors)


def drift_forecast(rows: pd.DataFrame, asked: np.ndarray, sigma: float, tau: float) -> tuple[np.ndarray, np.ndarray]:
    """Mean and covariance of the true gap of the periods asked for: straight line and random walk, two ends."""
    starts = rows["period_start"].to_numpy()
    seen = gap_sampling(rows) + 2 * (sigma**2 * of_walk(starts, starts) + tau**2 * np.eye(len(starts)))
    lines, lines_asked = (np.column_stack([np.ones(len(at)), at - 2011.0]) for at in (starts, asked))
    weights = np.linalg.inv(seen)
    spread = np.linalg.inv(lines.T @ weights @ lines)
    line = spread @ lines.T @ weights @ rows["gap_years"].to_numpy()
    pull = 2 * sigma**2 * of_walk(asked, starts) @ weights
    mean = lines_asked @ line + pull @ (rows["gap_years"].to_numpy() - lines @ line)
    left = lines_asked - pull @ lines
    covariance = 2 * sigma**2 * (of_walk(asked, asked) - pull @ of_walk(starts, asked)) + left @ spread @ left.T
    return mean, covariance


@pytest.fixture(scope="module")
def gaps() -> dict[tuple[str, str], pd.DataFrame]:
    table = processed("gaps").sort_values("period_start")
    return dict(iter(table.groupby(["definition", "sex"])))


def fitted(model: str, periods: str = "all") -> tuple[float, float]:
    row = processed("forecast_variances").query("model == @model and periods == @periods").iloc[0]
    return row["sigma_years"], row["tau_years"]


def exact_chances(gaps, last_year: int) -> np.ndarray:
    """P(gap <= half the published baseline gap) under drift for every reading, from periods up to a year."""
    sigma, tau = fitted("drift")
    asked = np.arange(2025, 2033)
    chances = []
    for rows in gaps.values():
        mean, covariance = drift_forecast(rows[rows["period_end"] <= last_year], asked, sigma, tau)
        halves = rows["gap_years"].to_numpy()[:-1, None] / 2
        chances.append(norm.cdf((halves - mean) / np.sqrt(np.diag(covariance))).ravel())
    return np.concatenate(chances)


def test_there_are_1344_readings_and_none_is_on_course_by_any_forecast() -> None:
    readings = processed("readings")
    courses = readings.filter(like="course_")
    assert len(readings) == 1344
    assert courses.shape[1] == 6
    assert not courses.isin(["On course", "Halved"]).any(axis=None)


def test_with_the_trend_the_highest_chance_of_a_reading_is_0_045_and_0_59_from_periods_before_the_pandemic(
    gaps,
) -> None:
    now, before = exact_chances(gaps, 2024), exact_chances(gaps, BEFORE_THE_PANDEMIC)
    assert len(now) == len(before) == 1344
    assert now.max() == pytest.approx(0.045, abs=0.0005)
    assert before.max() == pytest.approx(0.59, abs=0.005)
    assert int((before >= 0.25).sum()) == 242


@pytest.mark.parametrize("sex", ["female", "male"])
def test_readings_of_the_default_definition_under_drift_are_those_of_a_forecast_worked_out_year_by_year(
    gaps, sex
) -> None:
    rows = gaps["income-regions", sex]
    baselines, targets = rows["period_start"].to_numpy()[:-1], np.arange(2025, 2033)
    mean, C = drift_forecast(rows, np.concatenate([baselines, targets]), *fitted("drift"))
    now, then = np.s_[: len(baselines)], np.s_[len(baselines) :]
    variance = np.diag(C)[then] - C[now, then] + np.diag(C)[now, None] / 4
    chances = norm.cdf((mean[now, None] / 2 - mean[then]) / np.sqrt(variance))
    held = processed("readings").query("definition == 'income-regions' and sex == @sex")
    held = held.pivot(index="baseline_period", columns="target_year", values="probability_drift")
    assert held.to_numpy() == pytest.approx(chances, abs=0.0002)


def test_the_reading_at_the_default_settings_is_the_verdict() -> None:
    readings, verdicts = processed("readings"), processed("verdicts")
    both = readings[readings["target_year"] == 2034].merge(verdicts, on=["definition", "sex", "baseline_period"])
    assert len(both) == 16
    assert both["probability_two_sex"].to_numpy() == pytest.approx(both["probability"].to_numpy(), abs=0.0001)
    assert both["course_two_sex"].tolist() == both["course"].tolist()
    assert both["direction_x"].tolist() == both["direction_y"].tolist()


def test_milestones_of_women_start_at_6_0_years_and_end_at_1_8_in_february_2036() -> None:
    rows = processed("milestones").query("definition == 'income-regions' and sex == 'female'")
    assert rows["publication_year"].tolist() == list(range(2027, 2037))
    assert rows["path_years"].to_numpy() == pytest.approx(np.linspace(6.0 - 0.42, 1.8, 10), abs=0.001)
    assert rows["path_since_baseline_years"].iloc[0] == pytest.approx(3.6 - 1.8 * 12 / 21, abs=0.001)


def test_the_range_of_a_milestone_is_that_of_the_change_between_two_published_figures(gaps) -> None:
    latest = gaps["income-regions", "female"].iloc[[-1, -1]].assign(period_start=[2022, 2025])
    sigma, tau = fitted("no-drift")
    starts = latest["period_start"].to_numpy()
    C = gap_sampling(latest) + 2 * (sigma**2 * of_walk(starts, starts) + tau**2 * np.eye(2))
    reach = 1.959964 * np.sqrt([1, -1] @ C @ [1, -1])
    row = processed("milestones").query(
        "definition == 'income-regions' and sex == 'female' and publication_year == 2029"
    )
    assert row["no_change_lci_95"].item() == pytest.approx(6.0 - reach, abs=0.001)
    assert row["path_uci_95"].item() == pytest.approx(6.0 - 3 * 0.42 + reach, abs=0.001)


def test_the_newest_row_of_the_history_is_the_verdict_of_today() -> None:
    history = processed("verdict_history").groupby(["definition", "sex"], as_index=False).last()
    both = history.merge(processed("verdicts"), on=["definition", "sex"])
    assert len(both) == 16
    for name in ("course", "direction"):
        assert both[f"{name}_x"].tolist() == both[f"{name}_y"].tolist()
    assert both["probability_x"].to_numpy() == pytest.approx(both["probability_y"].to_numpy(), abs=0.0001)


def test_the_direction_before_the_pandemic_is_that_of_the_seven_periods_known_then(gaps) -> None:
    rows = gaps["income-regions", "female"]
    rows = rows[rows["period_end"] <= BEFORE_THE_PANDEMIC]
    sigma, tau = fitted("no-drift", "pre-pandemic")
    lower, upper = direction_interval(rows, sigma, tau)
    said = processed("verdict_history").query(
        "definition == 'income-regions' and sex == 'female' and period == '2017 to 2019'"
    )
    assert said["wandering_lci_95"].item() == pytest.approx(lower, abs=0.001)
    assert said["wandering_uci_95"].item() == pytest.approx(upper, abs=0.001)
    assert said["direction"].item() == "No clear change"


def test_a_change_of_word_is_marked_where_it_differs_from_the_period_before() -> None:
    for _, rows in processed("verdict_history").groupby(["definition", "sex"]):
        words = rows[["course", "direction"]].agg(", ".join, axis=1).tolist()
        marked = (rows["course_changed"] | rows["direction_changed"]).tolist()
        assert marked == [False, *(one != before for before, one in pairwise(words))]


def region_gaps(release: str, sex: str) -> pd.DataFrame:
    """London and the North East in one release as it was published: the columns of table `gaps` that the arithmetic needs."""
    hle = processed("hle").query("area_type == 'region' and release == @release and sex == @sex")
    hle = hle.assign(se=(hle["hle_uci_95"] - hle["hle_lci_95"]) / (2 * 1.959964)).sort_values("period_start")
    london, north_east = (hle[hle["area_name"] == name].reset_index() for name in ("London", "North East"))
    return london[["period", "period_start", "period_end"]].assign(
        gap_years=london["hle_years"] - north_east["hle_years"],
        better_off_se=london["se"],
        worse_off_se=north_east["se"],
        gap_se=np.hypot(london["se"], north_east["se"]),
    )


def direction_interval(rows: pd.DataFrame, sigma: float, tau: float) -> tuple[float, float]:
    starts, weights = rows["period_start"].to_numpy(), 1 / rows["gap_se"].to_numpy() ** 2
    lines = np.column_stack([np.ones(len(starts)), starts - 2011.0])
    B = np.linalg.inv((lines.T * weights) @ lines) @ (lines.T * weights)
    C = gap_sampling(rows) + 2 * (sigma**2 * of_walk(starts, starts) + tau**2 * np.eye(len(starts)))
    slope, reach = (B @ rows["gap_years"])[1], 1.959964 * np.sqrt((B @ C @ B.T)[1, 1])
    return slope - reach, slope + reach


@pytest.mark.parametrize("sex", ["female", "male"])
def test_an_earlier_release_is_judged_by_its_own_figures_alone(sex) -> None:
    then = processed("verdicts_by_release").query("definition == 'income-regions' and sex == @sex").set_index("release")
    assert then.index.tolist() == ["2022-01", "2024-12-12", "2026-02-19"]
    for release, row in then.iterrows():
        rows = region_gaps(str(release), sex)
        regions = regions_of(processed("hle").query("release == @release"))
        own = pooled_variances(regions.values, regions.standard_errors, regions.mid_points, drift=False)
        assert row["period"] == rows["period"].iloc[-1]
        assert row["gap_years"] == pytest.approx(rows["gap_years"].iloc[-1], abs=0.0001)
        limits = row[["wandering_lci_95", "wandering_uci_95"]].astype(float)
        assert limits.to_numpy() == pytest.approx(direction_interval(rows, own.sigma, own.tau), abs=0.001)
        assert row["direction"] == ("Wider" if limits.iloc[0] > 0 else "No clear change")


def test_the_newest_release_has_the_verdict_of_today_and_only_its_change_of_word_is_marked() -> None:
    table = processed("verdicts_by_release")
    newest = table[table["release"] == table["release"].max()]
    both = newest.merge(processed("verdicts"), on=["definition", "sex"])
    assert len(both) == 8
    for name in ("course", "direction"):
        assert both[f"{name}_x"].tolist() == both[f"{name}_y"].tolist()
    changed = table[table["course_changed"] | table["direction_changed"]]
    assert changed[["definition", "sex", "release"]].to_numpy().tolist() == [["income-regions", "female", "2026-02-19"]]
