"""What every forecast rests on: variances learnt from the regions, what each gap is made of, and the forecasts offered."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType

import pandas as pd

from pipeline.answers.gap.answer import Answer
from pipeline.answers.gap.forecasts import GapForecast, default_model, ends_of, fits_of, gap_forecast
from pipeline.errors import UsageError
from pipeline.measures.gap.gaps import income_pair
from pipeline.measures.trend.candidates import CANDIDATES, Fits
from pipeline.measures.trend.ends import BORROWED, GapEnds
from pipeline.processed import Tables

PRE_PANDEMIC = "pre-pandemic"
LAST_PRE_PANDEMIC_YEAR = 2019

MODELS: Mapping[str, str] = MappingProxyType(
    {name: CANDIDATES[name].label for name in ("two-sex", "drift", "no-drift", "last-value")}
    | {PRE_PANDEMIC: "The periods before the pandemic alone"}
)
"""Forecasts offered beside each other: id -> what it assumes, in plain words."""


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """The tables behind forecasts, and the model that gives the verdict where no other is chosen."""

    default: str
    """Id of the candidate with the best record (`default_model`)."""
    variances: pd.DataFrame
    """Table `forecast_variances`."""
    ends: pd.DataFrame
    """Table `forecast_ends`."""

    @cached_property
    def fits(self) -> Fits:
        """Variances fitted to all periods."""
        return fits_of(self.variances)

    @cached_property
    def fits_before_the_pandemic(self) -> Fits:
        """Variances fitted to the periods that end before the pandemic."""
        return fits_of(self.variances, PRE_PANDEMIC)

    @cached_property
    def models(self) -> tuple[str, ...]:
        """Ids of the forecasts offered, the default first."""
        return (self.default, *(model for model in MODELS if model != self.default))

    @cached_property
    def _ends(self) -> dict[str, GapEnds]:
        return {str(name): ends_of(self.ends, str(name)) for name in self.ends["definition"]}

    def ends_of(self, definition_id: str) -> GapEnds:
        """What the gap of a definition is made of; two regions' variances are borrowed for one that the table lacks."""
        return self._ends.get(definition_id, BORROWED)

    def forecast(self, rows: pd.DataFrame, model: str, *, last_year: int, baseline: float | None = None) -> GapForecast:
        """Forecast the gap of one definition, both sexes, by one of the models offered (see `gap_forecast`).

        `pre-pandemic` is the default model as it would have been used with the periods before the pandemic.

        Raises:
            UsageError: no such model is offered.
            MeasureRefused: as `gap_forecast`.
        """
        if model not in self.models:
            raise UsageError(f"There is no forecast {model!r}.", do=f"Choose one of {', '.join(self.models)}.")
        early, ends = model == PRE_PANDEMIC, self.ends_of(str(rows["definition"].iloc[0]))
        return gap_forecast(
            rows,
            model=self.default if early else model,
            fits=self.fits_before_the_pandemic if early else self.fits,
            ends=ends,
            last_year=last_year,
            seen_to=LAST_PRE_PANDEMIC_YEAR if early else None,
            baseline=baseline,
        )


@dataclass(frozen=True)
class Forecasts:
    """The forecasts of one definition, each made once, when it is asked for."""

    rows: pd.DataFrame
    """Table `gaps` for the definition, both sexes."""
    evidence: Evidence
    last_year: int
    baseline: float | None
    """Mid-point of the baseline period; None for forecasts that are asked about every period as a baseline."""
    _made: dict[str, GapForecast] = field(default_factory=dict)

    def by(self, model: str) -> GapForecast:
        """The forecast by one of the models offered; raises as `Evidence.forecast`."""
        if model not in self._made:
            self._made[model] = self.evidence.forecast(
                self.rows, model, last_year=self.last_year, baseline=self.baseline
            )
        return self._made[model]


def forecasts_for(answer: Answer, evidence: Evidence, *, every_baseline: bool = False) -> Forecasts:
    """The forecasts that an answer asks for, of both sexes."""
    baseline = None if every_baseline else float(answer.baseline["mid_point"])
    return Forecasts(answer.both_sexes, evidence, answer.question.target_year, baseline)


def evidence_of(tables: Tables) -> Evidence:
    """The evidence that a build holds; its default model is the one that gave its verdicts."""
    return tables.once(
        "evidence",
        lambda: Evidence(
            default=str(tables.table("verdicts")["model"].iloc[0]),
            variances=tables.table("forecast_variances"),
            ends=tables.table("forecast_ends"),
        ),
    )


def evidence_from(*, income: pd.DataFrame, tables: Mapping[str, pd.DataFrame]) -> Evidence:
    """The evidence in tables `forecast_record`, `forecast_variances` and `forecast_ends`.

    The default model is the best by the record; it may be no worse than the last figure for the richest and the poorest
    region of table `income`.
    """
    return Evidence(
        default=default_model(tables["forecast_record"], default_pair=income_pair(income)),
        variances=tables["forecast_variances"],
        ends=tables["forecast_ends"],
    )
