"""What each way to forecast says of a gap: mean, limits and the chance of reaching a target, for both sexes at once."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from pipeline.answers.gap.question import period_at
from pipeline.errors import UsageError
from pipeline.measures.difference import FloatArray
from pipeline.measures.trend.candidates import Fits, GapSeries, predict
from pipeline.measures.trend.default_forecast import RecordSummary, default_forecast
from pipeline.measures.trend.ends import GapEnds
from pipeline.measures.trend.prediction import Prediction
from pipeline.measures.trend.trend import gap_covariance, sampling_covariance
from pipeline.measures.trend.two_sex_process import VarianceSets
from pipeline.measures.trend.two_sex_variances import IntegratedVariances
from pipeline.measures.trend.variances import WanderingVariances

LIMITS = (("gap_lci_80", 0.10), ("gap_uci_80", 0.90), ("gap_lci_95", 0.025), ("gap_uci_95", 0.975))


@dataclass(frozen=True, kw_only=True)
class GapForecast:
    """One way's forecast of one definition: the true gap of seen periods and of those to come, to the last year asked."""

    model: str
    sexes: tuple[str, ...]
    mid_points: FloatArray
    last_seen: float
    """Mid-point of the last period that the forecast knew."""
    borrowed: bool
    """Whether the variances are those of regions, although the ends are none."""
    prediction: Prediction

    def rows(self, sex: str) -> pd.DataFrame:
        """model, period columns, mid_point, gap_years and its limits, from the last period seen on."""
        ahead = self.mid_points >= self.last_seen
        periods = [period_at(time) for time in self.mid_points[ahead]]
        gap = self.prediction.true_gap[self.sexes.index(sex), ahead]
        return pd.DataFrame(
            {
                "model": self.model,
                "period": [one.label for one in periods],
                "period_start": [one.start for one in periods],
                "period_end": [one.end for one in periods],
                "mid_point": self.mid_points[ahead],
                "gap_years": gap.mean,
                **{name: gap.quantile(probability) for name, probability in LIMITS},
            }
        )

    def probability_at_most(self, sex: str, gap_years: float, *, target_mid_point: float) -> float:
        """P(true gap <= a number of years) in the target period: the baseline taken as exact."""
        chances = self.prediction.true_gap.probability_at_most(gap_years)
        return float(chances[self.sexes.index(sex), self._position(target_mid_point)])

    def probability_of_share(
        self, sex: str, share: float, *, baseline_mid_point: float, target_mid_point: float
    ) -> float:
        """P(true gap of the target period <= share x true gap of the baseline): both uncertain. It gives the verdict."""
        chances = self.prediction.probability_of_share(
            share, target=self._position(target_mid_point), baseline=self._position(baseline_mid_point)
        )
        return float(chances[self.sexes.index(sex)])

    def chances_of_share(
        self, sex: str, share: float, *, baseline_mid_points: ArrayLike, target_mid_points: ArrayLike
    ) -> FloatArray:
        """The same for many periods: baselines by targets."""
        baselines, targets = (
            np.array([self._position(one) for one in np.asarray(times, dtype=float)])
            for times in (baseline_mid_points, target_mid_points)
        )
        chances = self.prediction.probability_of_share(share, target=targets, baseline=baselines[:, None])
        return np.asarray(chances[self.sexes.index(sex)])

    def _position(self, mid_point: float) -> int:
        found = np.flatnonzero(np.isclose(self.mid_points, mid_point))
        if not len(found):
            raise UsageError(
                f"The forecast does not hold the period round {mid_point}.", do="Choose a later baseline or target."
            )
        return int(found[0])


def gap_forecast(
    rows: pd.DataFrame,
    *,
    model: str,
    fits: Fits,
    ends: GapEnds,
    last_year: int,
    seen_to: int | None = None,
    baseline: float | None = None,
) -> GapForecast:
    """Forecast one definition for both sexes.

    Args:
        rows: table `gaps` for one definition, both sexes.
        model: id of the candidate.
        fits: variances, fitted to the same periods (`fits_of`).
        ends: what the gap is made of (`ends_of`).
        last_year: last year of the last period to forecast.
        seen_to: leave out periods that end after this year (2019 for those before the pandemic).
        baseline: mid-point of the only period asked for before the last one seen; all of them if not given.

    Raises:
        MeasureRefused: fewer than four periods are left, or the sexes have other periods.
    """
    kept = rows[rows["period_end"] <= (seen_to or rows["period_end"].max())].sort_values(["sex", "period_start"])
    sexes, starts = tuple(sorted(kept["sex"].unique())), np.sort(kept["period_start"].unique())
    own = {
        name: kept[name].to_numpy(dtype=float).reshape(len(sexes), -1)
        for name in ("gap_years", "better_off_se", "worse_off_se", "model_se")
    }
    seen = starts + 1.5
    known = np.isfinite(own["better_off_se"]).all() and np.isfinite(own["worse_off_se"]).all()
    asked = np.arange(seen[0], last_year)
    if baseline is not None:
        asked = asked[np.isclose(asked, baseline) | (asked >= seen[-1])]
    series = GapSeries(
        gap=own["gap_years"],
        covariance=gap_covariance(own["better_off_se"], own["worse_off_se"], seen)
        if known
        else sampling_covariance(own["model_se"], seen),
        mid_points=seen,
        asked_mid_points=asked,
        ends=ends,
    )
    return GapForecast(
        model=model,
        sexes=sexes,
        mid_points=asked,
        last_seen=float(seen[-1]),
        borrowed=ends.borrowed,
        prediction=predict(model, series, fits),
    )


def fits_of(table: pd.DataFrame, periods: str = "all") -> Fits:
    """The variances that table `forecast_variances` holds, fitted to all periods or to those before the pandemic."""
    rows = table[table["periods"] == periods]
    by_model = {str(model): own for model, own in rows.groupby("model")}
    integrated = by_model["two-sex"]
    weights = integrated["weight"].to_numpy(dtype=float)
    return Fits(
        drift=_plugged_in(by_model["drift"], drift=True),
        no_drift=_plugged_in(by_model["no-drift"], drift=False),
        shrunken_drift=_plugged_in(by_model["shrunken-drift"], drift=False),
        two_sex=IntegratedVariances(
            VarianceSets(
                sigma=integrated["sigma_years"].to_numpy(dtype=float),
                omega=integrated["omega_years_per_year"].to_numpy(dtype=float),
                rho=integrated["rho"].to_numpy(dtype=float),
                tau=integrated["tau_years"].to_numpy(dtype=float),
                scale_apart=integrated["scale_london"].to_numpy(dtype=float),
            ),
            weights / weights.sum(),
            _names(integrated["on_bound"].iloc[0]),
        ),
    )


def _plugged_in(rows: pd.DataFrame, *, drift: bool) -> WanderingVariances:
    row = rows.iloc[0]
    return WanderingVariances(
        sigma=float(row["sigma_years"]),
        tau=float(row["tau_years"]),
        drift=drift,
        omega=float(row["omega_years_per_year"]),
        on_bound=_names(row["on_bound"]),
    )


def _names(on_bound: object) -> tuple[str, ...]:
    return tuple(on_bound.split(", ")) if isinstance(on_bound, str) and on_bound else ()


def ends_of(table: pd.DataFrame, definition_id: str) -> GapEnds:
    """What the gap of a definition is made of, from table `forecast_ends`."""
    row = table[table["definition"] == definition_id].iloc[0]
    return GapEnds(ordinary=float(row["other_regions"]), apart=float(row["london"]), borrowed=bool(row["borrowed"]))


def record_summaries(record: pd.DataFrame, *, default_pair: tuple[str, str]) -> list[RecordSummary]:
    """Mean score and coverage of each model in table `forecast_record`.

    Args:
        record: table `forecast_record`.
        default_pair: codes of the two regions of the default definition.
    """
    pair = record["better_off"].isin(default_pair) & record["worse_off"].isin(default_pair)
    return [
        RecordSummary(
            candidate_id=str(model),
            crps=float(own["crps"].mean()),
            coverage_80=float(own["in_80"].mean()),
            coverage_95=float(own["in_95"].mean()),
            crps_default_pair=float(own.loc[pair.loc[own.index], "crps"].mean()),
        )
        for model, own in record.groupby("model")
    ]


def default_model(record: pd.DataFrame, *, default_pair: tuple[str, str]) -> str:
    """Id of the model that is shown first, by the rule of `default_forecast`."""
    return default_forecast(record_summaries(record, default_pair=default_pair))
