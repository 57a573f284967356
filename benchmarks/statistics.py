"""SII, life tables and Sullivan for all areas at once, against plain loops over groups with the same inputs."""

import time
from collections.abc import Callable

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from benchmarks.measured import Part, Row, median
from pipeline.measures.inequality.slope_index import slope_index_of_inequality
from pipeline.measures.life.life_table import life_table
from pipeline.measures.life.sullivan import healthy_life_expectancy

SERIES, GROUPS = 1000, 10
AREAS = 7000
AGES = np.array([0, 1, *range(5, 95, 5)])
BANDS = len(AGES)
TURNS = 5


def measure(turns: int = TURNS) -> Part:
    """Measure both kinds of statistic."""
    part = Part(
        "statistics",
        "Statistics for many areas at once",
        f"Medians of {turns} runs by turns. The loop goes over the groups of a long table, as analysts write it "
        "(`for name, group in table.groupby(...)`), and calls the same function for each. Both give the same numbers, which "
        f"is checked. Made-up inputs: {SERIES} series of {GROUPS} groups; {AREAS} areas of {BANDS} age bands.",
    )
    generator = np.random.default_rng(7)
    part.rows += _slopes(generator, turns)
    part.rows += _life_tables(generator, turns)
    return part


def _slopes(generator: np.random.Generator, turns: int) -> list[Row]:
    values = 60 + generator.normal(0, 2, (SERIES, GROUPS)).cumsum(axis=1)
    errors = generator.uniform(0.2, 0.6, (SERIES, GROUPS))
    people = generator.uniform(4e5, 8e5, (SERIES, GROUPS))

    def at_once() -> np.ndarray:
        index = slope_index_of_inequality(values, errors, people)
        return np.column_stack([index.sii, index.sii_lower, index.sii_upper])

    table = _long_table("series", value=values, error=errors, people=people)

    def over_groups() -> np.ndarray:
        found = [
            slope_index_of_inequality(group["value"], group["error"], group["people"])
            for _, group in table.groupby("series")
        ]
        return np.array([[float(one.sii), float(one.sii_lower), float(one.sii_upper)] for one in found])

    return _compared(f"SII with exact intervals, {SERIES} series", at_once, over_groups, turns)


def _life_tables(generator: np.random.Generator, turns: int) -> list[Row]:
    people = generator.uniform(5e3, 5e4, (AREAS, BANDS))
    rates = np.exp(-9 + AGES / 11) * generator.uniform(0.9, 1.1, (AREAS, BANDS))
    deaths = np.round(people * rates) + 1
    shares = np.clip(0.95 - AGES / 140 + generator.normal(0, 0.02, (AREAS, BANDS)), 0.05, 0.99)
    asked = generator.uniform(50, 200, (AREAS, BANDS))

    def years(deaths: ArrayLike, people: ArrayLike, shares: ArrayLike, asked: ArrayLike) -> np.ndarray:
        table = life_table(ages=AGES, deaths=deaths, populations=people)
        healthy = healthy_life_expectancy(table, shares, respondents=asked)
        return np.stack(
            [
                table.life_expectancy_years,
                table.life_expectancy_variance,
                healthy.healthy_life_expectancy_years,
                healthy.variance,
            ],
            axis=-2,
        )

    def at_once() -> np.ndarray:
        return years(deaths, people, shares, asked)

    long = _long_table("area", deaths=deaths, people=people, share=shares, asked=asked)

    def over_groups() -> np.ndarray:
        return np.array(
            [
                years(group["deaths"], group["people"], group["share"], group["asked"])
                for _, group in long.groupby("area")
            ]
        )

    return _compared(f"life tables and Sullivan, {AREAS} areas", at_once, over_groups, turns)


def _long_table(name: str, **columns: np.ndarray) -> pd.DataFrame:
    """Return arrays (groups, rows) as a table with one line a row, as figures are stored."""
    groups, rows = next(iter(columns.values())).shape
    return pd.DataFrame(
        {name: np.repeat(np.arange(groups), rows), **{key: held.ravel() for key, held in columns.items()}}
    )


def _compared(
    what: str, at_once: Callable[[], np.ndarray], over_groups: Callable[[], np.ndarray], turns: int
) -> list[Row]:
    np.testing.assert_allclose(at_once(), over_groups(), rtol=1e-9)
    fast, slow = [], []
    for _ in range(turns):
        fast.append(_seconds(at_once) * 1000)
        slow.append(_seconds(over_groups) * 1000)
    return [Row(what=what, value=median(fast), unit="ms", reference=median(slow), most_times=1 / 50)]


def _seconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun
