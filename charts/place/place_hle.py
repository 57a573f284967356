"""Chart `place-hle`: healthy life expectancy of one place over time."""

from collections.abc import Sequence

import pandas as pd

from charts.kit import words
from charts.kit.chart import PERIODS_OVERLAP, Chart, file_name, source_line
from charts.kit.palette import LIGHT, Palette
from charts.kit.table import Record
from charts.place.over_time import HLE, by_area, description, lines_of, place_lines, subtitle, table
from pipeline.answers.place.profile import Place
from pipeline.measures.difference import difference, interval_from_standard_error, standard_error_from_interval


def place_hle(rows: pd.DataFrame, place: Place, *, build: str, palette: Palette = LIGHT) -> Chart:
    """HLE in years of a place, its region and England with 95% intervals.

    `rows`: `pipeline.answers.place.profile.lines` of table `hle`, one release and sex.
    """
    areas = by_area(rows)
    latest = areas[place.code][-1]
    who = words.people(str(latest["sex"]))
    return Chart(
        id="place-hle",
        drawing=lines_of(areas, place_lines(place, areas, palette), HLE, palette=palette),
        title=f"{place.name}, {who}: {_change(areas[place.code])}",
        subtitle=subtitle("Healthy life expectancy", rows),
        settings=f"The band shows the 95% interval of {words.place(place.name)}. The axis does not start at zero.",
        source=source_line(release=str(latest["release"]), build=build),
        alt=description("healthy life expectancy", "hle", areas, place, who),
        table=table("hle", rows),
        caveats=(
            PERIODS_OVERLAP,
            "Differences between neighbouring periods of one authority are mostly chance: look at the band.",
        ),
        file_stem=file_name("place-hle", place.name, who, str(latest["period"])),
    )


def _change(own: Sequence[Record]) -> str:
    """How far the latest period is from the first: "down 4.6 healthy years since 2011 to 2013"."""
    first, latest = own[0], own[-1]
    change, error = difference(
        float(latest["hle_years"]), float(first["hle_years"]), _standard_error(latest), _standard_error(first)
    )
    lower, upper = interval_from_standard_error(change, error)
    if lower <= 0 <= upper:
        return f"no clear change since {first['period']}"
    return f"{'up' if change > 0 else 'down'} {words.number(abs(float(change)))} healthy years since {first['period']}"


def _standard_error(row: Record) -> float:
    return float(standard_error_from_interval(float(row["hle_lci_95"]), float(row["hle_uci_95"])))
