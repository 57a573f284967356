"""The same statistics one group at a time in plain Python, as a textbook would write them down: one reference for speed."""

import math
from collections.abc import Sequence

Z = 1.959963984540054


def slope_index(
    values: Sequence[float], errors: Sequence[float], populations: Sequence[float]
) -> tuple[float, float, float]:
    """Return SII with its 95% interval of one series, most deprived group first."""
    total = sum(populations)
    shares = [people / total for people in populations]
    below, ranks = 0.0, []
    for share in shares:
        ranks.append(below + share / 2)
        below += share
    mean = sum(share * rank for share, rank in zip(shares, ranks, strict=True))
    spread = sum(share * (rank - mean) ** 2 for share, rank in zip(shares, ranks, strict=True))
    weights = [share * (rank - mean) / spread for share, rank in zip(shares, ranks, strict=True)]
    slope = sum(weight * value for weight, value in zip(weights, values, strict=True))
    error = math.sqrt(sum((weight * one) ** 2 for weight, one in zip(weights, errors, strict=True)))
    return slope, slope - Z * error, slope + Z * error


def healthy_life_expectancy(
    ages: Sequence[float],
    deaths: Sequence[float],
    populations: Sequence[float],
    shares: Sequence[float],
    respondents: Sequence[float],
) -> tuple[list[float], list[float], list[float], list[float]]:
    """Return life expectancy and HLE at every age of one area, each with its variance."""
    bands = len(ages)
    widths = [ages[i + 1] - ages[i] for i in range(bands - 1)]
    fractions = [0.1 if ages[i] == 0 and widths[i] == 1 else 0.5 for i in range(bands - 1)]
    rates = [dead / people for dead, people in zip(deaths, populations, strict=True)]
    dying = [
        width * rate / (1 + width * (1 - fraction) * rate)
        for width, rate, fraction in zip(widths, rates, fractions, strict=False)
    ]
    survivors = [100_000.0]
    for risk in dying:
        survivors.append(survivors[-1] * (1 - risk))
    lived = [
        width * (survivors[i + 1] + fraction * survivors[i] * dying[i])
        for i, (width, fraction) in enumerate(zip(widths, fractions, strict=True))
    ]
    lived.append(survivors[-1] / rates[-1])
    risk_variances = [risk**2 * (1 - risk) / dead if dead else 0.0 for risk, dead in zip(dying, deaths, strict=False)]
    years_left_variance = 1 / (deaths[-1] * rates[-1] ** 2)

    def expectancy(parts: Sequence[float]) -> tuple[list[float], list[float]]:
        total, remaining = 0.0, [0.0] * bands
        for i in reversed(range(bands)):
            total += parts[i] * lived[i]
            remaining[i] = total / survivors[i]
        variances, summed = [0.0] * bands, survivors[-1] ** 2 * parts[-1] ** 2 * years_left_variance
        variances[-1] = summed / survivors[-1] ** 2
        for i in reversed(range(bands - 1)):
            weight = (1 - fractions[i]) * widths[i] * parts[i] + remaining[i + 1]
            summed += survivors[i] ** 2 * weight**2 * risk_variances[i]
            variances[i] = summed / survivors[i] ** 2
        return remaining, variances

    life, life_variances = expectancy([1.0] * bands)
    healthy, healthy_variances = expectancy(list(shares))
    summed = 0.0
    for i in reversed(range(bands)):
        summed += lived[i] ** 2 * shares[i] * (1 - shares[i]) / respondents[i]
        healthy_variances[i] += summed / survivors[i] ** 2
    return life, life_variances, healthy, healthy_variances
