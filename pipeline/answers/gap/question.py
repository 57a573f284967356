"""One question about the gap: its settings, which every screen shows and every chart prints."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import get_args

from pipeline.errors import UsageError
from pipeline.measures.gap.definitions import DEFAULT_DEFINITION, Definition, definition_of
from pipeline.measures.gap.path import PathShape, RichEndRule
from pipeline.periods import Period

FIRST_TARGET_YEAR, LAST_TARGET_YEAR, DEFAULT_TARGET_YEAR = 2027, 2050, 2034
DEFAULT_BASELINE = "2011 to 2013"
PERIOD_YEARS = 3


@dataclass(frozen=True, kw_only=True)
class Question:
    """The settings that no official text has fixed."""

    definition_id: str = DEFAULT_DEFINITION
    baseline: str = DEFAULT_BASELINE
    target_year: int = DEFAULT_TARGET_YEAR
    """Last year of the three-year period in which the target is to be met."""
    share_to_close: float = 0.5
    rule: RichEndRule = "held"
    shape: PathShape = "linear"

    def __post_init__(self) -> None:
        """Refuse a share, rule or shape that cannot be."""
        if not 0 < self.share_to_close < 1:
            raise UsageError(f"A share of {self.share_to_close} cannot be closed.", do="Give one between 0 and 1.")
        for name, value, allowed in (
            ("rule", self.rule, get_args(RichEndRule)),
            ("shape", self.shape, get_args(PathShape)),
        ):
            if value not in allowed:
                raise UsageError(f"There is no {name} {value!r}.", do=f"Choose one of {', '.join(allowed)}.")

    @property
    def definition(self) -> Definition:
        """The definition in full."""
        return definition_of(self.definition_id)

    @property
    def factor(self) -> float:
        """What the baseline gap is divided by: 2 where half is to be closed."""
        return 1 / (1 - self.share_to_close)

    @property
    def target_period(self) -> Period:
        """The three-year period that ends in the target year."""
        return Period(self.target_year - PERIOD_YEARS + 1, self.target_year)


def usual_baseline(periods: Sequence[str]) -> str:
    """The usual baseline; the first of these periods, oldest first, where it is not among them."""
    return DEFAULT_BASELINE if DEFAULT_BASELINE in periods else periods[0]


def period_at(mid_point: float) -> Period:
    """The three-year period around a mid-point (decimal years)."""
    return Period(int(mid_point - PERIOD_YEARS / 2), int(mid_point + PERIOD_YEARS / 2 - 1))
