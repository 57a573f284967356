"""A valid call of every public function of the measures: name -> arguments, with the part that each argument plays."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from pipeline.measures.life.life_table import ABRIDGED_AGES, life_table
from pipeline.measures.trend.trend import Pace
from tests.measures.valid_calls_forecast import FORECAST_ARGUMENTS, FORECAST_PARTS

T = np.arange(2012.5, 2024.5)
GAP = 5 + 0.1 * (T - T[0]) + 0.2 * np.sin(T)
SE = np.linspace(0.4, 0.6, 12)
S = np.maximum(0, 1 - np.abs(T[:, None] - T) / 3) * SE[:, None] * SE
PEOPLE = np.array([3e5, 4e5, 5e5, 6e5, 7e5])
FIVE = np.array([58.0, 60.0, 61.5, 63.0, 66.0])
DEATHS = 200 * np.exp(0.22 * np.arange(20.0))
TABLE = life_table(ages=ABRIDGED_AGES, deaths=DEATHS, populations=np.full(20, 5e5))
SHARES = np.linspace(0.95, 0.4, 20)
PACE = Pace(*(np.array(v) for v in (0.2, 0.05, 0.1, 0.3, 0.04)))
GENERATOR = np.random.default_rng(1)
PERIODS = [(f"{y} to {y + 2}", y, y + 2) for y in (2014, 2017, 2020)]
CODES = [f"E060000{i:02}" for i in range(40)]
REGIONS = [f"E1200000{i}" for i in range(1, 4)]


def hle(codes: list[str], area_type: str, *, spread: float = 0.2) -> pd.DataFrame:
    rows = [
        (code, f"Area {code}", area_type, sex, *period, "2026-02-19", value, value - 1.2, value + 1.2, 1.2 / 1.959964)
        for sex in ("female", "male")
        for period in PERIODS
        for value, code in zip(60 + spread * np.arange(len(codes)), codes, strict=True)
    ]
    columns = ["area_code", "area_name", "area_type", "sex", "period", "period_start", "period_end", "release"]
    return pd.DataFrame(rows, columns=[*columns, "hle_years", "hle_lci_95", "hle_uci_95", "hle_se"])


AUTHORITIES, REGION_HLE, ENGLAND = hle(CODES, "utla"), hle(REGIONS, "region", spread=2.0), hle(["E92000001"], "country")
ALL_HLE = pd.concat([AUTHORITIES, REGION_HLE, ENGLAND], ignore_index=True).drop(columns="hle_se")
LIMITS = ["hle_lci_95", "hle_uci_95"]
# high codes have high HLE, so they are the less deprived ones
DEPRIVATION = pd.DataFrame(
    {"area_code": CODES, "imd_score": np.linspace(40.0, 8.0, 40), "population": np.linspace(1e5, 3e5, 40)}
)
AREAS = pd.DataFrame({"area_code": CODES, "region_code": [REGIONS[i * 3 // 40] for i in range(40)]}).assign(
    area_type="utla", combined_authority_code=None
)
INCOME = pd.DataFrame(
    {"area_code": REGIONS * 2, "area_type": "region", "year": [2022.0] * 3 + [2023.0] * 3,
     "gdhi_per_head_gbp": [16e3, 20e3, 30e3, 17e3, 21e3, 32e3]}
)  # fmt: skip
DECILES = (
    hle([str(i) for i in range(1, 11)], "decile")
    .drop(columns="hle_se")
    .assign(imd_decile=lambda rows: rows["area_code"].astype(int))
)
REGION_SCORES = pd.DataFrame({"region_code": REGIONS, "imd_score": [30.0, 22.0, 15.0], "population": [2e6, 3e6, 4e6]})
ENDS = pd.DataFrame(
    [("female", *p, "B", "A", 64.0 + i, 0.5, 60.0, 0.5) for i, p in enumerate(PERIODS)],
    columns=["sex", "period", "period_start", "period_end", "better_off", "worse_off", "better_off_years",
             "better_off_se", "worse_off_years", "worse_off_se"],
)  # fmt: skip
GAPS = ENDS[["sex", "period"]].assign(definition="slope-deciles")
POPULATION = pd.Series(np.linspace(1e5, 3e5, 40), index=CODES)
SERIES = pd.DataFrame(
    {"period": [p[0] for p in PERIODS], "period_start": [p[1] for p in PERIODS], "period_end": [p[2] for p in PERIODS],
     "place_years": [60.0, 61.0, 62.0]}
)  # fmt: skip
SIMILAR = pd.DataFrame(60 + np.arange(18.0).reshape(3, 6) ** 1.1, index=SERIES["period"], columns=CODES[:6])
RESIDUALS = pd.DataFrame(
    [(code, code, str(p), 0.5 + i / 40, i / 40, 1 + i / 40, True) for p in (1, 2) for i, code in enumerate(CODES)],
    columns=["area_code", "area_name", "period", "residual_years", "residual_lci_95", "residual_uci_95", "stands_out"],
)
LATEST = pd.DataFrame(
    {"indicator": "smoking", "area_code": CODES, "period": "2023", "period_start": 2023.0,
     "value": 10 + np.arange(40) % 7 + np.arange(40) / 10, "lci_95": 8.0, "uci_95": 22.0}
)  # fmt: skip
FIGURES = pd.concat(
    [LATEST.assign(period="2022", period_start=2022.0, value=LATEST["value"] + 1), LATEST], ignore_index=True
)
DEPRIVED = pd.DataFrame(
    {"area_code": CODES[:8] + CODES[-8:], "end": ["most"] * 8 + ["least"] * 8, "population": np.linspace(1e5, 2e5, 16)}
)
BLOCK_GAPS = pd.DataFrame(
    {"indicator": "smoking", "period": ["2022", "2023"], "period_start": [2022.0, 2023.0], "gap_sd": [0.5, 0.9],
     "gap_sd_lci_95": [0.4, 0.8], "gap_sd_uci_95": [0.6, 1.0]}
)  # fmt: skip
RESIDENTS = pd.DataFrame({"area_code": CODES, "year": 2023.0, "population": np.linspace(1e5, 3e5, 40)})
GOOD_HEALTH = pd.DataFrame(
    {"sex": "female", "age": [0.0, 40.0, 80.0], "good_health_share": [0.9, 0.7, 0.4], "hle_years": [60.0, 25.0, 3.0]}
)
SINGLE_YEARS = pd.DataFrame(
    {"sex": "female", "age": np.arange(101.0), "death_probability": np.linspace(0.001, 0.4, 101),
     "mortality_rate": np.linspace(0.001, 0.5, 101)}
)  # fmt: skip


@dataclass(frozen=True)
class Call:
    """Arguments of one function, and the part that each plays where its name does not say (see `PARTS`)."""

    arguments: dict[str, Any]
    parts: dict[str, str] = field(default_factory=dict)


def call(parts: dict[str, str] | None = None, /, **arguments: Any) -> Call:
    return Call(arguments, parts or {})


CALLS: dict[str, Call] = {name: Call(arguments, FORECAST_PARTS) for name, arguments in FORECAST_ARGUMENTS.items()} | {
    "difference.standard_error_from_interval": call(lower=GAP - 1, upper=GAP + 1, confidence=0.95),
    "difference.interval_from_standard_error": call({"standard_error": "holed errors"}, estimate=GAP, standard_error=SE, confidence=0.95),
    "difference.difference": call(
        {"better_off_se": "holed errors", "worse_off_se": "holed errors", "better_off": "holed", "worse_off": "holed"},
        better_off=60 + GAP, worse_off=60 - GAP, better_off_se=SE, worse_off_se=SE,
    ),
    "difference.refuse_reversed_ends": call(
        {"better_off": "holed", "worse_off": "holed"}, better_off=np.full(12, 65.0), worse_off=np.full(12, 60.0)
    ),
    "difference.weighted_mean": call(
        {"values": "holed", "standard_errors": "holed errors"}, values=FIVE, standard_errors=SE[:5], weights=PEOPLE
    ),
    "difference.levelling_up_gap": call(
        {"better_off_series": "holed", "worse_off_series": "holed"}, better_off_series=60 + GAP, worse_off_series=60 - GAP
    ),
    "difference.ends_change": call(
        dict.fromkeys(["better_off_start", "better_off_end", "worse_off_start", "worse_off_end"], "holed"),
        better_off_start=FIVE, better_off_end=FIVE + 1, worse_off_start=FIVE - 5, worse_off_end=FIVE - 4,
    ),
    "gap.definitions.definition_of": call(definition_id="income-regions"),
    "gap.floor.areas_below_floor": call({"values": "holed"}, values=FIVE, populations=PEOPLE, floor=61.0),
    "gap.floor.fastest_sustained_rise": call(
        values=60 + np.outer([0.1, 0.3], T - T[0]), standard_errors=np.tile(SE, (2, 1)), mid_points=T, period_count=3,
        length_years=3,
    ),
    "gap.gaps.gaps": call(
        hle=ALL_HLE, income=INCOME, deprivation=DEPRIVATION, areas=AREAS, deciles=DECILES,
    ),
    "gap.gaps.region_ends": call(
        regions=REGION_HLE.drop(columns=LIMITS), income=INCOME, deprivation=DEPRIVATION, areas=AREAS
    ),
    "gap.gaps.gap_of_ends": call(ends=ENDS),
    "gap.gaps.with_standard_error": call(hle=AUTHORITIES[["area_code", "release", *LIMITS]]),
    "gap.gaps.income_pair": call(income=INCOME),
    "gap.gaps.region_deprivation": call(deprivation=DEPRIVATION, areas=AREAS),
    "gap.gaps.deprivation_pair": call(deprivation=DEPRIVATION, areas=AREAS),
    "gap.gaps.pair_ends": call(hle=REGION_HLE.drop(columns=LIMITS), better_off=REGIONS[2], worse_off=REGIONS[0]),
    "gap.gaps.extreme_ends": call(hle=REGION_HLE.drop(columns=LIMITS)),
    "gap.gaps.equal_count_groups": call(ordered=DEPRIVATION[["area_code"]], groups=5),
    "gap.gaps.deprivation_fifth_ends": call(authorities=AUTHORITIES.drop(columns=LIMITS), deprivation=DEPRIVATION),
    "gap.gaps.extreme_tenth_ends": call(authorities=AUTHORITIES.drop(columns=LIMITS), size=15),
    "gap.gaps.tenth_selection": call(authorities=AUTHORITIES.drop(columns=LIMITS), size=15),
    "gap.gaps.decile_ends": call(deciles=DECILES),
    "gap.gaps.decile_groups": call(deciles=DECILES),
    "gap.gaps.region_groups": call(regions=REGION_HLE.drop(columns=LIMITS), region_scores=REGION_SCORES),
    "gap.gaps.borrowed_decile_error": call(gaps=GAPS, hle=ENGLAND[["area_type", "sex", "period", "release", *LIMITS]]),
    "gap.gaps.slope_ends": call(groups=DECILES.drop(columns=["imd_decile", *LIMITS]).assign(rank=DECILES["imd_decile"], population=1.0, hle_se=0.6)),
    "gap.levelling_down.change_se": call(first_se=0.5, last_se=0.6, shared_years=1 / 3, tau=0.139),
    "gap.levelling_down.probability_of_levelling_down": call(
        gap_change=-0.7, worse_off_change=-1.7, gap_change_se=0.8, worse_off_change_se=0.5, covariance=-0.25
    ),
    "gap.levelling_down.levelling_down": call(chance=0.95),
    "gap.against_the_rest.change_beside_england": call(
        dict.fromkeys(["end_start", "end_now", "england_start", "england_now"], "positive, any shape"),
        end_start=59.7, end_now=58.0, england_start=63.0, england_now=60.9
    ),
    "gap.against_the_rest.pace_against_the_rest": call(
        end=60 + GAP, end_se=SE, rest=np.stack([60 - GAP, 60 + GAP / 2]), rest_se=np.stack([SE, SE]), mid_points=T,
        tau=0.139, sigma=0.154,
    ),
    "gap.against_the_rest.moved_away": call(better_off=PACE, worse_off=PACE),
    "gap.path.target_gap": call({"baseline_gap": "alone"}, baseline_gap=GAP, factor=2.0),
    "gap.path.halving_path": call(
        {"mid_points": "alone", "baseline_gap": "positive, any shape"}, mid_points=T, baseline_gap=5.0,
        baseline_mid_point=2012.5, target_mid_point=2033.5, factor=2.0, shape="linear",
    ),
    "gap.path.required_pace": call(
        {"gap": "any shape", "goal": "any shape"}, gap=5.0, goal=2.5, from_mid_point=2023.5, target_mid_point=2033.5),
    "gap.path.rich_end_path": call(
        {"mid_points": "alone", "baseline_value": "positive, any shape", "own_pace": "any shape", "england_pace": "any shape"},
        rule="own-trend", mid_points=T, baseline_value=65.0,
        baseline_mid_point=2012.5, own_pace=0.1, england_pace=0.05,
    ),
    "gap.path.poor_end_task": call(
        dict.fromkeys(["rich_end_at_target", "baseline_gap", "poor_end"], "positive, any shape"),
        rich_end_at_target=65.0, baseline_gap=5.0, poor_end=60.0, from_mid_point=2023.5, target_mid_point=2033.5,
        factor=2.0,
    ),
    "gap.selection.selection_part": call(
        values=60 + np.random.default_rng(2).normal(0, 3, (3, 40)), standard_errors=np.full((3, 40), 1.0), size=5
    ),
    "gap.verdict.course": call(p_reached_now=0.5, p_reached_by_target=0.5),
    "gap.verdict.direction": call(pace_lci_95=0.05, pace_uci_95=0.3),
    "inequality.slope_index.ridits": call(populations=PEOPLE),
    "inequality.slope_index.slope_weights": call(populations=PEOPLE),
    "inequality.slope_index.slope_index_of_inequality": call(
        values=FIVE, standard_errors=SE[:5], populations=PEOPLE, confidence=0.95
    ),
    "inequality.summary.summary_measures": call(
        {"values": "positive"}, values=FIVE, standard_errors=SE[:5],
        populations=PEOPLE, order=np.arange(5.0),
    ),
    "life.decomposition.stepwise_decomposition": call(
        first=TABLE, first_shares=SHARES, second=TABLE, second_shares=SHARES**1.1
    ),
    "life.decomposition.health_part_by_age": call(
        first=TABLE, first_shares=SHARES, second=TABLE, second_shares=SHARES**1.1
    ),
    "life.decomposition.midpoint_split": call(
        dict.fromkeys(["first_le_years", "first_hle_years", "second_le_years", "second_hle_years"], "positive"),
        first_le_years=[77.0, 78.0], first_hle_years=[58.0, 59.0], second_le_years=[81.0, 82.0],
        second_hle_years=[65.0, 66.0],
    ),
    "life.england_check.england_check": call(single_year_table=SINGLE_YEARS, good_health=GOOD_HEALTH),
    "life.life_table.life_table": call(
        ages=ABRIDGED_AGES, deaths=DEATHS, populations=np.full(20, 5e5), infant_fraction=0.1
    ),
    "life.life_table.summed_from_oldest": call({"values": "numbers"}, values=DEATHS),
    "life.life_table.next_band": call({"values": "numbers"}, values=DEATHS),
    "life.life_table.life_table_from_rates": call(
        ages=ABRIDGED_AGES, death_rates=DEATHS / 5e5, infant_fraction=0.1, death_counts=DEATHS
    ),
    "life.life_table.life_table_from_probabilities": call(
        ages=ABRIDGED_AGES, probabilities_of_dying=TABLE.probabilities_of_dying, open_band_death_rate=0.2,
        infant_fraction=0.1, death_counts=DEATHS,
    ),
    "life.sullivan.healthy_life_expectancy": call(table=TABLE, good_health_shares=SHARES, respondents=np.full(20, 1e3)),
    "life.sullivan.good_health_leverage": call(table=TABLE),
    "life.sullivan.shares_at_ages": call(
        band_ages=[0.0, 20.0, 60.0], shares=[0.9, 0.7, 0.4], ages=np.arange(0.0, 100.0, 5.0)
    ),
    "places.better_than_predicted.better_than_predicted": call(residuals=RESIDUALS),
    "places.better_than_predicted.expected_by_luck": call(areas=151, periods=4),
    "places.between_groups.variance_between_groups": call(
        values=FIVE, standard_errors=SE[:5], populations=PEOPLE, groups=list("aabbb")
    ),
    "places.building_blocks.deprived_ends": call(deprivation=DEPRIVATION, with_hle=CODES),
    "places.building_blocks.block_gaps": call(
        figures=FIGURES, ends=DEPRIVED, signs={"smoking": -1}, in_current_prices=["smoking"]
    ),
    "places.building_blocks.gap_changes": call(gaps=BLOCK_GAPS),
    "places.building_blocks.associations": call(
        figures=LATEST[["indicator", "area_code", "value"]],
        hle=AUTHORITIES.query("sex == 'female' and period_start == 2020")[["area_code", "hle_years"]],
        deprivation=DEPRIVATION[["area_code"]].assign(imd_score=DEPRIVATION["imd_score"] + 9 * (np.arange(40) % 3)),
        signs={"smoking": -1},
    ),
    "places.building_blocks.rank_correlation": call(
        x=np.arange(40.0) % 7, y=np.arange(40.0) % 11, given=np.arange(40.0) % 5
    ),
    "places.building_blocks.latest_figures": call(figures=FIGURES[["indicator", "area_code", "period_start"]]),
    "places.building_blocks.without_figure": call(latest=LATEST[["indicator", "area_code"]], authorities=CODES),
    "places.building_blocks.per_resident": call(totals=LATEST, population=RESIDENTS, factor=1e6),
    "places.groups.group_series": call(
        figures=AUTHORITIES.query("area_code in @CODES[:3]").rename(columns={"hle_years": "years", "hle_se": "se"})[
            ["area_code", "sex", "period", "period_start", "period_end", "years", "se"]
        ],
        residents=pd.DataFrame([(c, y, 1e5) for c in CODES[:3] for y in (2015, 2018)], columns=["area_code", "year", "population"]),
        members=CODES[:2],
    ),
    "places.local_action.place_series": call(hle=AUTHORITIES.query("sex == 'female'").drop(columns="hle_se"), codes=CODES[:2], population=POPULATION),
    "places.local_action.baseline_period": call(series=SERIES.drop(columns="place_years"), since=2018),
    "places.local_action.record_since": call(series=SERIES[["period", "place_years"]], similar=SIMILAR, baseline="2014 to 2016"),
    "places.local_action.authorities_of": call(codes=CODES[:2], areas=AREAS),
    "places.places.rank_uncertainty": call(
        values=FIVE, standard_errors=SE[:5], generator=GENERATOR, draws=200, lowest_share=0.2
    ),
    "places.places.true_values_drawn": call(values=FIVE, standard_errors=SE[:5], generator=GENERATOR, draws=200),
    "places.places.rank_interval": call(ranks=np.tile(np.arange(1.0, 6), (200, 1)), share=0.95),
    "places.places.noise_adjusted_spread": call(values=FIVE, standard_errors=SE[:5]),
    "places.places.deprivation_residual": call(
        values=FIVE, standard_errors=SE[:5], imd_scores=[30.0, 25.0, 20.0, 18.0, 10.0], false_discovery_rate=0.05
    ),
    "places.places.held_in_every_period": call(residuals=[[1.0, -1.0], [2.0, -0.5]]),
    "places.shortfall.shortfall_person_years": call(values=FIVE, populations=PEOPLE, floor=61.0),
    "places.shortfall.fewest_that_hold": call(shares=[0.4, 0.3, 0.2, 0.1, 0.0], part=0.5),
    "places.shortfall.shortfall_ranks": call(
        values=FIVE, standard_errors=SE[:5], populations=PEOPLE, floor=61.0, members=np.eye(5), generator=GENERATOR, draws=200
    ),
    "places.similar_places.similar_places": call(scores=DEPRIVATION, place=CODES[:1], count=15),
    "places.similar_places.weakest_blocks": call(
        latest=LATEST[["indicator", "area_code", "value"]], area_code=CODES[0], similar=CODES[1:16], signs={"smoking": -1}
    ),
    "places.similar_places.moved_beside_similar": call(
        figures=FIGURES[["indicator", "area_code", "period", "period_start", "value"]], area_code=CODES[0], similar=CODES[1:16], signs={"smoking": -1}
    ),
    "places.similar_places.change_against_similar": call(
        place_change=1.0, similar_changes=[0.1, -0.5, 0.3, 0.9, -0.2, 0.0], confidence=0.95
    ),
    "trend.detection.smallest_detectable_change": call({"standard_error": "positive, any shape"}, standard_error=0.5, power=0.8),
    "trend.detection.first_to_tell": call(
        pace=-0.3, gap_se=0.55, from_mid_point=2023.5, nugget_variance=0.02, step_variance=0.001, power=0.8
    ),
    "trend.milestones.milestones": call(
        gap=6.0, pace=-0.4, covariance=S, mid_points=T, sigma=0.154, tau=0.139, squared_weights=2.0
    ),
    "trend.rolling.mid_point": call(
        {"first_year": "positive, any shape", "last_year": "positive, any shape"}, first_year=2022, last_year=2024),
    "trend.rolling.overlap": call(mid_points=T, length_years=3.0),
    "trend.rolling.non_overlapping": call(mid_points=T, length_years=3.0),
    "trend.rolling.publication_month": call(period_mid_point=2023.5, length_years=3, lag_months=14),
    "trend.trend.sampling_covariance": call(standard_errors=SE, mid_points=T),
    "trend.trend.gap_covariance": call(
        better_off_se=SE, worse_off_se=SE,
        mid_points=T,
    ),
    "trend.trend.process_covariance": call(mid_points=T, other_mid_points=T[:5], origin=2011.5),
    "trend.trend.wandering_covariance": call(mid_points=T, sigma=0.154, tau=0.139, squared_weights=2.0),
    "trend.trend.observed_pace": call(
        values=GAP, standard_errors=SE, mid_points=T, covariance=S, nugget_variance=0.02
    ),
    "trend.trend.non_overlapping_pace": call(
        values=GAP, standard_errors=SE, mid_points=T, period_count=4, nugget_variance=0.02
    ),
}  # fmt: skip
