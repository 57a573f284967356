"""The published regional figures as arrays, for tests of trend, forecast and verdict."""

import csv
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

REFERENCE = Path(__file__).parent.parent / "reference"
MID_POINTS = np.arange(2012.5, 2024.5)  # 2011 to 2013 up to 2022 to 2024
Z_95 = 1.959964
PRE_PANDEMIC = slice(0, 7)  # the last period that ends before 2020 is 2017 to 2019


@dataclass(frozen=True)
class Ends:
    """The two ends of a regional gap over twelve periods: values and standard errors, years."""

    better: np.ndarray
    worse: np.ndarray
    better_se: np.ndarray
    worse_se: np.ndarray

    @property
    def gap(self) -> np.ndarray:
        return self.better - self.worse

    @property
    def gap_se(self) -> np.ndarray:
        return np.hypot(self.better_se, self.worse_se)


def regional_hle() -> pd.DataFrame:
    """HLE of regions and England, release of February 2026, with standard errors."""
    table = pd.read_csv(REFERENCE / "hle_regions.csv")
    return table.assign(se=(table["hle_uci_95"] - table["hle_lci_95"]) / (2 * Z_95))


def ends(sex: str, better: str = "South East", worse: str = "North East") -> Ends:
    table = regional_hle().query("sex == @sex").sort_values("period")
    one = dict(iter(table.groupby("area_name")))
    return Ends(
        *(one[name]["hle_years"].to_numpy() for name in (better, worse)),
        *(one[name]["se"].to_numpy() for name in (better, worse)),
    )


def nine_regions() -> tuple[np.ndarray, np.ndarray]:
    """Values and standard errors, sexes by nine regions by twelve periods."""
    table = regional_hle().query("area_name != 'England'").sort_values(["sex", "area_code", "period"])
    shape = (2, 9, 12)
    return table["hle_years"].to_numpy().reshape(shape), table["se"].to_numpy().reshape(shape)


def expected(name: str) -> list[dict[str, str]]:
    with (REFERENCE / name).open(newline="") as file:
        return list(csv.DictReader(file))


def authorities(sex: str) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """HLE, standard error and IMD score of 151 upper-tier authorities, 2022 to 2024."""
    table = pd.read_csv(REFERENCE / "hle_utla_2022_to_2024.csv").query("sex == @sex")
    se = (table["hle_uci_95"] - table["hle_lci_95"]) / (2 * Z_95)
    return table["hle_years"].to_numpy(), se.to_numpy(), table["imd_score"].to_numpy()
