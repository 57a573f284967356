"""How good each forecast would have been, and the variances that today's forecasts use, from the nine regions."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from pipeline.areas import LONDON
from pipeline.measures.difference import FloatArray
from pipeline.measures.gap.gaps import with_standard_error
from pipeline.measures.trend.candidates import Fits, fit_candidates
from pipeline.measures.trend.inputs import FEWEST_PERIODS
from pipeline.measures.trend.record import Scored, forecast_record
from pipeline.measures.trend.rolling import mid_point
from pipeline.measures.trend.variances import WanderingVariances
from pipeline.periods import Period

LAST_PRE_PANDEMIC_YEAR = 2019


@dataclass(frozen=True, kw_only=True)
class Regions:
    """HLE of the nine regions: sexes in alphabetical order by areas by periods, years."""

    sexes: tuple[str, ...]
    codes: tuple[str, ...]
    periods: tuple[Period, ...]
    values: FloatArray
    standard_errors: FloatArray

    @property
    def mid_points(self) -> FloatArray:
        """Mid-points of the periods, decimal years."""
        return mid_point([one.start for one in self.periods], [one.end for one in self.periods])

    @property
    def london(self) -> int | None:
        """Position of London, which wanders more than the rest and has a scale of its own; nothing if it is not there."""
        return self.codes.index(LONDON) if LONDON in self.codes else None

    def up_to(self, count: int) -> "Regions":
        """The first periods."""
        return Regions(
            sexes=self.sexes,
            codes=self.codes,
            periods=self.periods[:count],
            values=self.values[..., :count],
            standard_errors=self.standard_errors[..., :count],
        )

    def fits(self) -> Fits:
        """The variances of every candidate."""
        return fit_candidates(self.values, self.standard_errors, self.mid_points, apart=self.london)

    def fits_by_year(self) -> dict[int, Fits]:
        """The same for the periods up to each one, by its last year."""
        counts = range(FEWEST_PERIODS, len(self.periods) + 1)
        return {self.periods[count - 1].end: self.up_to(count).fits() for count in counts}


def regions_of(hle: pd.DataFrame) -> Regions:
    """The regions' rows of one release of table `hle`, as arrays."""
    rows = with_standard_error(hle[hle["area_type"] == "region"])
    values, errors = (
        rows.pivot_table(index=["sex", "area_code"], columns=["period_start", "period_end"], values=column)
        for column in ("hle_years", "hle_se")
    )
    sexes, codes = tuple(values.index.unique("sex")), tuple(values.index.unique("area_code"))
    shape = (len(sexes), len(codes), values.shape[1])
    return Regions(
        sexes=sexes,
        codes=codes,
        periods=tuple(Period(int(start), int(end)) for start, end in values.columns.to_frame().to_numpy()),
        values=values.to_numpy().reshape(shape),
        standard_errors=errors.to_numpy().reshape(shape),
    )


def forecast_tables(regions: Regions, fits: Mapping[int, Fits]) -> dict[str, pd.DataFrame]:
    """Tables `forecast_record` and `forecast_variances`, from the regions and their `fits_by_year`."""
    before = sum(one.end <= LAST_PRE_PANDEMIC_YEAR for one in regions.periods)
    early = fits.get(LAST_PRE_PANDEMIC_YEAR) or regions.up_to(before).fits()
    record = forecast_record(
        regions.values,
        regions.standard_errors,
        regions.mid_points,
        apart=regions.london,
        fits={position: fits[one.end] for position, one in enumerate(regions.periods) if one.end in fits},
    )
    return {
        "forecast_record": pd.concat([_record_rows(one, regions) for one in record], ignore_index=True),
        "forecast_variances": variances_table({"all": fits[regions.periods[-1].end], "pre-pandemic": early}),
    }


def variances_table(fits: Mapping[str, Fits]) -> pd.DataFrame:
    """Table `forecast_variances` from the fits to each choice of periods."""
    rows = []
    for periods, fit in fits.items():
        plugged_in = {"drift": fit.drift, "no-drift": fit.no_drift, "shrunken-drift": fit.shrunken_drift}
        rows += [_plugged_in(one).assign(periods=periods, model=model) for model, one in plugged_in.items()]
        sets = fit.two_sex.sets
        integrated = _sets(
            sigma=sets.sigma,
            omega=sets.omega,
            rho=sets.rho,
            tau=sets.tau,
            scale=sets.scale_apart,
            weight=fit.two_sex.weights,
        )
        rows.append(integrated.assign(periods=periods, model="two-sex", on_bound=_names(fit.two_sex.on_bound)))
    return pd.concat(rows, ignore_index=True)


def _plugged_in(one: WanderingVariances) -> pd.DataFrame:
    only = np.ones(1)
    found = _sets(
        sigma=one.sigma * only, omega=one.omega * only, rho=0 * only, tau=one.tau * only, scale=only, weight=only
    )
    return found.assign(on_bound=_names(one.on_bound))


def _sets(
    *, sigma: FloatArray, omega: FloatArray, rho: FloatArray, tau: FloatArray, scale: FloatArray, weight: FloatArray
) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "set": np.arange(1, len(sigma) + 1),
            "sigma_years": sigma,
            "omega_years_per_year": omega,
            "rho": rho,
            "tau_years": tau,
            "scale_london": scale,
            "weight": weight,
        }
    )


def _names(on_bound: tuple[str, ...]) -> str | None:
    return ", ".join(on_bound) or None


def _record_rows(one: Scored, regions: Regions) -> pd.DataFrame:
    ahead = [regions.periods[position].label for position in one.periods]
    better, worse = (np.array(regions.codes)[list(ends)] for ends in zip(*one.pairs, strict=True))
    cells = {name: getattr(one, name).ravel() for name in ("forecast", "sd", "outcome", "crps", "in_80", "in_95")}
    return pd.DataFrame(
        {
            "model": one.candidate_id,
            "origin": regions.periods[one.origin].label,
            "better_off": np.repeat(better, len(regions.sexes) * len(ahead)),
            "worse_off": np.repeat(worse, len(regions.sexes) * len(ahead)),
            "sex": np.tile(np.repeat(regions.sexes, len(ahead)), len(one.pairs)),
            "period": np.tile(ahead, len(one.pairs) * len(regions.sexes)),
            **cells,
        }
    )
