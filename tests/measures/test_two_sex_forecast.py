"""Claims about the forecast of both sexes together, its integrated variances, and what its gap is made of."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.stats import foldnorm

from pipeline.errors import MeasureRefused
from pipeline.measures.inequality.slope_index import slope_index_of_inequality
from pipeline.measures.trend.candidates import CANDIDATES, Fits, GapSeries, fit_candidates, predict
from pipeline.measures.trend.conditional import JointNormal, conditional
from pipeline.measures.trend.ends import BORROWED, GapEnds, ends_of_pair, ends_of_weights
from pipeline.measures.trend.prediction import NormalMixture, Prediction
from pipeline.measures.trend.scoring import score
from pipeline.measures.trend.trend import gap_covariance
from pipeline.measures.trend.two_sex_forecast import two_sex_forecast
from pipeline.measures.trend.two_sex_process import VarianceSets, one_block, process_of_sexes
from pipeline.measures.trend.two_sex_variances import IntegratedVariances, integrated_variances
from pipeline.measures.trend.variances import WanderingVariances, movement_covariance
from tests.measures.regional_figures import MID_POINTS, nine_regions

NORTH_EAST, LONDON, SOUTH_EAST = 0, 6, 7
BASELINE, TARGET = 0, -1


@pytest.fixture(scope="module")
def fits() -> Fits:
    return fit_candidates(*nine_regions(), MID_POINTS, apart=LONDON)


def gap_of(better: int, worse: int = NORTH_EAST, *, seen: slice = slice(None), asked=(2012.5, 2033.5)) -> GapSeries:
    values, errors = nine_regions()
    t = MID_POINTS[seen]
    return GapSeries(
        gap=(values[:, better] - values[:, worse])[:, seen],
        covariance=gap_covariance(errors[:, better, seen], errors[:, worse, seen], t),
        mid_points=t,
        asked_mid_points=[time for time in asked if time >= t[0]],
        ends=ends_of_pair(better, worse, apart=LONDON),
    )


def test_one_known_set_of_variances_gives_the_conditional_normal_of_one_big_matrix():
    """Independent arithmetic: yearly values of both sexes, vague levels, everything conditioned at once."""
    years, (sigma, omega, rho, tau, scale) = np.arange(2011, 2035), (0.1, 0.05, 0.6, 0.14, 3.0)
    walk, line = np.minimum.outer(years, years) - 2010, np.outer(years - 2018, years - 2018)
    latent = np.kron([[1, rho], [rho, 1]], (1 + scale**2) * sigma**2 * walk) + np.kron(
        np.ones((2, 2)), 2 * omega**2 * line
    )
    latent = latent + np.kron(np.eye(2), 1e5 * np.ones((24, 24)))
    average = np.array([[1 / 3 if s <= y <= s + 2 else 0 for y in years] for s in (*range(2011, 2023), 2032)])
    joint = np.kron(np.eye(2), average) @ latent @ np.kron(np.eye(2), average).T
    seen, ahead = [*range(12), *range(13, 25)], [12, 25]
    series = gap_of(LONDON, asked=(2033.5,))
    C = joint[np.ix_(seen, seen)] + 2 * tau**2 * np.eye(24)
    C[:12, :12] += series.covariance[0]
    C[12:, 12:] += series.covariance[1]
    gain = np.linalg.solve(C, joint[np.ix_(seen, ahead)]).T
    one = VarianceSets(**{n: np.array([v]) for n, v in vars_of(sigma, omega, rho, tau, scale).items()})
    found = two_sex_forecast(
        *series.parts, variances=IntegratedVariances(one, np.ones(1)), ends=GapEnds(ordinary=1.0, apart=1.0)
    )
    assert found.mean.ravel() == pytest.approx(gain @ np.ravel(series.gap), abs=1e-3)
    other = joint[np.ix_(ahead, ahead)] - gain @ joint[np.ix_(seen, ahead)]
    assert found.variance.ravel() == pytest.approx(np.diag(other), abs=1e-3)


def vars_of(sigma: float, omega: float, rho: float, tau: float, scale: float) -> dict[str, float]:
    return {"sigma": sigma, "omega": omega, "rho": rho, "tau": tau, "scale_apart": scale}


def test_half_of_the_default_gap_stays_below_one_chance_in_a_hundred_under_every_candidate(fits):
    series = gap_of(LONDON)
    half = np.asarray(series.gap)[:, :1] / 2
    for candidate in CANDIDATES:
        found = predict(candidate, series, fits)
        assert np.all(found.true_gap.probability_at_most(half)[:, TARGET] < 0.01), candidate
        assert np.all(found.probability_of_share(0.5, target=1, baseline=0) < 0.01), candidate


def test_the_free_drift_goes_further_and_shrinking_it_gives_the_reference_centre(fits):
    free, shrunken = (predict(name, gap_of(LONDON), fits).true_gap for name in ("drift", "shrunken-drift"))
    assert free.mean[:, TARGET] == pytest.approx([7.9, 6.8], abs=0.06)
    assert 1.96 * free.sd[:, TARGET] == pytest.approx([2.5, 2.3], abs=0.06)
    assert shrunken.mean[:, TARGET] == pytest.approx([6.3, 6.0], abs=0.06)
    assert 1.96 * shrunken.sd[:, TARGET] == pytest.approx([1.8, 1.7], abs=0.06)


@pytest.mark.parametrize(("baseline", "exact", "joint"), [(0, 0.0296, 0.0394), (9, 0.040, 0.009)])
def test_a_baseline_with_its_error_moves_the_chance_as_much_as_was_found_elsewhere(fits, baseline, exact, joint):
    series = gap_of(SOUTH_EAST, asked=(MID_POINTS[baseline], 2033.5))
    found, men = predict("drift", series, fits), 1
    half = np.asarray(series.gap)[:, [baseline]] / 2
    assert found.true_gap.probability_at_most(half)[men, TARGET] == pytest.approx(exact, abs=0.0003)
    assert found.probability_of_share(0.5, target=1, baseline=0)[men] == pytest.approx(joint, abs=0.001)


def test_the_joint_chance_is_what_draws_of_both_periods_give(fits):
    found = predict("two-sex", gap_of(LONDON), fits)
    generator = np.random.default_rng(8)
    picked = generator.choice(len(found.weights), size=400_000, p=found.weights)
    for sex in range(2):
        roots = np.linalg.cholesky(found.covariance[:, sex] + 1e-12 * np.eye(2))
        draws = found.mean[picked, sex] + np.einsum(
            "nij,nj->ni", roots[picked], generator.normal(size=(len(picked), 2))
        )
        simulated = np.mean(draws[:, 1] <= 0.8 * draws[:, 0])
        assert found.probability_of_share(0.8, target=1, baseline=0)[sex] == pytest.approx(simulated, abs=0.003)


def test_quantiles_and_chances_of_a_mixture_undo_each_other():
    mixture = NormalMixture(np.array([0.3, 0.7]), np.array([[0.0], [5.0]]), np.array([[1.0], [0.2]]))
    for probability in (0.001, 0.1, 0.5, 0.975):
        assert mixture.probability_at_most(mixture.quantile(probability)) == pytest.approx(probability, abs=1e-9)
    assert mixture.mean == pytest.approx(3.5)
    assert mixture.sd**2 == pytest.approx(0.3 * 1 + 0.7 * 0.04 + 0.3 * 0.7 * 25)


def test_the_score_of_a_mixture_is_the_sum_over_pairs_of_its_normals():
    """Grimit and others (2006), equation 3, with the mean absolute value of a normal by simulation-free arithmetic."""
    weights, means, sds, outcome = np.array([0.2, 0.5, 0.3]), np.array([0.0, 1.0, 4.0]), np.array([1.0, 0.5, 2.0]), 2.2

    def distance(mean: float, sd: float) -> float:
        return float(foldnorm.mean(abs(mean) / sd, scale=sd))

    first = sum(w * distance(m - outcome, s) for w, m, s in zip(weights, means, sds, strict=True))
    second = sum(
        weights[i] * weights[j] * distance(means[i] - means[j], np.hypot(sds[i], sds[j]))
        for i in range(3)
        for j in range(3)
    )
    found = score(NormalMixture(weights, means[:, None], sds[:, None]), [outcome])
    assert found.crps[0] == pytest.approx(first - second / 2, abs=1e-5)


def test_the_score_of_the_standard_normal_at_zero_is_the_published_constant():
    """(sqrt(2) - 1) / sqrt(pi), Gneiting and Raftery (2007)."""
    found = score(NormalMixture(np.ones(1), np.zeros((1, 1)), np.ones((1, 1))), [0.0])
    assert found.crps[0] == pytest.approx((np.sqrt(2) - 1) / np.sqrt(np.pi))
    assert found.in_80[0]
    assert found.in_95[0]


def test_the_slope_across_regions_carries_its_exact_weights():
    people = np.array([2683, 7516, 5541, 4934, 6021, 6398, 8866, 9379, 5764]) * 1e3
    deprived_first = np.argsort([29.4, 27.7, 26.6, 20.6, 25.5, 17.5, 23.4, 15.9, 18.6])[::-1]
    slope = slope_index_of_inequality(np.eye(9), np.ones((9, 9)), people[deprived_first]).sii
    found = ends_of_weights(slope, apart=int(np.flatnonzero(deprived_first == LONDON)[0]))
    assert found.total == pytest.approx(1.519, abs=0.03)
    assert 0 < found.apart < found.ordinary


def test_a_gap_with_london_has_a_wider_fan_than_one_without_and_borrowed_ends_lie_between(fits):
    series = gap_of(SOUTH_EAST)
    spread = {
        name: predict("two-sex", replace(series, ends=ends), fits).true_gap.sd[0, TARGET]
        for name, ends in (("with", GapEnds(ordinary=1.0, apart=1.0)), ("without", GapEnds()), ("borrowed", BORROWED))
    }
    assert spread["without"] < spread["borrowed"] < spread["with"]


def test_five_periods_are_enough_and_one_sex_alone_is_answered():
    values, errors = nine_regions()
    last_five = slice(7, None)
    variances = integrated_variances(
        values[..., last_five], errors[..., last_five], MID_POINTS[last_five], apart=LONDON
    )
    series = gap_of(LONDON, seen=last_five)
    both = two_sex_forecast(*series.parts, variances=variances, ends=series.ends)
    assert np.isfinite(both.mean).all()
    women = integrated_variances(values[:1], errors[:1], MID_POINTS, apart=LONDON)
    whole = gap_of(LONDON)
    alone = two_sex_forecast(
        np.asarray(whole.gap)[:1],
        np.asarray(whole.covariance)[:1],
        MID_POINTS,
        [2033.5],
        variances=women,
        ends=whole.ends,
    )
    assert alone.mean.shape == (len(alone.weights), 1, 1)


def test_the_figures_would_let_london_wander_even_more_and_the_fit_says_so(fits):
    assert fits.two_sex.on_bound == ("scale_apart",)
    weights, scales = fits.two_sex.weights, fits.two_sex.sets.scale_apart
    assert weights[scales == 4].sum() > weights[scales == 1].sum()


def test_a_wandering_that_is_too_large_for_the_grid_is_said_to_end_on_the_bound():
    generator = np.random.default_rng(2)
    values = 60 + generator.normal(0, 1.5, size=(2, 9, 12)).cumsum(axis=-1)
    found = integrated_variances(values, np.full(values.shape, 0.3), MID_POINTS)
    assert "sigma" in found.on_bound


def test_what_happens_to_all_regions_at_once_changes_no_weight():
    values, errors = nine_regions()
    before = integrated_variances(values, errors, MID_POINTS, apart=LONDON)
    after = integrated_variances(values + np.where(MID_POINTS > 2020, -3.0, 0.0), errors, MID_POINTS, apart=LONDON)
    assert after.weights == pytest.approx(before.weights, abs=1e-9)


def test_the_intervals_cover_as_often_as_they_say_where_the_model_is_true():
    """Simulate both sexes of many gaps from the middle of the grid, forecast ten years on, count the hits."""
    generator = np.random.default_rng(12)
    count, sigma, omega, rho, tau, se = 1500, 0.09, 0.056, 0.5, 0.096, 0.4
    drift = generator.normal(0, omega * np.sqrt(2), size=(count, 1, 1))
    root = np.linalg.cholesky([[1, rho], [rho, 1]])
    steps = np.einsum("st,ntk->nsk", root, generator.normal(0, sigma * np.sqrt(2), size=(count, 2, 24)))
    latent = 6 + np.cumsum(steps + drift, axis=-1)
    survey = latent[..., :14] + generator.normal(0, np.sqrt(3) * se, size=(count, 2, 14))
    seen = np.lib.stride_tricks.sliding_window_view(survey, 3, axis=-1).mean(axis=-1)
    seen = seen + generator.normal(0, np.sqrt(2) * tau, size=seen.shape)
    overlap = np.maximum(0, 1 - np.abs(np.subtract.outer(MID_POINTS, MID_POINTS)) / 3)
    known = VarianceSets(**{n: np.array([v]) for n, v in vars_of(sigma, omega, rho, tau, 1.0).items()})
    found = two_sex_forecast(
        seen, se**2 * overlap, MID_POINTS, [2033.5], variances=IntegratedVariances(known, np.ones(1)), ends=GapEnds()
    )
    hits = score(found.true_gap, latent[..., 21:24].mean(axis=-1, keepdims=True))
    assert hits.in_80.mean() == pytest.approx(0.80, abs=0.03)
    assert hits.in_95.mean() == pytest.approx(0.95, abs=0.02)


def bad_series():
    good = gap_of(LONDON)
    gap, S = np.asarray(good.gap), np.asarray(good.covariance)
    yield "missing", {"gap": np.where(gap == gap.max(), np.nan, gap)}
    yield "infinite", {"gap": np.where(gap == gap.max(), np.inf, gap)}
    yield "empty", {"gap": np.zeros((2, 0)), "covariance": np.zeros((2, 0, 0)), "mid_points": []}
    yield "three periods", {"gap": gap[:, :3], "covariance": S[:, :3, :3], "mid_points": MID_POINTS[:3]}
    yield "reversed", {"mid_points": MID_POINTS[::-1]}
    yield "repeated", {"mid_points": np.where(MID_POINTS == 2013.5, 2012.5, MID_POINTS)}
    yield "wrong shape", {"gap": gap[:, :11]}
    yield "wrong covariance", {"covariance": S[:, :11, :11]}
    yield "negative variance", {"covariance": -S}
    yield "before the first", {"asked_mid_points": [2011.5]}
    yield "nothing asked", {"asked_mid_points": []}
    yield "asked at infinity", {"asked_mid_points": [np.inf]}
    yield "asked in disorder", {"asked_mid_points": [2034.5, 2033.5]}


@pytest.mark.parametrize("candidate", CANDIDATES)
@pytest.mark.parametrize(
    ("fault", "change"), list(bad_series()), ids=lambda value: value if isinstance(value, str) else ""
)
def test_every_candidate_refuses_bad_series_by_name(fits, candidate, fault, change):
    with pytest.raises(MeasureRefused):
        predict(candidate, replace(gap_of(LONDON), **change), fits)


@pytest.mark.parametrize(
    "change", [{"gap": np.ones(12)}, {"gap": np.ones((3, 12))}, {"gap": 6.0}], ids=["one row", "three sexes", "number"]
)
def test_the_two_sex_forecast_refuses_what_is_not_one_or_two_sexes(fits, change):
    with pytest.raises(MeasureRefused):
        predict("two-sex", replace(gap_of(LONDON), **change), fits)


@pytest.mark.parametrize(
    "make",
    [
        lambda: GapEnds(ordinary=-1.0),
        lambda: GapEnds(ordinary=np.nan),
        lambda: GapEnds(ordinary=0.0),
        lambda: ends_of_pair(1, 1, apart=None),
        lambda: ends_of_weights([0.5, 0.5], apart=0),
        lambda: ends_of_weights([1.0, np.nan], apart=0),
        lambda: ends_of_weights([1.0, -1.0], apart=2),
        lambda: ends_of_weights([], apart=None),
        lambda: VarianceSets(**{name: np.array([-0.1]) for name in vars_of(0, 0, 0, 0, 0)}),
        lambda: VarianceSets(**{name: np.array([1.5]) for name in vars_of(0, 0, 0, 0, 0)}),
        lambda: NormalMixture(np.ones(2), np.zeros((2, 1)), np.ones((2, 1))),
        lambda: NormalMixture(np.ones(1), np.zeros((1, 1)), np.zeros((1, 1))),
        lambda: NormalMixture(np.ones(1), np.full((1, 1), np.nan), np.ones((1, 1))),
        lambda: standard_normal().quantile(1.0),
        lambda: standard_normal().quantile(np.nan),
        lambda: standard_normal().interval(0.0),
        lambda: standard_normal().interval(1.2),
        lambda: standard_normal().probability_at_most(np.nan),
        lambda: score(standard_normal(), [np.nan]),
        lambda: score(standard_normal(), [0.0, 1.0]),
        lambda: one_prediction().probability_of_share(1.5, target=1, baseline=0),
        lambda: one_prediction().probability_of_share(np.nan, target=1, baseline=0),
        lambda: one_prediction().probability_of_share(0.5, target=2, baseline=0),
        lambda: one_prediction().published_gap([[-0.1, 0.1]]),
        lambda: one_prediction().published_gap([[np.nan, 0.1]]),
        lambda: one_prediction().published_gap([0.1]),
        lambda: replace(one_prediction(), mean=np.full((1, 1, 2), np.nan)),
        lambda: replace(one_prediction(), weights=np.ones(2)),
        lambda: replace(one_prediction(), covariance=np.eye(3)[None, None]),
        lambda: replace(one_prediction(), nugget_variance=-np.ones(1)),
        lambda: conditional(np.ones(2), one_joint()),
        lambda: conditional(np.array([1.0, np.nan, 1.0]), one_joint()),
        lambda: replace(one_joint(), seen=np.zeros((3, 3))),
        lambda: replace(one_joint(), seen=np.full((3, 3), np.nan)),
        lambda: replace(one_joint(), across=np.ones((2, 2))),
        lambda: replace(one_joint(), design_asked=np.ones((2, 2))),
        lambda: one_block(np.full((2, 3, 3), np.nan)),
        lambda: one_block(-np.ones((2, 3, 3))),
        lambda: one_block(np.ones((2, 3, 4))),
        lambda: one_block(np.ones(3)),
        lambda: process([2012.5, np.nan]),
        lambda: process([2013.5, 2012.5]),
        lambda: process([2012.5], sexes=3),
        lambda: process([2012.5], origin=np.inf),
        lambda: movement_covariance([2012.5], [np.inf], 2011.5, WanderingVariances(0.1, 0.1, drift=False)),
        lambda: movement_covariance([2012.5], [2013.5], np.nan, WanderingVariances(0.1, 0.1, drift=False)),
    ],
)
def test_impossible_parts_of_a_forecast_are_refused_by_name(make):
    with pytest.raises(MeasureRefused):
        make()


def one_joint() -> JointNormal:
    return JointNormal(
        seen=np.eye(3), across=np.zeros((2, 3)), asked=np.eye(2), design=np.ones((3, 1)), design_asked=np.ones((2, 1))
    )


def process(t, *, sexes: int = 2, origin: float = 2011.5) -> np.ndarray:
    sets = VarianceSets(**{n: np.array([v]) for n, v in vars_of(0.1, 0.1, 0.5, 0.1, 1.0).items()})
    return process_of_sexes(t, [2012.5], sets, GapEnds(), sexes=sexes, origin=origin)


def standard_normal() -> NormalMixture:
    return NormalMixture(np.ones(1), np.zeros((1, 1)), np.ones((1, 1)))


def one_prediction() -> Prediction:
    return Prediction(
        weights=np.ones(1), mean=np.ones((1, 1, 2)), covariance=np.eye(2)[None, None], nugget_variance=np.zeros(1)
    )


@pytest.mark.parametrize(
    "fault", ["one area", "missing", "no error", "shape", "three periods", "no such area", "reversed"]
)
def test_variances_of_unusable_areas_are_refused(fault):
    values, errors = nine_regions()
    t, apart = MID_POINTS, LONDON
    match fault:
        case "one area":
            values, errors, apart = values[:, :1], errors[:, :1], None
        case "missing":
            values = np.where(values == values.min(), np.nan, values)
        case "no error":
            errors = np.zeros_like(errors)
        case "shape":
            errors = errors[:, :8]
        case "three periods":
            values, errors, t = values[..., :3], errors[..., :3], t[:3]
        case "no such area":
            apart = 9
        case "reversed":
            t = t[::-1]
    with pytest.raises(MeasureRefused):
        integrated_variances(values, errors, t, apart=apart)
