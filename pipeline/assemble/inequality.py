"""Inequality over time: summary measures across regions, and slopes across regions, authorities and small areas."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from pipeline.measures.difference import interval_from_standard_error, standard_error_from_interval
from pipeline.measures.gap.gaps import region_deprivation, with_standard_error
from pipeline.measures.inequality.slope_index import SlopeIndex, slope_index_of_inequality
from pipeline.measures.inequality.summary import SUMMARY_MEASURES, Summary, summary_measures

PERIOD = ["period", "period_start", "period_end"]
BETWEEN_ENDS = ("difference", "ratio", "population-attributable-risk", "population-attributable-fraction")
"""Measures between two ends: with an order its first and last group, without one the highest and lowest value."""

UNITS = {"units": "years", "units squared": "years squared"}


def inequality(
    *, hle: pd.DataFrame, income: pd.DataFrame, deprivation: pd.DataFrame, areas: pd.DataFrame
) -> pd.DataFrame:
    """Table `inequality`: every summary measure across the nine regions by order, sex and period; `hle` is one release.

    Regions weigh by their residents (mid-2022, as in the index of deprivation), the same in every period. Measures that
    need no order of regions have order "none"; those that do, "deprivation" (average IMD 2025 score) and "income" (GDHI
    per head in the latest year); those between two ends all three.

    Errors and limits are NaN where a measure has no standard error or is at its bound of zero. Limits are normal; those
    of ratios are normal on their logarithm.
    """
    regions = with_standard_error(hle[hle["area_type"] == "region"])
    people = region_deprivation(deprivation, areas).set_index("region_code").sort_index()
    latest = income[(income["area_type"] == "region") & (income["year"] == income["year"].max())]
    orders = {
        "none": None,
        "deprivation": -people["imd_score"].to_numpy(),
        "income": latest.set_index("area_code")["gdhi_per_head_gbp"].reindex(people.index).to_numpy(),
    }
    keys, (values, errors) = _matrix(regions.sort_values("area_code"), "hle_years", "hle_se")
    weights = people["population"].to_numpy()
    return pd.concat(
        [
            _summary_rows(keys, measure, summary, order)
            for order, ranks in orders.items()
            for measure, summary in summary_measures(values, errors, weights, order=ranks).items()
            if order == "none" or SUMMARY_MEASURES[measure].ordered or measure in BETWEEN_ENDS
        ],
        ignore_index=True,
    )


def _summary_rows(keys: pd.DataFrame, measure: str, summary: Summary, order: str) -> pd.DataFrame:
    unit = SUMMARY_MEASURES[measure].unit
    # An attributable risk cannot fall below zero; where it stands there, no error can be had from its slope.
    error = np.where(summary.standard_error > 0, summary.standard_error, np.nan)
    if unit == "ratio":
        lower, upper = np.exp(interval_from_standard_error(np.log(summary.estimate), error / summary.estimate))
    else:
        lower, upper = interval_from_standard_error(summary.estimate, error)
    return keys.assign(
        measure=measure,
        order=order,
        unit=UNITS.get(unit, unit),
        estimate=summary.estimate,
        standard_error=error,
        lci_95=lower,
        uci_95=upper,
    )


def slopes(
    *,
    hle: pd.DataFrame,
    life_expectancy: pd.DataFrame,
    deciles: pd.DataFrame,
    deprivation: pd.DataFrame,
    areas: pd.DataFrame,
) -> pd.DataFrame:
    """Table `slopes`: slope and relative index of inequality by deprivation, for HLE and for life expectancy.

    Groups are tenths of small areas, the nine regions, and the upper-tier authorities with HLE, weighted by the
    residents in table `deprivation`. Life expectancy of authorities is left out: its periods come from two releases.
    `intercept_years` is the fitted value at the most deprived end. Errors and limits are NaN where the publisher gives
    no interval for the groups.
    """
    scores = {
        "regions": region_deprivation(deprivation, areas).rename(columns={"region_code": "area_code"}),
        "authorities": deprivation[["area_code", "imd_score", "population"]],
    }
    parts = []
    for measure, table in (("hle", hle), ("le", life_expectancy)):
        named = table.rename(
            columns={f"{measure}_years": "value", f"{measure}_lci_95": "lower", f"{measure}_uci_95": "upper"}
        )
        for groups, level in (("regions", "region"), ("authorities", "utla")):
            if (measure, groups) == ("le", "authorities"):
                continue
            rows = named[named["area_type"] == level].merge(scores[groups], on="area_code", validate="many_to_one")
            ordered = rows.sort_values(["imd_score", "area_code"], ascending=[False, True])
            parts.append(_slope_rows(ordered).assign(measure=measure, groups=groups))
        tenths = deciles.assign(
            value=deciles[f"{measure}_years"],
            lower=deciles["hle_lci_95"] if measure == "hle" else np.nan,
            upper=deciles["hle_uci_95"] if measure == "hle" else np.nan,
            population=1,
        )
        parts.append(_slope_rows(tenths.sort_values("imd_decile")).assign(measure=measure, groups="deciles"))
    return pd.concat(parts, ignore_index=True)


def _slope_rows(ordered: pd.DataFrame) -> pd.DataFrame:
    ordered = ordered.assign(se=standard_error_from_interval(ordered["lower"], ordered["upper"]))
    keys, (values, errors, people) = _matrix(ordered, "value", "se", "population")
    known = bool(np.isfinite(errors).all())
    index = slope_index_of_inequality(values, errors if known else np.zeros_like(errors), people)
    return pd.concat([keys, pd.DataFrame(dict(_slope_columns(index, known=known)))], axis=1)


def _slope_columns(index: SlopeIndex, *, known: bool) -> Iterator[tuple[str, np.ndarray]]:
    yield from (("sii_years", index.sii), ("rii", index.rii), ("intercept_years", index.intercept))
    for name, values in (
        ("sii_se", index.sii_se),
        ("sii_lci_95", index.sii_lower),
        ("sii_uci_95", index.sii_upper),
        ("rii_se", index.rii_se),
        ("rii_lci_95", index.rii_lower),
        ("rii_uci_95", index.rii_upper),
    ):
        yield name, values if known else np.full_like(values, np.nan)


def _matrix(ordered: pd.DataFrame, *columns: str) -> tuple[pd.DataFrame, list[np.ndarray]]:
    """Sexes and periods of a table whose groups are in order, and columns as (series, groups)."""
    series = ordered.sort_values(["sex", "period_start"], kind="stable")
    keys = series[["sex", *PERIOD]].drop_duplicates().reset_index(drop=True)
    return keys, [series[column].to_numpy(dtype=float).reshape(len(keys), -1) for column in columns]
