"""SII, life tables and Sullivan for all areas at once, against a plain loop over groups with the same inputs."""

import time
from collections.abc import Callable

import numpy as np

from benchmarks import plain_loops
from benchmarks.measured import Part, Row, median
from pipeline.measures.life_table import life_table
from pipeline.measures.slope_index import slope_index_of_inequality
from pipeline.measures.sullivan import healthy_life_expectancy

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
        f"Medians of {turns} runs by turns. The loop takes one group after the other in plain Python with the same formulas "
        f"and gives the same numbers, which is checked. Made-up inputs: {SERIES} series of {GROUPS} groups; {AREAS} areas of "
        f"{BANDS} age bands.",
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

    lists = list(zip(values.tolist(), errors.tolist(), people.tolist(), strict=True))

    def one_by_one() -> np.ndarray:
        return np.array([plain_loops.slope_index(*series) for series in lists])

    return _compared(f"SII with exact intervals, {SERIES} series", at_once, one_by_one, turns, at_most_ms=10)


def _life_tables(generator: np.random.Generator, turns: int) -> list[Row]:
    people = generator.uniform(5e3, 5e4, (AREAS, BANDS))
    rates = np.exp(-9 + AGES / 11) * generator.uniform(0.9, 1.1, (AREAS, BANDS))
    deaths = np.round(people * rates) + 1
    shares = np.clip(0.95 - AGES / 140 + generator.normal(0, 0.02, (AREAS, BANDS)), 0.05, 0.99)
    asked = generator.uniform(50, 200, (AREAS, BANDS))

    def at_once() -> np.ndarray:
        table = life_table(ages=AGES, deaths=deaths, populations=people)
        healthy = healthy_life_expectancy(table, shares, respondents=asked)
        return np.stack(
            [
                table.life_expectancy_years,
                table.life_expectancy_variance,
                healthy.healthy_life_expectancy_years,
                healthy.variance,
            ],
            axis=1,
        )

    lists = list(zip(deaths.tolist(), people.tolist(), shares.tolist(), asked.tolist(), strict=True))
    ages = AGES.tolist()

    def one_by_one() -> np.ndarray:
        return np.array([plain_loops.healthy_life_expectancy(ages, *area) for area in lists])

    rows = _compared(f"life tables and Sullivan, {AREAS} areas", at_once, one_by_one, turns)

    def tables() -> None:
        life_table(ages=AGES, deaths=deaths, populations=people)

    alone = median(_seconds(tables) for _ in range(turns)) * 1000
    rows.append(Row(what=f"life tables with variances alone, {AREAS} areas", value=alone, unit="ms", at_most=100))
    return rows


def _compared(
    what: str,
    at_once: Callable[[], np.ndarray],
    one_by_one: Callable[[], np.ndarray],
    turns: int,
    *,
    at_most_ms: float | None = None,
) -> list[Row]:
    np.testing.assert_allclose(at_once(), one_by_one(), rtol=1e-9)
    fast, slow = [], []
    for _ in range(turns):
        fast.append(_seconds(at_once) * 1000)
        slow.append(_seconds(one_by_one) * 1000)
    return [
        Row(what=what, value=median(fast), unit="ms", reference=median(slow), at_most=at_most_ms),
        Row(
            what=f"{what}: times as fast as the loop",
            value=median(slow) / median(fast),
            unit="times",
            at_most=50,
            at_least=True,
        ),
    ]


def _seconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun
