"""Claims about the part of the gap between extremes that picking them makes."""

import numpy as np
import pandas as pd
import pytest

from pipeline import store
from pipeline.errors import MeasureRefused
from pipeline.measures.gap.selection import selection_part
from pipeline.measures.trend.trend import gap_covariance, observed_pace, wandering_covariance
from tests.measures.regional_figures import MID_POINTS, Z_95

SIZE = 15


def published(sex):
    """HLE and standard errors of authorities, periods by areas, release of February 2026."""
    table = pd.read_csv(store.PROCESSED_FOLDER / "hle.csv").query(
        "area_type == 'utla' and sex == @sex and release == '2026-02-19'"
    )
    table = table.assign(se=(table["hle_uci_95"] - table["hle_lci_95"]) / (2 * Z_95))
    wide = (table.pivot_table(index="period", columns="area_code", values=column) for column in ("hle_years", "se"))
    values, se = (frame.to_numpy() for frame in wide)
    return values, se


def pace_of(series, values, se, *, sigma):
    ordered = np.take_along_axis(se, values.argsort(axis=1), axis=1)
    low, high = (np.sqrt((part**2).sum(axis=1)) / SIZE for part in (ordered[:, :SIZE], ordered[:, -SIZE:]))
    covariance = gap_covariance(high, low, MID_POINTS) + wandering_covariance(MID_POINTS, sigma=sigma, tau=0.14)
    return observed_pace(series, np.hypot(low, high), MID_POINTS, covariance)


@pytest.mark.parametrize(
    ("sex", "raw", "selection", "net_z", "spread"),
    [("female", 0.197, 0.12, 0.9, (3.26, 3.40)), ("male", 0.149, 0.09, 0.8, (3.17, 3.25))],
)
def test_selection_makes_more_than_half_of_the_pace_of_the_extreme_tenths(sex, raw, selection, net_z, spread):
    values, se = published(sex)
    found = selection_part(values, se, size=SIZE)
    assert found.adjusted_sd_years[[0, -1]] == pytest.approx(np.array(spread), abs=0.005)
    ordered = np.sort(values, axis=1)
    gap = ordered[:, -SIZE:].mean(axis=1) - ordered[:, :SIZE].mean(axis=1)
    slope = {
        name: pace_of(one, values, se, sigma=0.0) for name, one in (("raw", gap), ("picked", found.selection_years))
    }
    assert slope["raw"].pace_years_per_year == pytest.approx(raw, abs=1e-3)
    assert slope["picked"].pace_years_per_year == pytest.approx(selection, abs=0.01)  # "about", in the reference
    sampling_only, aware = (pace_of(gap - found.selection_years, values, se, sigma=s) for s in (0.0, 0.154))
    z = [float(pace.pace_years_per_year / pace.pace_se) for pace in (aware, sampling_only)]
    assert z[0] < net_z < z[1]
    assert z == pytest.approx([net_z, net_z], abs=0.2)


def test_the_exact_integral_is_the_mean_of_simulated_picks():
    generator = np.random.default_rng(6)
    _, se = published("female")
    truth = generator.normal(0, 3, (20_000, 1, 151))
    noise = se[[0, -1]]
    seen = np.sort(truth + generator.normal(0, 1, (20_000, 2, 151)) * noise, axis=-1)
    true = np.sort(truth, axis=-1)
    gap, true_gap = (x[..., -SIZE:].mean(axis=-1) - x[..., :SIZE].mean(axis=-1) for x in (seen, true))
    values = generator.normal(0, 1, (2, 151)) * np.hypot(3, noise)
    # figures whose noise-adjusted spread is 3 exactly in both periods
    values *= np.sqrt((9 + (noise**2).mean(axis=1)) / values.var(axis=1, ddof=1))[:, None]
    found = selection_part(values, noise, size=SIZE)
    assert found.pooled_sd_years == pytest.approx(3)
    assert found.selection_years == pytest.approx((gap - true_gap).mean(axis=0), abs=0.02)


def test_firm_figures_leave_nothing_to_selection_and_more_noise_leaves_more():
    values, se = published("male")
    firm, doubtful = (selection_part(values, one, size=SIZE).selection_years for one in (np.full_like(se, 1e-3), se))
    assert firm == pytest.approx(np.zeros(12), abs=1e-3)
    assert np.all(doubtful > 0.5)


def test_ends_that_would_share_areas_are_refused():
    generator = np.random.default_rng(1)
    with pytest.raises(MeasureRefused, match="15 areas cannot be picked"):
        selection_part(generator.normal(60, 3, (3, 21)), np.ones((3, 21)), size=15)
