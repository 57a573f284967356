"""How unequal each building block of health is between deprived and other authorities, and how it goes with HLE.

A sign makes indicators comparable: +1 where high is good, -1 where high is bad, so that after multiplication more is
better. Every gap here is the least deprived fifth minus the most deprived fifth, after the sign: positive means that
the most deprived fifth is worse off.
"""

from collections.abc import Collection, Mapping

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from scipy.special import ndtri, stdtr

from pipeline.errors import MeasureRefused
from pipeline.measures.difference import (
    difference,
    interval_from_standard_error,
    standard_error_from_interval,
    weighted_mean,
)
from pipeline.measures.gap.gaps import equal_count_groups
from pipeline.measures.refusals import FloatArray, finite_array, number, usable_rows

SMALLEST_CHANGE_SD = 0.1
"""Standard deviations below which a gap, or the change of one, is called small whatever its interval."""

FALSE_DISCOVERY_RATE = 0.05
FEWEST_AREAS = 30
"""Below this many authorities no association is given."""


def deprived_ends(deprivation: pd.DataFrame, with_hle: Collection[str]) -> pd.DataFrame:
    """Most and the least deprived fifth of authorities: area_code, end ("most", "least"), population.

    Equal-count fifths by average IMD score among the authorities that have HLE, so that the groups are those of the
    gap by deprivation-fifths. They stay the same for every indicator and period.

    Args:
        deprivation: table `deprivation`.
        with_hle: codes of the authorities that have HLE.
    """
    usable_rows(deprivation, what="authority", key=["area_code"], non_negative=["imd_score"], positive=["population"])
    ranked = deprivation[deprivation["area_code"].isin(with_hle)].sort_values(
        ["imd_score", "area_code"], ascending=[False, True]
    )
    end = pd.Series(equal_count_groups(ranked, 5), index=ranked.index).map({0: "most", 4: "least"})
    return ranked.assign(end=end).loc[end.notna(), ["area_code", "end", "population"]].reset_index(drop=True)


def block_gaps(
    figures: pd.DataFrame,
    ends: pd.DataFrame,
    *,
    signs: Mapping[str, int],
    in_current_prices: Collection[str] = (),
) -> pd.DataFrame:
    """Gap of every indicator and period, in its own units and in standard deviations.

    Each end is the population-weighted mean of the authorities that have a figure. gap = sign x (least - most).
    gap_sd = gap / s, with s the standard deviation between all authorities in the indicator's latest period: one
    yardstick for all its periods, so gap_sd moves as the gap in own units does. Indicators in current prices are
    first re-priced: earlier values times (mean of all authorities in the latest period / mean in that period), so
    that inflation is not taken for a widening. gap_se comes from the published intervals and is NaN where an authority
    of either end lacks one.

    Args:
        figures: indicator, area_code (authorities only), period, period_start, value, lci_95, uci_95.
        ends: from `deprived_ends`.
        signs: indicator -> +1 or -1.
        in_current_prices: indicators whose values rise with prices.

    Returns:
        One row per indicator and period in which both ends have a figure: period_start, least_deprived,
        most_deprived (own units, as published), least_deprived_areas, most_deprived_areas (how many authorities had a
        figure), gap, gap_se (own units), gap_sd and its 95% limits.

    Raises:
        MeasureRefused: an indicator has no sign, or all authorities have the same value.

    What is not checked: that few authorities with a figure still stand for their fifth (the counts tell), and that a
    weighted mean of medians (pay) or ratios means what it should. The scatter between authorities is taken as known.
    """
    usable_rows(figures, what="indicator", key=["indicator", "area_code", "period_start"], finite=["value"])
    usable_rows(ends, what="authority", key=["area_code"], positive=["population"])
    _refuse_without_sign(figures, signs)
    if not {"most", "least"} <= set(ends["end"]):
        raise MeasureRefused("An end has no authorities.", do="Give the authorities of both ends.")
    rows = figures.assign(se=standard_error_from_interval(figures["lci_95"], figures["uci_95"]))
    rows = rows.merge(ends, on="area_code", how="left", validate="many_to_one")
    gaps = [
        gap
        for indicator, series in rows.groupby("indicator")
        for gap in _gaps_of(str(indicator), series, signs[str(indicator)], re_priced=indicator in in_current_prices)
    ]
    return pd.DataFrame(gaps)


def _gaps_of(indicator: str, series: pd.DataFrame, sign: int, *, re_priced: bool) -> list[dict[str, object]]:
    """The gap of one indicator in every period in which both ends have a figure."""
    latest = series.loc[series["period_start"] == series["period_start"].max(), "value"]
    spread = float(latest.std(ddof=1))
    if not spread > 0:
        raise MeasureRefused(f"All authorities have the same value of {indicator}.", do="Leave it out: it has no gap.")
    gaps: list[dict[str, object]] = []
    for (period, start), group in series.groupby(["period", "period_start"]):
        row = _gap(group, sign)
        if not row:
            continue
        price = float(latest.mean() / group["value"].mean()) if re_priced else 1.0
        gap_sd, se_sd = row["gap"] * price / spread, row["gap_se"] * price / spread
        lower, upper = interval_from_standard_error(gap_sd, se_sd)
        named = {"indicator": indicator, "period": period, "period_start": start}
        gaps.append({**named, **row, "gap_sd": gap_sd, "gap_sd_lci_95": float(lower), "gap_sd_uci_95": float(upper)})
    return gaps


def _gap(group: pd.DataFrame, sign: int) -> dict[str, float]:
    ends = {end: group[group["end"] == end] for end in ("least", "most")}
    if any(rows.empty for rows in ends.values()):
        return {}
    (least, least_se), (most, most_se) = (
        weighted_mean(rows["value"], rows["se"], rows["population"]) for rows in ends.values()
    )
    gap, se = difference(least, most, least_se, most_se)
    return {
        "least_deprived": float(least),
        "most_deprived": float(most),
        "least_deprived_areas": len(ends["least"]),
        "most_deprived_areas": len(ends["most"]),
        "gap": sign * float(gap),
        "gap_se": float(se),
    }


def gap_changes(gaps: pd.DataFrame) -> pd.DataFrame:
    """How each indicator's gap moved between its first and its latest period, and in plain words who gained.

    change_sd = latest gap_sd - first gap_sd; negative means that the most deprived fifth caught up. Its interval takes
    the two periods as independent. `moved` is "one period" where there is no change to tell; "little changed" where
    the change is smaller than 0.1 standard deviations or its interval holds zero; else "caught up" or "fell behind",
    said of the most deprived fifth.

    Returns:
        One row per indicator: first_period, latest_period, change_sd with limits (NaN where unknown), moved.
    """
    usable_rows(gaps, what="indicator", key=["indicator", "period_start"], finite=["gap_sd"])
    rows = []
    for indicator, series in gaps.sort_values("period_start").groupby("indicator"):
        first, latest = series.iloc[0], series.iloc[-1]
        single = len(series) == 1
        change = np.nan if single else latest["gap_sd"] - first["gap_sd"]
        se = np.hypot(
            *(standard_error_from_interval(row["gap_sd_lci_95"], row["gap_sd_uci_95"]) for row in (first, latest))
        )
        lower, upper = interval_from_standard_error(change, se)
        rows.append(
            {
                "indicator": indicator,
                "first_period": first["period"],
                "latest_period": latest["period"],
                "change_sd": change,
                "change_sd_lci_95": float(lower),
                "change_sd_uci_95": float(upper),
                "moved": "one period" if single else _moved(change, float(lower), float(upper)),
            }
        )
    return pd.DataFrame(rows)


def _moved(change: float, lower: float, upper: float) -> str:
    if abs(change) < SMALLEST_CHANGE_SD or lower <= 0 <= upper:
        return "little changed"
    return "caught up" if change < 0 else "fell behind"


def associations(
    figures: pd.DataFrame, hle: pd.DataFrame, deprivation: pd.DataFrame, *, signs: Mapping[str, int]
) -> pd.DataFrame:
    """How each indicator goes with HLE across authorities, before and after allowing for deprivation.

    Before: Spearman's rank correlation of sign x indicator with HLE. After: the partial rank correlation given the IMD
    score, (r_xy - r_xz r_yz) / sqrt((1 - r_xz²)(1 - r_yz²)) on ranks. Ranks, because a few authorities lie far out
    (emissions beside heavy industry, incomes in central London). Interval: tanh(atanh r ± 1.96 sqrt((1 + r²/2) /
    (n - 3 - k))), k = 0 before and 1 after. p-values from t = r sqrt((n - 2 - k) / (1 - r²)). All tests of one sex,
    before and after, go together through Benjamini and Hochberg's control of the false discovery rate at 5%.

    Args:
        figures: latest figures of authorities: indicator, area_code, value.
        hle: one sex and period of table `hle`, authorities only: area_code, hle_years.
        deprivation: table `deprivation`.
        signs: indicator -> +1 or -1.

    Returns:
        One row per indicator and allowing_for ("nothing", "deprivation"): areas, correlation with limits, p_value,
        stands_out (survives the control).

    Raises:
        MeasureRefused: fewer than 30 authorities have all figures.

    What it cannot say: cause. Noise in HLE and in the indicator pulls every correlation towards zero. The index itself
    counts income, work, skills and surroundings, so allowing for it takes away part of what these indicators measure.

    Source: interval after Bonett and Wright (2000), Psychometrika 65; control after Benjamini and Hochberg (1995).
    """
    from scipy.stats import false_discovery_control  # noqa: PLC0415 - half a second, which only a build needs

    usable_rows(figures, what="indicator", key=["indicator", "area_code"])
    usable_rows(hle, what="authority", key=["area_code"], positive=["hle_years"])
    usable_rows(deprivation, what="authority", key=["area_code"], non_negative=["imd_score"])
    _refuse_without_sign(figures, signs)
    both = hle[["area_code", "hle_years"]].merge(deprivation[["area_code", "imd_score"]], on="area_code")
    rows = []
    for indicator, group in figures.groupby("indicator"):
        complete = group.dropna(subset="value").merge(both, on="area_code", validate="one_to_one")
        better = signs[str(indicator)] * complete["value"]
        for allowing_for, given in (("nothing", None), ("deprivation", complete["imd_score"])):
            rows.append(
                {
                    "indicator": indicator,
                    "allowing_for": allowing_for,
                    **rank_correlation(better, complete["hle_years"], given=given),
                }
            )
    found = pd.DataFrame(rows)
    adjusted = false_discovery_control(found["p_value"], method="bh")
    return found.assign(stands_out=adjusted <= FALSE_DISCOVERY_RATE)


def rank_correlation(x: ArrayLike, y: ArrayLike, *, given: ArrayLike | None = None) -> dict[str, float]:
    """Rank correlation, partial where `given` is given, with areas, its 95% limits and p_value.

    Args:
        x: n values.
        y: n values.
        given: n values to allow for.

    Raises:
        MeasureRefused: fewer than 30 pairs, one side does not vary, or two have the same order.
    """
    columns = [x, y] if given is None else [x, y, given]
    ranks = pd.DataFrame(_pairs(columns)).T.rank().to_numpy()
    count, held_fixed = len(ranks), ranks.shape[1] - 2
    if count < FEWEST_AREAS or np.any(ranks.std(axis=0) == 0):
        raise MeasureRefused(
            f"A correlation was asked for across {count} areas, or of values that do not vary.",
            do=f"Give {FEWEST_AREAS} areas or more that differ.",
        )
    pairs = np.asarray(np.corrcoef(ranks.T))
    if np.any(np.abs(pairs[~np.eye(len(pairs), dtype=bool)]) > 1 - 1e-12):
        raise MeasureRefused(
            "A correlation was asked for of values that have the very same order.",
            do="Do not set a measure beside itself.",
        )
    inverse = np.linalg.inv(pairs)
    r = float(-inverse[0, 1] / np.sqrt(inverse[0, 0] * inverse[1, 1]))
    half_width = ndtri(0.975) * np.sqrt((1 + r**2 / 2) / (count - 3 - held_fixed))
    freedom = count - 2 - held_fixed
    return {
        "areas": count,
        "correlation": r,
        "correlation_lci_95": float(np.tanh(np.arctanh(r) - half_width)),
        "correlation_uci_95": float(np.tanh(np.arctanh(r) + half_width)),
        "p_value": float(2 * stdtr(freedom, -abs(r) * np.sqrt(freedom / (1 - r**2)))),
    }


def _pairs(columns: list[ArrayLike]) -> list[FloatArray]:
    pairs = [finite_array(column, name="value", element="pair") for column in columns]
    if len({column.shape for column in pairs}) > 1 or pairs[0].ndim != 1:
        raise MeasureRefused("A correlation needs pairs of values.", do="Give as many of one as of the other.")
    return pairs


def _refuse_without_sign(figures: pd.DataFrame, signs: Mapping[str, int]) -> None:
    missing = sorted(set(figures["indicator"]) - set(signs))
    if missing:
        raise MeasureRefused(
            f"{len(missing)} indicator(s) have no polarity: {', '.join(missing)}.",
            do="Say in pipeline/sources/levers.csv whether high is good or bad.",
        )


def latest_figures(figures: pd.DataFrame) -> pd.DataFrame:
    """Rows of each indicator's latest period (columns indicator and period_start, and any others)."""
    usable_rows(figures, what="indicator", positive=["period_start"])
    latest = figures.groupby("indicator")["period_start"].transform("max")
    return figures[figures["period_start"] == latest].reset_index(drop=True)


def without_figure(latest: pd.DataFrame, authorities: Collection[str]) -> dict[str, list[str]]:
    """Authorities that have no figure, by indicator; indicators that all have are left out."""
    usable_rows(latest, what="indicator", key=["indicator", "area_code"])
    if not authorities:
        raise MeasureRefused("No authorities were given.", do="Give the codes of all authorities.")
    missing = {
        str(indicator): sorted(set(authorities) - set(group["area_code"]))
        for indicator, group in latest.groupby("indicator")
    }
    return {indicator: codes for indicator, codes in missing.items() if codes}


def per_resident(totals: pd.DataFrame, population: pd.DataFrame, *, factor: float = 1.0) -> pd.DataFrame:
    """Totals divided by the residents of the same area and year, times `factor`; years without residents go.

    Args:
        totals: area_code, period_start (year), value; limits, if any, are divided alike.
        population: area_code, year, population.
        factor: 1e6 turns millions into units.
    """
    usable_rows(totals, what="total", positive=["period_start"], finite=["value"], or_missing=["lci_95", "uci_95"])
    usable_rows(population, what="area", key=["area_code", "year"], positive=["population"])
    times_over = number(factor, name="factor", above=0)
    people = population.rename(columns={"year": "period_start"})[["area_code", "period_start", "population"]]
    rows = totals.merge(people, on=["area_code", "period_start"], validate="many_to_one")
    for column in ("value", "lci_95", "uci_95"):
        rows[column] = times_over * rows[column] / rows["population"]
    return rows.drop(columns="population")
