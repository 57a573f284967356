"""Who holds the shortfall: the years below the floor times residents, of every area of a level."""

from dataclasses import dataclass

import pandas as pd

from pipeline.answers.gap.answer import Answer
from pipeline.areas import holders
from pipeline.errors import UsageError
from pipeline.measures.places.shortfall import fewest_that_hold, shortfall_person_years
from pipeline.processed import Tables


@dataclass(frozen=True)
class Shortfall:
    """The national shortfall and who holds it.

    Attributes:
        areas: rows of `shortfall_by_area`, the largest share first.
        floor_years: HLE that the question asks of every area.
        person_years: the whole shortfall of England.
    """

    areas: pd.DataFrame
    floor_years: float
    person_years: float

    @property
    def below(self) -> int:
        """How many authorities lie below the floor."""
        return int(self.areas["authorities_below"].sum())

    @property
    def hold_half(self) -> int:
        """How many areas hold half of the shortfall."""
        return fewest_that_hold(self.areas["shortfall_share"])


def shortfall(tables: Tables, answer: Answer, *, area_type: str) -> Shortfall:
    """The shortfall that the question of an answer leaves, by areas of a level.

    Raises:
        UsageError: no authority lies below the floor.
    """
    floor_years = float(answer.poor_end.target_years)
    hle, people = tables.newest("hle"), tables.table("population")
    latest = hle[
        (hle["area_type"] == "utla") & (hle["sex"] == answer.sex) & (hle["period_end"] == hle["period_end"].max())
    ]
    residents = people.loc[people["sex"] == answer.sex, ["area_code", "population"]]
    authorities = latest.merge(residents, on="area_code", validate="one_to_one")
    found = shortfall_by_area(authorities, tables.table("areas"), floor_years=floor_years, area_type=area_type)
    ordered = found.sort_values(["shortfall_share", "area_name"], ascending=[False, True], ignore_index=True)
    whole = float(shortfall_person_years(authorities["hle_years"], authorities["population"], floor_years).sum())
    return Shortfall(ordered, floor_years, whole)


def shortfall_by_area(
    authorities: pd.DataFrame, areas: pd.DataFrame, *, floor_years: float, area_type: str
) -> pd.DataFrame:
    """Shortfall of every area of a level that holds an authority with HLE; shares are of all England.

    `authorities`: area_code, hle_years and population (of the sex) of every authority with HLE; `areas`: table `areas`.
    Gives area_code, area_name, area_type, population, authorities, authorities_below, shortfall_person_years and
    shortfall_share (0 to 1).

    Raises:
        UsageError: no authority lies below the floor.
    """
    years = shortfall_person_years(authorities["hle_years"], authorities["population"], floor_years)
    if not years.sum():
        raise UsageError(
            "No authority is below the years needed, so there is no shortfall.", do="Choose another target."
        )
    each = pd.DataFrame(
        {
            "area_code": holders(authorities["area_code"], areas, area_type=area_type),
            "population": authorities["population"],
            "authorities": 1,
            "authorities_below": (years > 0).astype("int64"),
            "shortfall_person_years": years,
            "shortfall_share": years / years.sum(),
        }
    )
    names = areas[["area_code", "area_name", "area_type"]]
    return names.merge(each.groupby("area_code", as_index=False).sum(), on="area_code")
